import type { DocumentPair } from '../../shared/funnel-page-api';
import { alignWords } from '../duplicates/align-words';
import { MinHash } from '../duplicates/min-hash';

interface WholeDocument {
  index: number;
  text: string;
}

/** Of longer documents only the beginnings are held against each other. */
const MOST = 40_000;

/** Two documents side by side: what stands only in one of them is marked. */
export function documentPair(left: WholeDocument, right: WholeDocument): DocumentPair {
  const [a, b] = [left.text.slice(0, MOST), right.text.slice(0, MOST)];
  const spans = alignWords(a, b);
  return {
    alike: new MinHash().similarity(left.text, right.text),
    left: { index: left.index, text: a, spans: spans.left },
    right: { index: right.index, text: b, spans: spans.right },
  };
}

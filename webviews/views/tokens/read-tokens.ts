import { shownText } from '../../../src/display/shown-text';
import type { Subject, VocabularyTokens } from '../../../src/shared/inspector-api';
import type { ViewStore } from '../../store/view-store';

/** The tokens of what is shown as the model has read them: of one whose vocabulary is not known here. Undefined while it has not read the text. */
export async function readTokens({ lenses }: ViewStore, subject: Subject): Promise<VocabularyTokens | undefined> {
  const { read } = subject;
  if (!read) return undefined;
  const { start, text } = shownText(subject);
  const end = start + text.length;
  const shown = [...read.ids.keys()].filter((i) => (read.ends[i] ?? 0) > start && (read.starts[i] ?? 0) < end);
  const ids = Uint32Array.from(shown, (i) => read.ids[i] ?? 0);
  const unique = [...new Set(ids)];
  const described = await lenses.describe({ ids: unique });
  return {
    ids,
    starts: Uint32Array.from(shown, (i) => Math.max(0, (read.starts[i] ?? 0) - start)),
    ends: Uint32Array.from(shown, (i) => Math.min(end, read.ends[i] ?? 0) - start),
    bytes: Object.fromEntries(described.map(({ bytes }, i) => [unique[i], bytes])),
    dropped: [],
  };
}

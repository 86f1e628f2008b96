import { type Copies, similarities } from '../../../src/datasets/duplicates/clusters';
import { findCopies } from '../../../src/datasets/duplicates/find-copies';
import type { CopiesFilter } from '../../../src/datasets/filters/filter';
import { DocumentText } from '../../../src/datasets/text/document-text';
import { Slices } from '../../../src/datasets/work/slices';

/** What a filter of copies finds among texts, in memory, with how like each is to another. */
export async function copiesAmong(
  filter: CopiesFilter<DocumentText>,
  texts: readonly string[],
): Promise<{ copies: Copies; similarities: Float32Array }> {
  const { parts, width } = filter.fingerprint;
  const all = Array.from({ length: parts }, () => new Uint32Array(texts.length * width));
  for (const [index, text] of texts.entries()) {
    const own = new Uint32Array(parts * width);
    filter.addFingerprint(new DocumentText(text), own);
    for (const [part, numbers] of all.entries())
      numbers.set(own.subarray(part * width, (part + 1) * width), index * width);
  }
  const part = (index: number) => [all[index] as Uint32Array];
  const slices = new Slices(new AbortController().signal);
  const copies = await findCopies({ parts, width, documents: texts.length, part }, slices);
  return { copies, similarities: similarities(copies, texts.length) };
}

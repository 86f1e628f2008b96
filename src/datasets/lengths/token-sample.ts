import type { DocumentSource } from '../documents/document-source';
import type { TokenSample } from '../funnel/token-totals';
import { Slices } from '../work/slices';
import type { TokenCounter } from './token-counter';
import { tokensOf } from './token-lengths';

/** Enough that what they have on average is known to a few per cent. */
const DOCUMENTS = 512;

/** Counts the tokens of documents that lie evenly over a data set. @param most documents that are looked at. @throws AbortError, and what reading throws */
export async function tokenSample(
  source: Pick<DocumentSource, 'count' | 'stream'>,
  counter: TokenCounter,
  signal: AbortSignal,
  most = DOCUMENTS,
): Promise<TokenSample> {
  const { count } = source;
  const size = Math.min(count, most);
  const indexes = Uint32Array.from({ length: size }, (_, i) => Math.floor((i * count) / size));
  const tokens = new Uint32Array(size);
  const slices = new Slices(signal);
  for (const [i, index] of indexes.entries()) {
    for await (const document of source.stream(index, index + 1)) {
      tokens[i] = (await tokensOf(document, counter, slices)) ?? 0;
    }
    await slices.next();
  }
  return { indexes: size === count ? undefined : indexes, tokens };
}

import type { TokenTotals } from '../../shared/funnel-page-api';
import type { Decided } from './decide';

/** How long documents of a data set are in tokens. */
export interface TokenSample {
  /** Their numbers, ascending; undefined of all from the first on. */
  indexes: Uint32Array | undefined;
  /** Of each; 0 of one that cannot be read. */
  tokens: Uint32Array;
}

/**
 * What a sample says of all documents: they have as many tokens a byte as those of the sample, whatever stays of them; of
 * these tokens as many stay as those that stay, and those that go, have a byte in the sample.
 *
 * @param bytesOf a document's text in UTF-8
 */
export function tokenTotals(
  { indexes, tokens }: TokenSample,
  { all, kept, reasons }: Decided,
  bytesOf: (index: number) => number,
): TokenTotals {
  const stays = { tokens: 0, bytes: 0, documents: 0 };
  const goes = { tokens: 0, bytes: 0, documents: 0 };
  for (let i = 0; i < tokens.length; i++) {
    const index = indexes ? (indexes[i] as number) : i;
    if (index >= reasons.length) break;
    const own = reasons[index] === 0 ? stays : goes;
    own.tokens += tokens[i] as number;
    own.documents++;
    if (indexes) own.bytes += bytesOf(index);
  }
  const [documents, whole] = [stays.documents + goes.documents, stays.tokens + goes.tokens];
  if (documents >= reasons.length) return { all: whole, kept: stays.tokens, estimatedFrom: undefined };
  const usual = whole / Math.max(1, stays.bytes + goes.bytes);
  const estimate = (own: typeof stays, bytes: number) => bytes * (own.bytes > 0 ? own.tokens / own.bytes : usual);
  const keeps = estimate(stays, kept.bytes);
  const loses = estimate(goes, all.bytes - kept.bytes);
  const total = usual * all.bytes;
  const share = keeps / Math.max(Number.MIN_VALUE, keeps + loses);
  return { all: Math.round(total), kept: Math.round(share * total), estimatedFrom: documents };
}

import type { TrackedDocument } from '../documents/tracked-documents';
import { firstTokenAfter, type Reading, type ReadingPart } from '../readings/reading';

export interface ListedToken {
  id: number;
  /** UTF-16 offsets in the document. */
  start: number;
  end: number;
  /** Where a model has read the text; NaN for the first token. Natural logarithm. */
  logprob?: number;
  /** From 0; undefined where no ranks are known. */
  rank?: number | undefined;
  /** Where ranks are known only up to a number: a token of that rank has it at least. */
  rankLimit?: number | undefined;
  /** In a chat, who says it; null where its template writes it, which has no width in the document. */
  role?: string | null;
  /** Where the text is coloured by what two models say otherwise: ln(p_B / p_A), in nats. */
  logRatio?: number | undefined;
}

/** The tokens of a document that start in the UTF-16 range [start, end). */
export type TokenList = (start: number, end: number) => ListedToken[];

export function listTracked({ tokens }: TrackedDocument): TokenList {
  return (start, end) => {
    const { ids, starts, ends } = tokens.tokensBetween(start, end);
    return Array.from(ids, (id, i) => ({ id, start: starts[i] ?? 0, end: ends[i] ?? 0 })).filter(
      (token) => token.start >= start,
    );
  };
}

/** @param logRatioAt of the token at an offset of the document, where it is known */
export function listRead(
  { parts }: Reading,
  logRatioAt: (offset: number) => number | undefined = () => undefined,
): TokenList {
  return (start, end) =>
    parts
      .flatMap((part) => tokensOfPart(part, start, end))
      .map((token) => ({ ...token, logRatio: logRatioAt(token.start) }));
}

function tokensOfPart(part: ReadingPart, start: number, end: number): ListedToken[] {
  const tokens: ListedToken[] = [];
  const { logprob, rank, rankLimit } = part.predictions;
  for (let i = firstTokenAfter(part, start); i < part.ids.length && (part.starts[i] ?? 0) < end; i++) {
    const token = {
      id: part.ids[i] ?? 0,
      start: part.starts[i] ?? 0,
      end: part.ends[i] ?? 0,
      logprob: logprob[i] ?? Number.NaN,
      rank: rankLimit === 0 ? undefined : (rank[i] ?? 0),
      rankLimit,
    };
    if (token.start >= start) tokens.push(token);
  }
  return tokens;
}

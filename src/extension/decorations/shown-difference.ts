import type { ModelSide } from '../../shared/difference-api';
import { tintLevelOf } from './difference-overlay';
import { type DifferenceAt, type DocumentDifference, differencesWithin } from './document-difference';

/** What two models say otherwise of what is coloured of a document, all in all. Nats. */
export interface ShownDifference {
  /** Those that both predict; of different vocabularies the parts that both cut off. */
  count: number;
  /** Sums of ln p. */
  logprobA: number;
  logprobB: number;
  /** Undefined of different vocabularies, as is in how many places the first guess is another. */
  meanKl: number | undefined;
  flips: number | undefined;
  /** Where nothing is tinted, the largest difference of ln p of any token. */
  agreement: number | undefined;
}

/** @returns undefined where nothing is known of the present text */
export function shownDifference(known: DocumentDifference, length: number): ShownDifference | undefined {
  let [count, logprobA, logprobB, kl, flips, largest] = [0, 0, 0, 0, 0, 0];
  let [isTinted, areTokens] = [false, true];
  for (const difference of differencesWithin(known, { start: 0, end: length })) {
    if (difference.isOld) return undefined;
    const { a, b } = logprobsOf(difference);
    count++;
    logprobA += a;
    logprobB += b;
    largest = Math.max(largest, Math.abs(b - a));
    isTinted ||= tintLevelOf(difference) > 0;
    const { sameVocabulary, tokens } = difference.compared;
    areTokens &&= sameVocabulary;
    kl += tokens.kl[difference.index] ?? 0;
    flips += Number(
      firstOf(tokens.a, tokens.topK, difference.index) !== firstOf(tokens.b, tokens.topK, difference.index),
    );
  }
  if (count === 0) return undefined;
  const ofTokens = { meanKl: areTokens ? kl / count : undefined, flips: areTokens ? flips : undefined };
  return { count, logprobA, logprobB, ...ofTokens, agreement: areTokens && !isTinted ? largest : undefined };
}

function logprobsOf({ compared: { sameVocabulary, tokens, spans }, index }: DifferenceAt): { a: number; b: number } {
  if (sameVocabulary) return { a: tokens.a.logprob[index] ?? 0, b: tokens.b.logprob[index] ?? 0 };
  return { a: spans[index]?.logprobA ?? 0, b: spans[index]?.logprobB ?? 0 };
}

const firstOf = ({ topIds }: ModelSide, topK: number, index: number): number | undefined => topIds[index * topK];

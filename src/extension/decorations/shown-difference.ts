import { hasGuesses, isFlipAt, klAt, logprobsAt } from '../../comparison/differences-at';
import { tintLevelOf } from './difference-overlay';
import { type DocumentDifference, differencesWithin } from './document-difference';

/** What two models say otherwise of what is coloured of a document, all in all. Nats. */
export interface ShownDifference {
  /** Those that both predict; of different vocabularies the parts that both cut off. */
  count: number;
  /** Sums of ln p. */
  logprobA: number;
  logprobB: number;
  /** Undefined where it is not known, as of different vocabularies; so is in how many places the first guess is another. */
  meanKl: number | undefined;
  flips: number | undefined;
  /** Where nothing is tinted, the largest difference of ln p of any token. */
  agreement: number | undefined;
}

const EVERYTHING = { start: 0, end: Number.POSITIVE_INFINITY };

/** @returns undefined where nothing is known of the present text */
export function shownDifference(known: DocumentDifference): ShownDifference | undefined {
  let [count, logprobA, logprobB, kl, flips, largest] = [0, 0, 0, 0, 0, 0];
  let [isTinted, areGuessed] = [false, true];
  for (const difference of differencesWithin(known, EVERYTHING)) {
    if (difference.isOld) return undefined;
    const { compared, index } = difference;
    const { a, b } = logprobsAt(compared, index);
    count++;
    logprobA += a;
    logprobB += b;
    largest = Math.max(largest, Math.abs(b - a));
    isTinted ||= tintLevelOf(difference) > 0;
    areGuessed &&= hasGuesses(compared);
    kl += klAt(compared, index);
    flips += Number(isFlipAt(compared, index));
  }
  if (count === 0) return undefined;
  const ofTokens = { meanKl: Number.isNaN(kl) ? undefined : kl / count, flips: areGuessed ? flips : undefined };
  return { count, logprobA, logprobB, ...ofTokens, agreement: areGuessed && !isTinted ? largest : undefined };
}

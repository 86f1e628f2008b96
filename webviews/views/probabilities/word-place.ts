import type { Predictions } from '../../../src/shared/engine-api';
import type { Subject } from '../../../src/shared/inspector-api';
import { wordLogprob } from '../../../src/shared/words';
import type { TokenText } from '../../kit/subject-tokens';
import { wordAt } from '../../kit/subject-words';

/** What stands at a place as a person reads it: the whole word that the token is of, or the token where it is of none. */
export interface WordPlace {
  /** Position of its first token. */
  first: number;
  /** Without the space before it. */
  label: string;
  /** Whether a space stands before it that is part of its first token. */
  isSpaced: boolean;
  /** The tokens that it is made of. */
  pieces: { position: number; label: string; logprob: number }[];
  /** Natural logarithm of the probability of all of them, one after another; NaN where the text begins with it. */
  logprob: number;
}

/** @param tokens of the subject, some of them changed perhaps, and `predictions` of the same */
export function wordPlaceAt(
  subject: Subject,
  tokens: readonly TokenText[],
  predictions: Predictions,
  position: number,
): WordPlace {
  const run = wordAt(subject, position) ?? { first: position, last: position };
  const all = tokens.slice(run.first, run.last + 1);
  const text = all.map((token) => token.text).join('');
  const label = all.map((token) => token.label).join('');
  return {
    first: run.first,
    label: text.trim() || label,
    isSpaced: text.startsWith(' '),
    pieces: all.map((token, i) => {
      const at = run.first + i;
      return { position: at, label: token.label, logprob: predictions.logprob[at] ?? Number.NaN };
    }),
    logprob: wordLogprob(predictions.logprob, run),
  };
}

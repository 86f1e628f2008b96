import type { Approximation } from '../shared/engine-api';
import { type Sentence, sentence } from '../shared/errors';

/** What rounding has made of a model, as a clause. */
export function approximationNote({ bits, half, measured }: Approximation): Sentence {
  const weights = half ? sentence`approximate: weights as ${half}` : sentence`approximate: ${bits}-bit weights`;
  if (!measured) return sentence`${weights}; how far they are from the exact ones was not measured`;
  const { tokens, meanKl, changedFirstGuesses } = measured;
  const kl = { number: meanKl, decimals: decimalsFor(meanKl) };
  const changed = { number: 100 * changedFirstGuesses, decimals: 1 };
  return sentence`${weights}; on ${tokens} tokens mean KL ${kl} nats, ${changed} % of first guesses change`;
}

/** What was rounded of the weights of one of two models, and from what. Behind a colon, `NEAR_THAT_FILE` says what that means. */
export function roundingNote(letter: 'A' | 'B', { bits, half, madeOf }: Approximation): Sentence {
  if (half) {
    if (madeOf === undefined) return sentence`The weights of ${letter} are rounded to ${half}.`;
    return sentence`The weights of ${letter} are rounded to ${half} from a file that has them as ${madeOf}:`;
  }
  if (madeOf === undefined) return sentence`The weights of ${letter} are rounded to ${bits} bits.`;
  return sentence`The weights of ${letter} are rounded to ${bits} bits from a file that has them as ${madeOf}:`;
}

/** Of weights that were rounded once more. */
export const NEAR_THAT_FILE = sentence`near that file, not the original model`;

/** So many that two digits are seen of a small number. */
function decimalsFor(value: number): number {
  return value > 0 ? Math.min(8, Math.max(1, 1 - Math.floor(Math.log10(value)))) : 1;
}

import { formatBits, spokenDigits } from '../../../src/display/numbers';
import { bitsOf } from '../../../src/display/scales';

/** What a loss says on hover: all its digits, and the same in the unit of surprisal. */
export function lossTitle(logprob: number): string {
  return `${spokenDigits(`${-logprob}`)} nats = ${formatBits(bitsOf(logprob))}`;
}

import type { Approximation } from '../shared/engine-api';
import { type Sentence, sentence } from '../shared/errors';

/** What rounding has made of a model, as a clause. */
export function approximationNote({ bits, measured }: Approximation): Sentence {
  const weights = sentence`approximate: ${bits}-bit weights`;
  if (!measured) return sentence`${weights}; how far they are from the exact ones was not measured`;
  const { tokens, meanKl, changedFirstGuesses } = measured;
  const kl = { number: meanKl, decimals: decimalsFor(meanKl) };
  const changed = { number: 100 * changedFirstGuesses, decimals: 1 };
  return sentence`${weights}; on ${tokens} tokens mean KL ${kl} nats, ${changed} % of first guesses change`;
}

/** So many that two digits are seen of a small number. */
function decimalsFor(value: number): number {
  return value > 0 ? Math.min(8, Math.max(1, 1 - Math.floor(Math.log10(value)))) : 1;
}

import type { Asked } from '../../../../src/display/asked-place';
import type { Requests } from '../../../../src/shared/requests';
import type { Measured, Part } from '../../../../src/shared/why-api';
import type { Asker } from '../../../store/pending-answer';
import type { RememberedLenses } from '../../../store/remembered-lenses';

/** What stands in place of a part. */
export type By = NonNullable<Requests['ablations']['by']>;

/** What really happened without a part. */
export interface Effect {
  /** What the part brings to the logit difference through all that comes after it too: its total effect, in nats. */
  total: number;
  /** By how much the log-probability of the token changed when it was switched off. */
  logprobChange: number;
  /** Log-probabilities of the two tokens without it. */
  without: { token: number; against: number };
}

/** Tokens of all runs of a batch together: results of a long text come in time, of a short one at once. */
const BATCH_TOKENS = 4096;

/** Each of some parts taken away by itself, batch by batch. */
export async function* measure(
  lenses: RememberedLenses,
  { trace, ...asked }: Asked & { trace: number },
  parts: readonly Part[],
  by: By,
  asker: Asker,
): AsyncGenerator<{ part: Part; effect: Effect }[]> {
  const size = Math.max(1, Math.floor(BATCH_TOKENS / asked.position));
  for (let from = 0; from < parts.length; from += size) {
    asker.signal?.throwIfAborted();
    const batch = parts.slice(from, from + size);
    const measured = await lenses.ablations({ trace, ...asked, parts: batch, by }, asker);
    yield batch.map((part, i) => ({ part, effect: effectOf(measured, i, by) }));
  }
}

/** @param index of the part */
export function effectOf({ logprobs, base }: Measured, index: number, by: By): Effect {
  const [token = Number.NaN, against = Number.NaN] = logprobs.subarray(2 * index, 2 * index + 2);
  const [baseToken = Number.NaN, baseAgainst = Number.NaN] = base;
  const lost = baseToken - baseAgainst - (token - against);
  return { total: lost / shareTaken(by), logprobChange: token - baseToken, without: { token, against } };
}

/** How much of the part is taken away: a gain of ½ takes the half, one of 2 gives one more. */
function shareTaken(by: By): number {
  return by.kind === 'gain' && by.value !== 1 ? 1 - by.value : 1;
}

/** How the direct effect of a part and its total effect go together. */
export type Agreement = 'alike' | 'repaired' | 'amplified' | 'reversed';

/** Less than this is next to nothing, in nats. */
const LEAST = 0.1;
/** One is so many times the other, and then they are far apart. */
const FAR = 2;

export function agreementOf(direct: number, total: number): Agreement {
  const [own, all] = [Math.abs(direct), Math.abs(total)];
  if (Math.max(own, all) < LEAST || Math.abs(direct - total) < LEAST) return 'alike';
  if (direct * total < 0 && Math.min(own, all) >= LEAST) return 'reversed';
  if (all * FAR < own) return 'repaired';
  return own * FAR < all ? 'amplified' : 'alike';
}

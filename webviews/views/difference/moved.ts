import type { Compared } from './compared';

/** By what tokens that moved are ordered: how much more or less probable B finds them, or how far the distributions are apart. */
export type Order = 'ratio' | 'kl';

/** Places that moved together: one, or all of one token. */
export interface Moved {
  /** Pairs or spans, the one that moved most first. */
  indices: readonly number[];
  /** Σ ln(p_B / p_A), in nats. */
  logRatio: number;
  /** Sum over the places; NaN where KL is not defined. */
  kl: number;
}

/** Of a sum of both signs, less is rounding of the arithmetic. */
const LEAST_NATS = 1e-4;

/**
 * What moved to one side, what moved most first.
 *
 * @param sign 1 for what B finds more probable, −1 for less
 * @param isByToken whether all places of one token count as one, by what they come to together
 */
export function movedTo(compared: Compared, sign: 1 | -1, order: Order, isByToken: boolean): Moved[] {
  const places = compared.shown.map((index) => movedOf(compared, [index]));
  const moved = isByToken ? byToken(compared) : places;
  const size = ({ kl, logRatio }: Moved) => (order === 'kl' ? kl : Math.abs(logRatio));
  return moved.filter(({ logRatio }) => sign * logRatio > LEAST_NATS).sort((one, other) => size(other) - size(one));
}

function byToken(compared: Compared): Moved[] {
  const places = new Map<number, number[]>();
  for (const index of compared.shown) {
    const id = compared.text.tokens.ids[index] ?? 0;
    places.set(id, [...(places.get(id) ?? []), index]);
  }
  return Array.from(places.values(), (indices) => movedOf(compared, indices));
}

function movedOf(compared: Compared, indices: readonly number[]): Moved {
  const logRatio = indices.reduce((sum, index) => sum + compared.logRatio(index), 0);
  const along = (index: number) => Math.sign(logRatio) * compared.logRatio(index);
  return {
    indices: [...indices].sort((one, other) => along(other) - along(one)),
    logRatio,
    kl: indices.reduce((sum, index) => sum + compared.kl(index), 0),
  };
}

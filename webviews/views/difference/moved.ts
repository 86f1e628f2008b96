import { LEAST_LOG_RATIO } from '../../../src/display/difference-scale';
import type { Compared } from './compared';

/** By what tokens that moved are ordered: how much more or less probable B finds them, or how far the distributions are apart. */
export type Order = 'ratio' | 'kl';

/** What is taken of the places of one token. */
export const MEASURES = ['sum', 'mean', 'most'] as const;
export type Measure = (typeof MEASURES)[number];

/** One place that moved, or all of one token. */
export interface Moved {
  /** Pairs or spans, the one that moved most first. */
  indices: readonly number[];
  /** ln(p_B / p_A), in nats: the sum or the mean of the places, or that of the first. */
  logRatio: number;
  /** The same of KL; NaN where that is not defined. */
  kl: number;
}

/** How much something moved. */
export const sizeOf = ({ kl, logRatio }: Moved, order: Order): number => (order === 'kl' ? kl : Math.abs(logRatio));

/**
 * What moved to one side, what moved most first.
 *
 * @param sign 1 for what B finds more probable, −1 for less
 * @param measure by which all places of one token count as one; undefined where each counts for itself
 */
export function movedTo(compared: Compared, sign: 1 | -1, order: Order, measure: Measure | undefined): Moved[] {
  const groups = measure ? placesByToken(compared) : compared.shown.map((index) => [index]);
  const moved = groups.map((indices) => movedOf(compared, sign, indices, measure ?? 'sum'));
  return moved
    .filter(({ logRatio }) => sign * logRatio > LEAST_LOG_RATIO)
    .sort((one, other) => sizeOf(other, order) - sizeOf(one, order));
}

function placesByToken(compared: Compared): number[][] {
  const places = new Map<number, number[]>();
  for (const index of compared.shown) {
    const id = compared.text.tokens.ids[index] ?? 0;
    const known = places.get(id);
    if (known) known.push(index);
    else places.set(id, [index]);
  }
  return [...places.values()];
}

function movedOf(compared: Compared, sign: 1 | -1, places: readonly number[], measure: Measure): Moved {
  const indices = [...places].sort((one, other) => sign * (compared.logRatio(other) - compared.logRatio(one)));
  const measured = measure === 'most' ? indices.slice(0, 1) : indices;
  const parts = measure === 'mean' ? indices.length : 1;
  const of = (value: (index: number) => number) => measured.reduce((sum, index) => sum + value(index), 0) / parts;
  return { indices, logRatio: of((index) => compared.logRatio(index)), kl: of((index) => compared.kl(index)) };
}

import { childOf } from './branches';
import type { Place } from './place';

/** A token that one of two models finds probable next, as one of them has it. */
export interface NextToken {
  id: number;
  probability: number;
  /** From 0. */
  rank: number;
  /** It has been taken from this model here: there is a branch. */
  isTaken: boolean;
}

/** The same token under both models. */
export interface NextRow {
  id: number;
  a: NextToken;
  b: NextToken;
  /** ln(p_B / p_A), in nats. */
  logRatio: number;
}

/** The most probable tokens of both, of one vocabulary: those that either finds most probable first. */
export function nextRows(a: Place, b: Place, most: number): NextRow[] {
  const ids = [...new Set([...a.order.slice(0, most), ...b.order.slice(0, most)])];
  const larger = (id: number) => Math.max(logprobOf(a, id), logprobOf(b, id));
  return ids
    .sort((one, other) => larger(other) - larger(one))
    .map((id) => ({
      id,
      a: nextToken(a, id),
      b: nextToken(b, id),
      logRatio: logprobOf(b, id) - logprobOf(a, id),
    }));
}

export function nextToken(place: Place, id: number): NextToken {
  return {
    id,
    probability: Math.exp(logprobOf(place, id)),
    rank: place.order.indexOf(id),
    isTaken: childOf(place.end, { id, writer: place.writer.name }) !== undefined,
  };
}

/** Natural logarithm of its probability. */
export const logprobOf = ({ logprobs }: Place, id: number): number => logprobs[id] ?? Number.NEGATIVE_INFINITY;

import type { Predictions } from '../shared/engine-api';
import type { Subject } from '../shared/inspector-api';

/** A token that is asked about, and one that it is held against. */
export interface Asked {
  /** From 1; the text's length is what comes after its end. */
  position: number;
  token: number;
  against: number;
}

/** A text that comes to an end, or a line that does: what would come next says little of it. */
const ENDS = /[.!?…。！？»”"')\]}\s]$/u;

/** What stands at the very beginning surprises always, and has no words before it that could be the cause. */
const ENOUGH_BEFORE = 16;

/**
 * Which place to explain where nobody has chosen one: what comes next, where the text breaks off, as a prompt does; else
 * the most surprising token that is shown and has some text before it. Undefined where the model has read no token.
 */
export function openingPlace(subject: Subject, logprobs: ArrayLike<number>): number | undefined {
  const { ids = new Uint32Array(), starts = [], ends = [] } = subject.read ?? {};
  if (ids.length === 0) return undefined;
  const isShown = (position: number) =>
    subject.shown.some(({ start, end }) => (starts[position] ?? 0) < end && (ends[position] ?? 0) > start);
  if (isShown(ids.length - 1) && !ENDS.test(subject.text)) return ids.length;
  let most: number | undefined;
  for (let position = Math.min(ENOUGH_BEFORE, Math.ceil(ids.length / 2)); position < ids.length; position++) {
    const isMore = (logprobs[position] ?? 0) < (logprobs[most ?? -1] ?? Number.POSITIVE_INFINITY);
    if (isMore && isShown(position)) most = position;
  }
  return most ?? ids.length;
}

/** The most probable tokens of a place, from 1 on, with the natural logarithms of their probabilities; the most probable first. */
export function alternativesAt(
  { topIdsAfter, topLogprobsAfter, topK }: Predictions,
  position: number,
): { id: number; logprob: number }[] {
  const first = (position - 1) * topK;
  return Array.from(topIdsAfter.subarray(first, first + topK), (id, i) => ({
    id,
    logprob: topLogprobsAfter[first + i] ?? Number.NEGATIVE_INFINITY,
  }));
}

/**
 * What is asked of a place: of the token that stands there, or at the end of the text of the most probable one, and
 * against the most probable other one, unless others were chosen. Undefined where nothing stands before it.
 */
export function askedAt(
  predictions: Predictions,
  ids: ArrayLike<number>,
  position: number,
  chosen: Partial<Pick<Asked, 'token' | 'against'>> = {},
): Asked | undefined {
  const [first, second] = alternativesAt(predictions, position).map(({ id }) => id);
  const token = chosen.token ?? ids[position] ?? first;
  const other = token === first ? second : first;
  const against = chosen.against === undefined || chosen.against === token ? other : chosen.against;
  return token === undefined || against === undefined ? undefined : { position, token, against };
}

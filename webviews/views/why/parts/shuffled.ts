/** Of Numerical Recipes' generator: the same order every time. */
const MULTIPLIER = 1664525;
const INCREMENT = 1013904223;

/** A text's tokens in another order, but the first, on which heads rest: another text of the same words. */
export function shuffled(ids: readonly number[]): number[] {
  const all = [...ids];
  let state = ids.length;
  for (let last = all.length - 1; last > 1; last--) {
    state = (Math.imul(state, MULTIPLIER) + INCREMENT) >>> 0;
    const other = 1 + Math.floor((state / 2 ** 32) * last);
    [all[last], all[other]] = [all[other] as number, all[last] as number];
  }
  return all;
}

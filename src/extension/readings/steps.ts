/** Characters of the first step: the model reads them in about a second. */
const FIRST_STEP = 2000;

/**
 * Where to stop on the way to the end of a text and show what is known: soon at first, then each time after twice as much.
 * Not before what somebody sees: where the context is full by then, a stop is a text to be read from its start. Offsets in
 * UTF-16 units, the last one is `end`.
 *
 * @param known what was read before and need not be read again.
 * @param seen where that begins which is to be shown.
 */
export function stepsTo(known: number, seen: number, end: number): number[] {
  const steps: number[] = [];
  for (let step = FIRST_STEP, at = known + step; at < end - step; step *= 2, at += step) steps.push(at);
  return [...steps.filter((at) => at > seen), end];
}

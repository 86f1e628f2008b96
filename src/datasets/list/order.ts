import { Slices } from '../work/slices';

/** Sorted at once, which takes about two milliseconds. */
const RUN = 4096;
/** Numbers that are merged between two looks at the clock. */
const STRIDE = 8192;

/**
 * Lines in the order of their numbers, those that have none at the end in the order of the file; equal ones too. Sorted in
 * slices, because a million of them would hold everybody up.
 *
 * @param lines in the order of the file
 * @throws AbortError
 */
export async function sortedLines(
  lines: Uint32Array,
  value: (line: number) => number,
  isDescending: boolean,
  signal: AbortSignal,
): Promise<{ order: Uint32Array; withValue: number }> {
  const slices = new Slices(signal);
  const keys = new Float64Array(lines.length);
  for (let i = 0; i < lines.length; i++) {
    const own = value(lines[i] as number);
    keys[i] = Number.isNaN(own) ? Number.POSITIVE_INFINITY : isDescending ? -own : own;
    if (i % STRIDE === 0) await slices.next();
  }
  let order = new Uint32Array(lines.length);
  for (let from = 0; from < order.length; from += RUN) {
    const run = Uint32Array.from({ length: Math.min(RUN, order.length - from) }, (_, i) => from + i);
    order.set(
      run.sort((a, b) => (keys[a] as number) - (keys[b] as number) || a - b),
      from,
    );
    await slices.next();
  }
  let merged = new Uint32Array(lines.length);
  for (let width = RUN; width < order.length; width *= 2) {
    for (let from = 0; from < order.length; from += 2 * width) {
      await merge(order, merged, keys, from, width, slices);
    }
    [order, merged] = [merged, order];
  }
  const withValue = keys.reduce((count, key) => count + (key === Number.POSITIVE_INFINITY ? 0 : 1), 0);
  return { order: order.map((i) => lines[i] as number), withValue };
}

/** Two sorted runs beside each other into one. */
async function merge(
  source: Uint32Array,
  target: Uint32Array,
  keys: Float64Array,
  from: number,
  width: number,
  slices: Slices,
): Promise<void> {
  const middle = Math.min(from + width, source.length);
  const end = Math.min(from + 2 * width, source.length);
  let [left, right] = [from, middle];
  for (let at = from; at < end; at++) {
    const [a, b] = [source[left] as number, source[right] as number];
    const takesLeft = left < middle && (right >= end || (keys[a] as number) <= (keys[b] as number));
    target[at] = takesLeft ? a : b;
    if (takesLeft) left++;
    else right++;
    if (at % STRIDE === 0) await slices.next();
  }
}

/** Longest slice of work between two breaths of whoever shares the thread, in milliseconds: half a frame. */
const SLICE_MS = 8;

/** Does work that pauses at every yield, at once. @returns its result */
export function atOnce<T>(steps: Generator<undefined, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Lets whoever shares the thread have it. */
export const breath = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Does work that pauses at every yield in slices of 8 ms, between which the thread does other things. */
export async function inSlices<T>(steps: Generator<undefined, T>): Promise<T> {
  for (;;) {
    const end = performance.now() + SLICE_MS;
    while (performance.now() < end) {
      const step = steps.next();
      if (step.done) return step.value;
    }
    await breath();
  }
}

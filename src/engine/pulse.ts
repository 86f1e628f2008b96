import { Worker } from 'node:worker_threads';

/** The pipe for signs of life: after the three standard ones and the channel of messages. */
export const PULSE_FILE = 4;

/** Of the process that wants them. */
export const PULSE_OPTION = '--pulse';

export const PULSE_MS = 1000;

/** Megabytes. It makes next to no objects. */
const WORKER_LIMITS = { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1, codeRangeSizeMb: 1, stackSizeMb: 1 };

/**
 * Has a second thread tell the parent that this process lives, also while a run blocks this one. That a run takes long and
 * that the process stands still look the same from outside, and only the latter is trouble.
 */
export function startPulse(): void {
  const turns = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  setInterval(() => Atomics.add(turns, 0, 1), PULSE_MS).unref();
  new Worker(new URL('./pulse.js', import.meta.url), { workerData: turns, resourceLimits: WORKER_LIMITS }).unref();
}

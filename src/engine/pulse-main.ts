import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { PULSE_FILE, PULSE_MS } from './pulse';

/*
 * The thread beside the model's. It writes a byte whenever that one takes turns or the process computes: a run that blocks
 * the thread takes processor time, a run that hangs takes none.
 */

/** Processor time that tells work from what this thread itself takes, in microseconds. */
const AT_WORK_US = 10_000;

const turns: Int32Array = workerData;
let last = activity();

setInterval(() => {
  const now = activity();
  if (now.turn !== last.turn || now.computed - last.computed > AT_WORK_US) beat();
  last = now;
}, PULSE_MS);

function activity(): { turn: number; computed: number } {
  const { user, system } = process.cpuUsage();
  return { turn: Atomics.load(turns, 0), computed: user + system };
}

function beat(): void {
  try {
    writeSync(PULSE_FILE, '.');
  } catch {
    // Nobody listens any more.
    process.exit();
  }
}

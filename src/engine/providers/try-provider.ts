import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { kill } from '../kill';
import type { MeasureRequest } from './measure';
import { type TrialAnswer, trialAnswer } from './trial';

/** How long a trial may take, model and shaders included. */
const LIMIT_MS = 60_000;

export interface TrialOptions {
  signal: AbortSignal;
  /** The trial's bundle. By default the one beside this bundle. */
  entry?: string;
  limitMs?: number;
}

const DEFAULT_ENTRY = fileURLToPath(new URL('./trial.js', import.meta.url));

/** Measures a provider in a process of its own. However that ends, it is an answer; no process is left. */
export function tryProvider(
  request: MeasureRequest,
  { signal, entry = DEFAULT_ENTRY, limitMs = LIMIT_MS }: TrialOptions,
): Promise<TrialAnswer> {
  const started = performance.now();
  const child = fork(entry, [JSON.stringify(request)], {
    serialization: 'advanced',
    // Drivers chatter; what matters of it is in the answer.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  // Not by the options of `fork`, which kill without asking whether there is a process.
  const end = () => kill(child);
  const limit = setTimeout(end, limitMs);
  signal.addEventListener('abort', end);
  return new Promise<TrialAnswer>((resolve) => {
    let answer: TrialAnswer | undefined;
    child.once('message', (message) => {
      const parsed = v.safeParse(trialAnswer, message);
      answer = parsed.success ? parsed.output : { failure: 'its answer could not be read' };
      end();
    });
    child.once('error', ({ message }) => resolve({ failure: message }));
    child.once('exit', (code, exitSignal) => {
      const tooLong = performance.now() - started >= limitMs;
      const ending = tooLong
        ? `it took more than ${limitMs / 1000} s`
        : `it ended with ${exitSignal ?? `code ${code}`}`;
      resolve(answer ?? { failure: ending });
    });
    if (signal.aborted) end();
  }).finally(() => {
    clearTimeout(limit);
    signal.removeEventListener('abort', end);
  });
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { kill } from '../../src/engine/kill';

/** A program of bench/peers that answers each line of JSON with one. */
export interface Worker {
  readonly pid: number | undefined;
  ask(request: object): Promise<unknown>;
}

/** Lets a program be used that has said that it is ready, and leaves no process behind. */
export async function withWorker<T>(
  python: string,
  [script, ...options]: [string, ...string[]],
  use: (worker: Worker) => Promise<T>,
): Promise<T> {
  const child = spawn(python, [script, ...options], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, HF_HUB_OFFLINE: '1', TQDM_DISABLE: '1' },
  });
  const exit = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<unknown> => {
    const line = await lines.next();
    if (line.done) throw new Error(`${script} ended before it answered.`);
    return JSON.parse(line.value);
  };
  try {
    // That it is ready.
    await answer();
    return await use({
      pid: child.pid,
      ask: (request) => {
        child.stdin.write(`${JSON.stringify(request)}\n`);
        return answer();
      },
    });
  } finally {
    kill(child);
    await exit;
  }
}

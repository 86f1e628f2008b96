import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { commandLine, finished, type Run } from './command-line';

export interface Answer {
  id: string | number | null;
  // biome-ignore lint/suspicious/noExplicitAny: what is asked decides what it is, and docs/json.md says so
  result?: any;
  error?: { code: string; message: string };
}

/** `vitrine serve`, and the answers that it gives. */
export interface Serving {
  pid: number;
  /** One request, and its answer: nothing else is asked meanwhile. */
  ask(method: string, params?: object): Promise<Answer>;
  /** Sends a text as it is, and the answer that comes next. */
  send(text: string): Promise<Answer>;
  next(): Promise<Answer>;
  /** Ends its input. */
  end(): Promise<Run>;
  done: Promise<Run>;
}

/** Starts `vitrine serve`, which keeps its input open. */
export function startServing(...args: string[]): Serving {
  const child = spawn(process.execPath, [commandLine, 'serve', ...args]);
  onTestFinished(() => void child.kill('SIGKILL'));
  child.stdin.on('error', () => {});
  const done = finished(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value ?? '{"id":null}') as Answer;
  const send = (text: string) => {
    child.stdin.write(text);
    return next();
  };
  let id = 0;
  return {
    pid: child.pid ?? Number.NaN,
    ask: (method, params) => send(`${JSON.stringify({ id: ++id, method, params })}\n`),
    send,
    next,
    end() {
      child.stdin.end();
      return done;
    },
    done,
  };
}

import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createBirpc } from 'birpc';
import * as v from 'valibot';
import type { EngineEvents } from '../../shared/engine-api';
import { sentence, VitrineError } from '../../shared/errors';
import { type EngineApi, type Requests, requests } from '../../shared/requests';
import { type Answer, type Answers, failureSchema } from '../answers';
import { kill } from '../kill';

export interface EngineOptions {
  /** The engine's bundle. By default the one beside this bundle. */
  entry?: string;
  onProgress?: EngineEvents['progress'];
  /** Told once when the process has ended. */
  onExit?: () => void;
  /** Told what the native runtime writes about itself, a line or several at a time: for a log, not for people. */
  onLog?: (text: string) => void;
}

/** The engine in a process of its own. Calls that wait when it dies reject with VitrineError `engine.died`. */
export interface Engine extends EngineApi {
  readonly pid: number | undefined;
  /** Ends the process at once, whatever it does. */
  stop(): Promise<void>;
}

const DEFAULT_ENTRY = fileURLToPath(new URL('./engine.js', import.meta.url));

/**
 * Megabytes of each half of the space for young objects. The engine's large arrays lie outside it, and what it makes of
 * small ones soon goes; V8's own choice would keep three times 16 MB for them.
 */
const SMALL_NURSERY = ['--max-semi-space-size=2'];

export function startEngine({ entry = DEFAULT_ENTRY, onProgress, onExit, onLog }: EngineOptions = {}): Engine {
  // Typed arrays cross as they are only with the advanced serialization.
  const child = fork(entry, {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [...process.execArgv, ...SMALL_NURSERY],
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => onLog?.(text));
  const events: EngineEvents = { progress: (report) => onProgress?.(report) };
  const rpc = createBirpc<Answers, EngineEvents>(events, {
    post: (message) => send(child, message),
    on: (receive) => void child.on('message', receive),
    // A forward pass takes as long as it takes; the caller cancels.
    timeout: -1,
  });
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      rpc.$close(died(undefined));
      resolve();
    };
    child.once('exit', end);
    // Not only the first: an error that nobody hears would end this process too.
    child.on('error', end);
  });
  if (onExit) void ended.then(onExit);

  const call = async (method: keyof Requests, request: unknown): Promise<unknown> => {
    const answer: Answer = await rpc.$call(method, request).catch((error: unknown) => {
      throw error instanceof VitrineError ? error : died(error);
    });
    if ('error' in answer) {
      const { code, text } = v.parse(failureSchema, answer.error);
      throw new VitrineError(code, text);
    }
    return answer.value;
  };
  const methods = Object.keys(requests) as (keyof Requests)[];
  const api = Object.fromEntries(methods.map((method) => [method, (request: unknown) => call(method, request)]));
  return Object.assign(api as unknown as EngineApi, {
    pid: child.pid,
    stop: () => {
      kill(child);
      return ended;
    },
  });
}

const died = (cause: unknown) =>
  new VitrineError('engine.died', sentence`The engine stopped unexpectedly. Run it again; it starts anew.`, { cause });

function send(child: ChildProcess, message: unknown): void {
  if (!child.connected) throw died(undefined);
  child.send(message as object);
}

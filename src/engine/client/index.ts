import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createBirpc } from 'birpc';
import * as v from 'valibot';
import type { EngineEvents } from '../../shared/engine-api';
import { cancelled, sentence, VitrineError } from '../../shared/errors';
import { type EngineApi, type Requests, requests } from '../../shared/requests';
import type { Answer, Answers } from '../answers';
import { failureSchema } from '../failures';
import { kill } from '../kill';
import { PULSE_FILE, PULSE_OPTION } from '../pulse';
import { SilenceWatch } from './silence-watch';

export interface EngineOptions {
  /** The engine's bundle. By default the one beside this bundle. */
  entry?: string;
  onProgress?: EngineEvents['progress'];
  /** Told once when the process has ended. */
  onExit?: () => void;
  /**
   * Told when the process owes an answer and has neither answered nor shown that it is at work for five seconds, and when
   * it does again. It may only have been kept from it: nothing is ended.
   */
  onSilence?: (isSilent: boolean) => void;
  /** Told what the native runtime writes about itself, a line or several at a time: for a log, not for people. */
  onLog?: (text: string) => void;
}

/**
 * The engine in a process of its own. Calls that wait when it dies reject with VitrineError `engine.died`, and with
 * `task.cancelled` when it is stopped.
 */
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

/**
 * For the C library of Linux: arrays of this size and more are pieces of memory of their own, which the system has back as
 * soon as nothing refers to them. By itself the library raises the size with every larger array that is freed, up to 32 MB,
 * and keeps what lies below for later arrays.
 */
const GIVES_BACK = { MALLOC_MMAP_THRESHOLD_: `${128 * 1024}` };

export function startEngine({
  entry = DEFAULT_ENTRY,
  onProgress,
  onExit,
  onSilence,
  onLog,
}: EngineOptions = {}): Engine {
  // Typed arrays cross as they are only with the advanced serialization.
  const child = fork(entry, onSilence ? [PULSE_OPTION] : [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc', 'pipe'],
    // None of this process's own: a program given as an option would begin in the engine once more.
    execArgv: SMALL_NURSERY,
    env: { ...GIVES_BACK, ...process.env },
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => onLog?.(text));
  const silence = onSilence && new SilenceWatch(onSilence);
  // A process that could not be started has no pipes at all.
  child.stdio?.[PULSE_FILE]?.on('data', () => silence?.sign());
  child.on('message', () => silence?.sign());
  let isStopped = false;
  const ended = (cause?: unknown) => (isStopped ? cancelled() : died(cause));
  const events: EngineEvents = { progress: (report) => onProgress?.(report) };
  const rpc = createBirpc<Answers, EngineEvents>(events, {
    post: (message) => {
      if (!child.connected) throw ended();
      child.send(message as object);
    },
    on: (receive) => void child.on('message', receive),
    // A forward pass takes as long as it takes; the caller cancels.
    timeout: -1,
  });
  const exited = new Promise<void>((resolve) => {
    const end = () => {
      rpc.$close(ended());
      resolve();
    };
    child.once('exit', end);
    // Not only the first: an error that nobody hears would end this process too.
    child.on('error', end);
  });
  if (onExit) void exited.then(onExit);

  const call = async (method: keyof Requests, request: unknown): Promise<unknown> => {
    const waiting: Promise<Answer> = rpc.$call(method, request).catch((error: unknown) => {
      throw error instanceof VitrineError ? error : ended(error);
    });
    const answer = await (silence ? silence.during(waiting) : waiting);
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
      isStopped = true;
      kill(child);
      return exited;
    },
  });
}

const died = (cause: unknown) =>
  new VitrineError('engine.died', sentence`The engine stopped unexpectedly. Run it again; it starts anew.`, { cause });

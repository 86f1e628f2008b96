import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { sentence, VitrineError } from '../shared/errors';
import type { JobFailure, JobResult, RenderJob } from './render-job';

/** How long a template may take. One takes a millisecond. */
const LIMIT_MS = 5000;

/** Megabytes. */
const MEMORY = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 };

/** Beside the bundle that this is a part of; where it is run from its source, what the build has made. */
const ENTRY = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../dist/chat-worker.js' : './chat-worker.js', import.meta.url),
);

interface Waiting {
  job: RenderJob;
  resolve(result: JobResult | JobFailure): void;
  reject(error: unknown): void;
}

/** Runs templates one after the other in a thread, which is ended and started anew where one does not end. */
export class RenderThread {
  readonly #limitMs: number;
  readonly #waiting: Waiting[] = [];
  #running: Waiting | undefined;
  #worker: Worker | undefined;
  #isOnline = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(limitMs = LIMIT_MS) {
    this.#limitMs = limitMs;
  }

  /** @throws VitrineError `chat.endless` where the template does not end, or needs more memory than a template may have */
  run(job: RenderJob, signal?: AbortSignal): Promise<JobResult | JobFailure> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const waiting: Waiting = { job, resolve, reject };
      const cancel = () => this.#cancel(waiting, signal?.reason);
      signal?.addEventListener('abort', cancel, { once: true });
      const settled = <T>(settle: (value: T) => void) => {
        return (value: T) => {
          signal?.removeEventListener('abort', cancel);
          settle(value);
        };
      };
      waiting.resolve = settled(resolve);
      waiting.reject = settled(reject);
      this.#waiting.push(waiting);
      this.#next();
    });
  }

  #next(): void {
    if (this.#running) return;
    this.#running = this.#waiting.shift();
    if (!this.#running) return;
    this.#worker ??= this.#start();
    this.#worker.ref();
    if (this.#isOnline) this.#limit();
    this.#worker.postMessage(this.#running.job);
  }

  #limit(): void {
    this.#timer = setTimeout(() => this.#end(endless()), this.#limitMs);
  }

  #start(): Worker {
    const worker = new Worker(ENTRY, { resourceLimits: MEMORY, execArgv: [], stdout: true, stderr: true });
    this.#isOnline = false;
    // What a busy machine needs to start a thread is not the template's.
    worker.once('online', () => {
      if (this.#worker !== worker) return;
      this.#isOnline = true;
      if (this.#running) this.#limit();
    });
    const ended = (error: unknown) => {
      if (this.#worker === worker) this.#end(error);
    };
    worker.on('message', (result: JobResult | JobFailure) => {
      if (this.#worker === worker) this.#settle((running) => running.resolve(result));
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      ended(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? endless() : error);
    });
    worker.on('exit', () => ended(endless()));
    return worker;
  }

  #settle(settle: (running: Waiting) => void): void {
    const running = this.#running;
    clearTimeout(this.#timer);
    this.#running = undefined;
    this.#worker?.unref();
    if (running) settle(running);
    this.#next();
  }

  /** Ends the thread; the next template has another. */
  #end(error: unknown): void {
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
    this.#settle((running) => running.reject(error));
  }

  #cancel(waiting: Waiting, reason: unknown): void {
    const at = this.#waiting.indexOf(waiting);
    if (at >= 0) this.#waiting.splice(at, 1);
    // One that runs is left to itself: it ends in a moment, or is ended.
    waiting.reject(reason);
  }
}

const endless = () =>
  new VitrineError(
    'chat.endless',
    sentence`The chat template did not end: it was stopped after it had taken more time or memory than a template may take. Take another template.`,
  );

import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import { cancelled, sentence, VitrineError } from '../shared/errors';
import type { Failure } from '../shared/failure';
import { type AnswerJob, readAnswer, type ServedAnswer } from './read-answer';

/** What the thread is called with, and how it answers: an error's class would not survive the way. */
export interface AnswerReader {
  read(job: AnswerJob): Promise<{ value: ServedAnswer } | { error: Failure }>;
}

/** An answer of so many bytes is read in a few milliseconds, in which a thread would hardly have been asked. */
const SMALL = 100_000;

/** Beside the bundle that this is a part of; where it is run from its source, what the build has made. */
const ENTRY = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../dist/answer-worker.js' : './answer-worker.js', import.meta.url),
);

/** Reads answers, large ones in a thread: a megabyte of JSON would hold up the editor's extensions for tens of milliseconds. */
export class AnswerThread {
  #thread: { worker: Worker; reader: AnswerReader } | undefined;

  /** @throws VitrineError as `readAnswer`, `server.reader` where the thread has ended, or `task.cancelled` */
  async read(job: AnswerJob, signal: AbortSignal): Promise<ServedAnswer> {
    if (job.bytes.length < SMALL) return readAnswer(job);
    this.#thread ??= this.#start();
    const answer = await this.#thread.reader.read(job).catch((error: unknown) => {
      throw signal.aborted ? cancelled() : error;
    });
    if (signal.aborted) throw cancelled();
    if ('error' in answer) throw new VitrineError(answer.error.code, answer.error.text);
    return answer.value;
  }

  /** Ends the thread; the next large answer starts another. */
  end(): void {
    void this.#thread?.worker.terminate();
  }

  #start() {
    const worker = new Worker(ENTRY, { execArgv: [], stdout: true, stderr: true });
    // Nobody is kept by it from ending.
    worker.unref();
    const reader = createBirpc<AnswerReader, object>(
      {},
      {
        post: (message) => worker.postMessage(message),
        on: (receive) => void worker.on('message', receive),
        timeout: -1,
      },
    );
    const thread = { worker, reader };
    const ended = () => {
      if (this.#thread === thread) this.#thread = undefined;
      reader.$close(died());
    };
    worker.once('error', ended);
    worker.once('exit', ended);
    return thread;
  }
}

const died = () =>
  new VitrineError(
    'server.reader',
    sentence`What reads the server’s answers has ended, for example because the memory was full. Try again.`,
  );

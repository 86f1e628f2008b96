import type { Readable } from 'node:stream';
import { errorText } from '../../display/sentences';
import type { Engine } from '../../engine/client';
import type { ModelInfo } from '../../shared/engine-api';
import { messageOf, VitrineError } from '../../shared/errors';
import { linesOf } from '../lines';
import { stream } from '../output';
import { Methods } from './methods';
import { type Id, idOf, parseRequest, type Request } from './request';

/** Requests that wait at a time: more are read when some have been answered. */
const MOST_WAITING = 1000;

/**
 * Answers every line `{ id, method, params }` of a stream with a line `{ id, result }` or `{ id, error }` as soon as it
 * is ready, until the stream ends.
 *
 * @throws VitrineError `engine.died`, after what waited has its answers
 */
export async function serve(engine: Engine, model: ModelInfo, input: Readable): Promise<void> {
  const server = new Server(engine, model);
  const waiting = new Set<Promise<void>>();
  try {
    for await (const line of linesOf(input)) {
      if (line?.trim() === '') continue;
      const answering = server.answer(line).catch((error: unknown) => void input.destroy(error as Error));
      waiting.add(answering);
      void answering.then(() => waiting.delete(answering));
      if (waiting.size >= MOST_WAITING) await Promise.race(waiting);
    }
  } finally {
    await Promise.all(waiting);
  }
}

class Server {
  readonly #engine: Engine;
  readonly #methods: Methods;
  /** Numbers of the requests at work. */
  readonly #tasks = new Map<Id, number>();
  #lastTask = 0;
  /** One answer is written after another, whichever is ready first. */
  #writing: Promise<void> = Promise.resolve();

  constructor(engine: Engine, model: ModelInfo) {
    this.#engine = engine;
    this.#methods = new Methods(engine, model);
  }

  async answer(line: string | undefined): Promise<void> {
    try {
      const request = parseRequest(line);
      this.#write(request.id, 'result', await this.#resultOf(request));
    } catch (error) {
      this.#write(idOf(line), 'error', [JSON.stringify(errorJson(error))]);
      if (error instanceof VitrineError && error.code === 'engine.died') throw error;
    } finally {
      await this.#writing;
    }
  }

  async #resultOf({ id, method, params }: Request): Promise<Iterable<string>> {
    if (method === 'cancel') return [JSON.stringify(await this.#cancel(params.id))];
    const task = ++this.#lastTask;
    if (id === null) return this.#methods.ask(method, params, task);
    if (this.#tasks.has(id)) {
      throw new VitrineError('serve.id', `The request ${JSON.stringify(id)} is still at work. Give each its own id.`);
    }
    this.#tasks.set(id, task);
    try {
      return await this.#methods.ask(method, params, task);
    } finally {
      this.#tasks.delete(id);
    }
  }

  /** Whether there was such a request at work. */
  async #cancel(id: unknown): Promise<boolean> {
    const task = this.#tasks.get(id as Id);
    if (task !== undefined) await this.#engine.cancel({ task });
    return task !== undefined;
  }

  #write(id: Id | null, kind: 'result' | 'error', pieces: Iterable<string>): void {
    const line = function* () {
      yield `{"id":${JSON.stringify(id)},"${kind}":`;
      yield* pieces;
      yield '}\n';
    };
    this.#writing = this.#writing.then(() => stream(line()));
  }
}

function errorJson(error: unknown): object {
  const code = error instanceof VitrineError ? error.code : 'serve.defect';
  return { code, message: error instanceof VitrineError ? errorText(error) : messageOf(error) };
}

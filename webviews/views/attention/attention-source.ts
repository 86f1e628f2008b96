import type { AttentionPattern } from '../../../src/shared/engine-api';
import type { InspectorHost } from '../../../src/shared/inspector-api';
import type { AttentionScope } from './attention-scope';

/** Rows and columns of a picture at most; of a longer text, a cell is a block of tokens. */
const PICTURE_SIZE = 1024;
/** A longer text's rollout is followed for one token only: for all it would take minutes. */
export const ROLLOUT_MATRIX_TOKENS = 256;
/** Answers kept: a picture of a long text takes megabytes. */
const MOST_ANSWERS = 24;

/** Whose attention in which text. */
export interface Question {
  trace: number;
  /** Of the text. */
  tokens: number;
  scope: AttentionScope;
}

/** Starts a task that can be cancelled, and tells which. */
type StartTask = (signal: AbortSignal) => number;

/** Patterns and rows of attention, from wherever they come. Answers are kept, and the engine is asked one thing at a time. */
export class AttentionSource {
  readonly #host: InspectorHost;
  readonly #startTask: StartTask;
  readonly #answers = new Map<string, unknown>();
  #busy: Promise<unknown> = Promise.resolve();

  constructor(host: InspectorHost, startTask: StartTask) {
    this.#host = host;
    this.#startTask = startTask;
  }

  /** Undefined where it would take too long. */
  pattern(question: Question, signal: AbortSignal): Promise<AttentionPattern | undefined> {
    return this.#ask(`pattern ${keyOf(question)}`, signal, () => this.#askPattern(question, signal));
  }

  /** The weights of one token on the keys 0 to itself. */
  row(question: Question, query: number, signal: AbortSignal): Promise<Float32Array> {
    return this.#ask(`row ${query} ${keyOf(question)}`, signal, async () => {
      const whole = this.#answers.get(`pattern ${keyOf(question)}`) as AttentionPattern | undefined;
      return whole?.rowBlock === 1 && whole.columnBlock === 1
        ? whole.maximum.subarray(query * whole.columns, query * whole.columns + query + 1)
        : this.#askRow(question, query, signal);
    });
  }

  async #askPattern({ trace, tokens, scope }: Question, signal: AbortSignal): Promise<AttentionPattern | undefined> {
    if (scope.kind === 'rollout') {
      if (tokens > ROLLOUT_MATRIX_TOKENS) return undefined;
      const shares = await this.#host.rollout({ task: this.#startTask(signal), trace, from: 0, to: tokens });
      return { rowBlock: 1, columnBlock: 1, rows: tokens, columns: tokens, maximum: shares, mean: shares };
    }
    const head = scope.kind === 'head' ? { head: scope.head } : {};
    return this.#host.attention({ trace, layer: scope.layer, ...head, size: PICTURE_SIZE });
  }

  #askRow({ trace, scope }: Question, query: number, signal: AbortSignal): Promise<Float32Array> {
    switch (scope.kind) {
      case 'head':
        return this.#host.attentionOfQuery({ trace, query, layer: scope.layer, head: scope.head });
      case 'layer':
        return this.#host.attentionOfQuery({ trace, query, layer: scope.layer, mean: true });
      case 'rollout':
        return this.#host.rollout({ task: this.#startTask(signal), trace, from: query, to: query + 1 });
    }
  }

  /** What was overtaken by another question while it waited is not asked any more. */
  async #ask<T>(key: string, signal: AbortSignal, ask: () => Promise<T>): Promise<T> {
    const known = this.#answers.get(key);
    if (known) return known as T;
    const answer = this.#busy.then(() => {
      signal.throwIfAborted();
      return ask();
    });
    this.#busy = answer.catch(() => {});
    const value = await answer.catch((error: unknown) => {
      throw signal.aborted ? signal.reason : error;
    });
    this.#answers.set(key, value);
    if (this.#answers.size > MOST_ANSWERS) this.#answers.delete(this.#answers.keys().next().value ?? '');
    return value;
  }
}

/** The same for questions with the same answers. */
export function keyOf({ trace, scope: { kind, layer, head } }: Question): string {
  if (kind === 'rollout') return `${trace} rollout`;
  return kind === 'layer' ? `${trace} ${layer}` : `${trace} ${layer}.${head}`;
}

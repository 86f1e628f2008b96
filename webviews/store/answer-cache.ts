import { byteSize } from './byte-size';
import { type Asker, PendingAnswer, type Question } from './pending-answer';

interface Answer {
  value: unknown;
  question: Question<unknown>;
  bytes: number;
}

/** Numbers for long work, and what ends it. */
export interface Tasks {
  newTask(): number;
  cancel(task: number): void;
}

/**
 * What the host has answered, up to so many bytes; what was asked for last stays longest. A question that is on its way
 * is not asked twice. Questions with a signal wait for each other, since the model does one thing at a time: what nobody
 * waits for any more when its turn comes is not asked, and long work is cancelled. A failure is not kept.
 */
export class AnswerCache {
  readonly #limitBytes: number;
  readonly #tasks: Tasks;
  /** The one asked for last at the end. */
  readonly #answers = new Map<string, Answer>();
  readonly #pending = new Map<string, PendingAnswer>();
  #lastTurn: Promise<unknown> = Promise.resolve();
  #bytes = 0;

  constructor(limitBytes: number, tasks: Tasks) {
    this.#limitBytes = limitBytes;
    this.#tasks = tasks;
  }

  /** Memory of what is kept. */
  get bytes(): number {
    return this.#bytes;
  }

  async get<T>(question: Question<T>, asker: Asker = {}): Promise<T> {
    asker.signal?.throwIfAborted();
    const { key } = question;
    const known = this.#answers.get(key);
    if (known) {
      this.#answers.delete(key);
      this.#answers.set(key, known);
      return known.value as T;
    }
    const pending = this.#pending.get(key) ?? this.#ask(question, asker.signal !== undefined);
    return pending.wait(asker) as Promise<T>;
  }

  /** Forgets what is about traces: the text is another, or they are gone. */
  forgetTraces(): void {
    this.#forget(({ trace }) => trace !== undefined);
  }

  /** Forgets what the model said that the text is compared with: that is another, or reads in another way. */
  forgetCompared(): void {
    this.#forget(({ isCompared }) => isCompared === true);
  }

  /** Forgets all: the model is another. */
  clear(): void {
    this.#answers.clear();
    this.#pending.clear();
    this.#bytes = 0;
  }

  #ask(question: Question<unknown>, inTurn: boolean): PendingAnswer {
    const { key, isTask } = question;
    const leave = () => {
      if (this.#pending.get(key) === pending) this.#pending.delete(key);
    };
    const task = isTask ? this.#tasks.newTask() : 0;
    const turn = inTurn ? this.#lastTurn : undefined;
    const pending = new PendingAnswer(question, task, turn, (isStarted) => {
      leave();
      if (isStarted) this.#tasks.cancel(task);
    });
    this.#pending.set(key, pending);
    const settled = pending.answer.then((value) => this.#answered(pending, value), leave);
    if (inTurn) this.#lastTurn = settled;
    return pending;
  }

  #answered(pending: PendingAnswer, value: unknown): void {
    const { question } = pending;
    const { key } = question;
    // What has been forgotten meanwhile is not kept.
    if (this.#pending.get(key) !== pending) return;
    this.#pending.delete(key);
    const bytes = byteSize(key) + byteSize(value);
    if (bytes > this.#limitBytes) return;
    this.#answers.set(key, { value, question, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#answers.keys()) {
      if (this.#bytes <= this.#limitBytes) break;
      this.#remove(oldest);
    }
  }

  #forget(isForgotten: (question: Question<unknown>) => boolean): void {
    for (const [key, { question }] of this.#answers) if (isForgotten(question)) this.#remove(key);
    for (const [key, { question }] of this.#pending) if (isForgotten(question)) this.#pending.delete(key);
  }

  #remove(key: string): void {
    this.#bytes -= this.#answers.get(key)?.bytes ?? 0;
    this.#answers.delete(key);
  }
}

import { Task, TaskStatus } from '@lit/task';
import type { AttentionPattern, HeadSummary, Thumbnails } from '../../../src/shared/engine-api';
import type { Asker } from '../../store/pending-answer';
import type { StoreElement } from '../../store/store-element';
import type { AttentionScope } from './attention-scope';
import { askPattern, askRow, keyOf, type Question, ROLLOUT_MATRIX_TOKENS } from './attention-source';

const THUMBNAIL_SIZE = 32;

/** An answer, and what it answers: what is drawn of it is named by it. */
interface Answered<T> {
  question: Question;
  value: T;
}

/** What the view shows of the text's attention, asked for as the view changes. */
export class AttentionData {
  readonly #view: StoreElement;
  readonly #scope: () => AttentionScope | undefined;
  /** The number of the run that follows attention through layers. */
  rolloutTask: number | undefined;
  readonly #heads: Task<readonly [number | undefined], HeadSummary[] | undefined>;
  readonly #thumbnails: Task<readonly [number | undefined], Thumbnails | undefined>;
  readonly #pattern: Task<readonly unknown[], Answered<AttentionPattern | undefined> | undefined>;
  readonly #row: Task<readonly unknown[], Answered<Float32Array> | undefined>;

  /** @param scope undefined while it is not known which head the text is opened with */
  constructor(view: StoreElement, scope: () => AttentionScope | undefined) {
    this.#view = view;
    this.#scope = scope;
    this.#heads = new Task(view, {
      args: () => [this.#trace] as const,
      task: async ([trace]) => (trace === undefined ? undefined : view.store.lenses.heads({ trace })),
    });
    this.#thumbnails = new Task(view, {
      args: () => [this.#trace] as const,
      task: async ([trace]) =>
        trace === undefined ? undefined : view.store.lenses.thumbnails({ trace, size: THUMBNAIL_SIZE }),
    });
    this.#pattern = new Task(view, {
      args: () => this.#key,
      task: async (_, { signal }) => {
        const question = this.#question;
        return question && { question, value: await askPattern(view.store.lenses, question, this.#asker(signal)) };
      },
    });
    this.#row = new Task(view, {
      args: () => [...this.#key, this.query],
      task: async (_, { signal }) => {
        const [question, query] = [this.#question, this.query];
        if (!question || query === undefined) return undefined;
        return { question, value: await askRow(view.store.lenses, question, query, this.#asker(signal)) };
      },
    });
  }

  get heads(): HeadSummary[] | undefined {
    return this.#trace === undefined ? undefined : this.#heads.value;
  }

  get thumbnails(): Thumbnails | undefined {
    return this.#trace === undefined ? undefined : this.#thumbnails.value;
  }

  /** Of the last question that was answered, of the text that is there. */
  get pattern(): Answered<AttentionPattern | undefined> | undefined {
    const answered = this.#pattern.value;
    return answered?.question.trace === this.#trace ? answered : undefined;
  }

  /** Where the token looks, once that is known. */
  get row(): Float32Array | undefined {
    const answered = this.#row.value;
    const isCurrent =
      answered && this.#isCurrentQuestion(answered.question) && answered.value.length - 1 === this.query;
    return isCurrent ? answered.value : undefined;
  }

  get isPending(): boolean {
    return this.#pattern.status === TaskStatus.PENDING;
  }

  get isRowPending(): boolean {
    return this.#row.status === TaskStatus.PENDING;
  }

  /** A sentence, where something could not be answered. */
  get failure(): string | undefined {
    const rows = this.#view.store.isLive ? [this.#row] : [];
    return failureOf(this.#heads, this.#thumbnails, this.#pattern, ...rows);
  }

  /** A sentence, where a recording does not know where the token looks: of long texts it knows few such rows. */
  get unknownRow(): string | undefined {
    return this.#view.store.isLive ? undefined : failureOf(this.#row);
  }

  /** Whether somebody stopped what is asked for now. */
  get isCancelled(): boolean {
    return [this.#row, this.#pattern].some(({ error }) => error instanceof Error && error.name === 'AbortError');
  }

  askAgain(): void {
    void this.#pattern.run();
    void this.#row.run();
  }

  cancelRollout(): void {
    this.#row.abort();
    this.#pattern.abort();
  }

  #asker(signal: AbortSignal): Asker {
    const began = (task: number) => {
      this.rolloutTask = task;
    };
    return { signal, began };
  }

  get #trace(): number | undefined {
    const read = this.#view.store.subject?.read;
    return read && read.ids.length > 0 ? read.trace : undefined;
  }

  get #question(): Question | undefined {
    const read = this.#view.store.subject?.read;
    const scope = this.#scope();
    return scope && read && read.ids.length > 0 ? { trace: read.trace, tokens: read.ids.length, scope } : undefined;
  }

  #isCurrentQuestion(question: Question): boolean {
    const current = this.#question;
    return current !== undefined && keyOf(question) === keyOf(current);
  }

  get #key(): readonly unknown[] {
    const scope = this.#scope();
    if (!scope) return [];
    const { kind, layer, head, valueWeighted } = scope;
    return [this.#trace, kind, kind === 'rollout' || layer, kind === 'head' && head, valueWeighted];
  }

  /**
   * The token that looks: the one under the pointer, or else the one selected. Through a long text's layers attention is
   * followed for the latter only.
   */
  get query(): number | undefined {
    const { store } = this.#view;
    const tokens = store.subject?.read?.ids.length ?? 0;
    const isLong = this.#scope()?.kind === 'rollout' && tokens > ROLLOUT_MATRIX_TOKENS;
    return isLong ? store.state.selected.token : store.token;
  }
}

function failureOf(...tasks: readonly Pick<Task, 'status' | 'error'>[]): string | undefined {
  const failed = tasks.find(({ status }) => status === TaskStatus.ERROR);
  return failed?.error instanceof Error && failed.error.name !== 'AbortError' ? failed.error.message : undefined;
}

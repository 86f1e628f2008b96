import { Task, TaskStatus } from '@lit/task';
import type { ReactiveController } from 'lit';
import type { TaskProgress } from '../../../src/shared/progress';
import type { StoreElement } from '../../store/store-element';
import { type ChangedText, readChanged } from './changed-text';

/** Tokens that are put in the place of others, and the text that comes of it, read by the model in the background. */
export class TokenChanges implements ReactiveController {
  readonly #host: StoreElement;
  readonly #reading: Task<readonly unknown[], ChangedText | undefined>;
  /** Ids by position, the last change last. */
  #changes: ReadonlyMap<number, number> = new Map();
  #trace: number | undefined;
  #task = 0;

  constructor(host: StoreElement) {
    this.#host = host;
    host.addController(this);
    this.#reading = new Task(host, {
      args: () => [this.#changes, host.store.subject?.read, host.store.predictions?.topK] as const,
      task: async ([changed, read, topK], { signal }) => {
        const { store } = host;
        if (changed.size === 0 || !read || topK === undefined) return undefined;
        const task = store.newTask(signal);
        this.#task = task;
        return readChanged(store, read, { changed, task, topK });
      },
    });
  }

  /** Another text, or another reading of it, has no changes. */
  hostUpdate(): void {
    const trace = this.#host.store.subject?.read?.trace;
    if (trace !== this.#trace) this.#changes = new Map();
    this.#trace = trace;
  }

  get isEmpty(): boolean {
    return this.#changes.size === 0;
  }

  /** The text as it was changed last and read; undefined where nothing is changed. */
  get text(): ChangedText | undefined {
    return this.isEmpty ? undefined : this.#reading.value;
  }

  /** While the model reads: how far it is. */
  get progress(): TaskProgress | undefined {
    const isPending = !this.isEmpty && this.#reading.status === TaskStatus.PENDING;
    return isPending ? (this.#host.store.progressOf(this.#task) ?? { done: 0, total: 0 }) : undefined;
  }

  get error(): string | undefined {
    return !this.isEmpty && this.#reading.error instanceof Error ? this.#reading.error.message : undefined;
  }

  /** @param id undefined puts the document's own token back */
  put(position: number, id: number | undefined): void {
    const changes = new Map(this.#changes);
    changes.delete(position);
    if (id !== undefined && id !== this.#host.store.subject?.read?.ids[position]) changes.set(position, id);
    this.#changes = changes;
    this.#host.requestUpdate();
  }

  /** Puts back what was changed last. */
  undo(): void {
    const position = [...this.#changes.keys()].at(-1);
    if (position !== undefined) this.put(position, undefined);
  }
}

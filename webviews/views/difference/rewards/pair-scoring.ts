import { Task, TaskStatus } from '@lit/task';
import type { ScoredPair } from '../../../../src/shared/difference-api';
import type { ComparisonState } from '../../../../src/shared/inspector-api';
import { taskError } from '../../../kit/task-error';
import type { StoreElement } from '../../../store/store-element';
import { readChoice } from './pair-choice';

/** A pause in typing after which a pair is read. */
const PAUSE_MS = 500;

/** Has both models read the pair that is written, each pair once. */
export class PairScoring {
  readonly #element: StoreElement;
  readonly #read: Task<readonly unknown[], ScoredPair | undefined>;
  #task = 0;

  constructor(element: StoreElement) {
    this.#element = element;
    this.#read = new Task(element, {
      args: () => [comparisonOf(element)?.revision, ...Object.values(this.#pair())],
      task: (_, { signal }) => this.#score(signal),
    });
  }

  /** The pair that was read last. */
  get pair(): ScoredPair | undefined {
    return comparisonOf(this.#element) && this.#read.value;
  }

  get isReading(): boolean {
    return this.#read.status === TaskStatus.PENDING;
  }

  /** Why it could not be read. */
  get failure(): string | undefined {
    return taskError(this.#read);
  }

  get progress() {
    return this.#element.store.progressOf(this.#task);
  }

  #pair() {
    const { store } = this.#element;
    const { prompt, chosen, rejected, isChat } = readChoice(store.viewState, store.subject?.pair);
    return { prompt, chosen, rejected, isChat };
  }

  async #score(signal: AbortSignal): Promise<ScoredPair | undefined> {
    const { store } = this.#element;
    const [revision, pair] = [comparisonOf(this.#element)?.revision, this.#pair()];
    if (revision === undefined || !store.isLive || pair.chosen === '' || pair.rejected === '') return undefined;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    signal.throwIfAborted();
    const ask = (task: number) => store.host.scorePair({ task, ...pair });
    const began = (task: number) => {
      this.#task = task;
    };
    return store.answers.get({ key: `pair ${revision} ${JSON.stringify(pair)}`, isTask: true, ask }, { signal, began });
  }
}

/** What is compared, where both models are there. */
export function comparisonOf({ store }: StoreElement): ComparisonState | undefined {
  const { comparison } = store.state;
  return comparison?.reading.kind === 'ready' ? comparison : undefined;
}

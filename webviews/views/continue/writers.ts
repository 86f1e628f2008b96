import { Task, TaskStatus } from '@lit/task';
import type { ReactiveController } from 'lit';
import type { TraceTokens } from '../../../src/shared/inspector-api';
import type { TaskProgress } from '../../../src/shared/progress';
import { changesKey, changesOfA, interventionsOf } from '../../../src/shared/steering';
import { Memo } from '../../kit/memo';
import { taskError } from '../../kit/task-error';
import type { StoreElement } from '../../store/store-element';
import type { Writer } from './writer';

/** By their numbers: an edit tells of the same text once more. */
type Args = readonly [trace: number | undefined, revision: number | undefined];

/** Who can go on with the text: the model in use, and where it is compared, both, as soon as both have read it. */
export class Writers implements ReactiveController {
  readonly #host: StoreElement;
  readonly #inUse = new Memo<Writer | undefined>();
  readonly #reading: Task<Args, { args: Args; both: readonly [Writer, Writer] } | undefined>;
  #task = 0;

  constructor(host: StoreElement) {
    this.#host = host;
    host.addController(this);
    this.#reading = new Task(host, {
      args: () => this.#args,
      task: async ([trace, revision], { signal }) => {
        const { read } = host.store.subject ?? {};
        if (!read || revision === undefined) return undefined;
        const both = await this.#read(read, signal);
        return both && { args: [trace, revision], both };
      },
    });
  }

  hostUpdate(): void {}

  /** The model in use; undefined until it has read the text. */
  get inUse(): Writer | undefined {
    const { ablated, model, steering } = this.#host.store.state;
    const { read } = this.#host.store.subject ?? {};
    return this.#inUse.get(
      [read, ablated, model, steering],
      () =>
        read && {
          side: 'a',
          name: '',
          model,
          text: read,
          readsAsShown: true,
          vocabulary: '',
          changes: { ablated, steering },
        },
    );
  }

  /** A and B; undefined while one of them cannot be asked. */
  get both(): readonly [Writer, Writer] | undefined {
    const { value } = this.#reading;
    if (this.#host.store.state.comparison?.reading.kind === 'failed') return undefined;
    const isOfThis = value?.args.every((arg, i) => arg === this.#args[i]);
    return isOfThis ? value?.both : undefined;
  }

  get isPending(): boolean {
    return this.#reading.status === TaskStatus.PENDING;
  }

  get progress(): TaskProgress | undefined {
    return this.isPending ? this.#host.store.progressOf(this.#task) : undefined;
  }

  get error(): string | undefined {
    return taskError(this.#reading);
  }

  again(): void {
    void this.#reading.run();
  }

  /** Of the comparison, where both models can be asked at once, and for their distributions: to ask starts B where it does not run. */
  get #args(): Args {
    const { state, subject, isLive } = this.#host.store;
    const { takesTurns, revision, b } = state.comparison ?? {};
    const canAsk = isLive && !takesTurns && b?.model?.capabilities.hasDistributions !== false;
    return [subject?.read?.trace, canAsk ? revision : undefined];
  }

  async #read(read: TraceTokens, signal: AbortSignal): Promise<[Writer, Writer] | undefined> {
    const { store } = this.#host;
    const { host, subject } = store;
    const { ablated, model, steering, comparison: asked } = store.state;
    const text = subject?.text ?? '';
    // First, since it says whether memory holds both.
    const isSame = await host.sameVocabulary();
    signal.throwIfAborted();
    const changes = changesOfA(asked?.kind, { ablated, steering });
    const isAsShown = changesKey(changes) === changesKey({ ablated, steering });
    const ofA = isAsShown
      ? read
      : await host.forward({ task: this.#newTask(signal), text, ...interventionsOf(changes) });
    const ofB = await host.forward({ task: this.#newTask(signal), text, model: 'compared' });
    // What B is, is known only now where it has been loaded for this.
    const { comparison } = store.state;
    if (!comparison) return undefined;
    const { b } = comparison;
    const { label: name } = b;
    const vocabulary = isSame ? '' : name;
    const readsAsShown = vocabulary === '' && areEqual(ofB.ids, read.ids);
    return [
      { side: 'a', name: '', model, text: ofA, readsAsShown: true, vocabulary: '', changes },
      { side: 'b', name, model: b.model, text: ofB, readsAsShown, vocabulary, changes: undefined },
    ];
  }

  #newTask(signal: AbortSignal): number {
    this.#task = this.#host.store.newTask(signal);
    return this.#task;
  }
}

const areEqual = (one: Uint32Array, other: Uint32Array): boolean =>
  one.length === other.length && one.every((id, i) => id === other[i]);

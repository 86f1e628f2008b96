import { Task, TaskStatus } from '@lit/task';
import type { Asked } from '../../../../src/display/asked-place';
import type { HeadAddress } from '../../../../src/shared/head-address';
import type { HeadSources, Neurons, Part, Why } from '../../../../src/shared/why-api';
import type { StoreElement } from '../../../store/store-element';

/** Neurons of a part that is opened, and words of each. */
const NEURONS = 8;
const WORDS = 5;

/** A part that is opened, with what it is made of. */
export type Opened =
  | { kind: 'head'; part: HeadAddress; sources: HeadSources }
  | { kind: 'mlp'; layer: number; neurons: Neurons };

/** What the view shows of a question, asked for as the question changes, and as parts are opened. */
export class PartsData {
  readonly #view: StoreElement & { asked: Asked };
  readonly #why: Task<readonly unknown[], Why>;
  readonly #opened: Task<readonly unknown[], Opened | undefined>;

  /** @param opened the part that is opened, once it is known */
  constructor(view: StoreElement & { asked: Asked }, opened: () => Part | undefined) {
    this.#view = view;
    this.#why = new Task(view, {
      args: () => [view.asked],
      task: (_, { signal }) => view.store.lenses.why(this.question, { signal }),
    });
    this.#opened = new Task(view, {
      args: () => {
        const part = opened();
        return [view.asked, part?.kind, part && 'layer' in part && part.layer, part?.kind === 'head' && part.head];
      },
      task: (_, { signal }) => this.#open(opened(), signal),
    });
  }

  /** What is asked, of the text that is read. */
  get question(): Asked & { trace: number } {
    return { trace: this.#view.store.subject?.read?.trace ?? 0, ...this.#view.asked };
  }

  /** Of this question. */
  get why(): Why | undefined {
    const { value } = this.#why;
    const { position, token, against } = this.#view.asked;
    const isOfIt = value?.position === position && value.token === token && value.against === against;
    return isOfIt && this.#why.status !== TaskStatus.PENDING ? value : undefined;
  }

  get opened(): Opened | undefined {
    return this.#opened.status === TaskStatus.COMPLETE ? this.#opened.value : undefined;
  }

  get isOpening(): boolean {
    return this.#opened.status === TaskStatus.PENDING;
  }

  /** Sentences, where something could not be answered. */
  get failure(): string | undefined {
    return failureOf(this.#why);
  }

  get openingFailure(): string | undefined {
    return failureOf(this.#opened);
  }

  askAgain(): void {
    void this.#why.run();
    void this.#opened.run();
  }

  async #open(part: Part | undefined, signal: AbortSignal): Promise<Opened | undefined> {
    const { lenses } = this.#view.store;
    if (part?.kind === 'head') {
      const { layer, head } = part;
      return {
        kind: 'head',
        part: { layer, head },
        sources: await lenses.headSources({ ...this.question, layer, head }, { signal }),
      };
    }
    if (part?.kind !== 'mlp') return undefined;
    const { layer } = part;
    const neurons = await lenses.neurons({ ...this.question, layer, count: NEURONS, tokens: WORDS }, { signal });
    return { kind: 'mlp', layer, neurons };
  }
}

function failureOf({ status, error }: Pick<Task, 'status' | 'error'>): string | undefined {
  const isFailed = status === TaskStatus.ERROR && error instanceof Error && error.name !== 'AbortError';
  return isFailed ? (error as Error).message : undefined;
}

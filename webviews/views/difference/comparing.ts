import { Task, TaskStatus } from '@lit/task';
import type { ReactiveController } from 'lit';
import type { ComparedText } from '../../../src/shared/difference-api';
import type { ComparisonState, Subject } from '../../../src/shared/inspector-api';
import type { TaskProgress } from '../../../src/shared/progress';
import { taskError } from '../../kit/task-error';
import type { StoreElement } from '../../store/store-element';
import { Compared } from './compared';

/** What was said of a trace. */
interface Answer {
  trace: number;
  text: ComparedText;
}

/** What both models say of the text. To ask starts B where it does not run; what was known of the text stays until then. */
export class Comparing implements ReactiveController {
  readonly #host: StoreElement;
  readonly #asking: Task<readonly [number | undefined, number | undefined], Answer | undefined>;
  #task = 0;
  #known: { answer: Answer; subject: Subject; compared: Compared } | undefined;

  /** @param isWanted whether what is compared at present is to be asked for */
  constructor(host: StoreElement, isWanted: (comparison: ComparisonState) => boolean = () => true) {
    this.#host = host;
    host.addController(this);
    this.#asking = new Task(host, {
      args: () => {
        const { state, subject } = host.store;
        const isAsked = state.comparison !== undefined && isWanted(state.comparison);
        return [isAsked ? state.comparison?.revision : undefined, subject?.read?.trace] as const;
      },
      task: async ([revision, trace], { signal }) => {
        if (revision === undefined || trace === undefined) return undefined;
        return { trace, text: await this.#ask(revision, trace, signal) };
      },
    });
  }

  hostUpdate(): void {}

  /** Undefined until something of this text is known. */
  get compared(): Compared | undefined {
    const { subject, state } = this.#host.store;
    const answer = this.#asking.value ?? this.#known?.answer;
    // What was compared of another text is of no use for this.
    if (!answer || !state.comparison || subject?.read?.trace !== answer.trace) return undefined;
    if (this.#known?.answer !== answer || this.#known.subject !== subject)
      this.#known = { answer, subject, compared: new Compared(answer.text, subject) };
    return this.#known.compared;
  }

  /** Whether what is shown is not, or not yet, of the models as they are. */
  get isPending(): boolean {
    return this.#asking.status === TaskStatus.PENDING;
  }

  get progress(): TaskProgress | undefined {
    return this.isPending ? this.#host.store.progressOf(this.#task) : undefined;
  }

  get error(): string | undefined {
    return taskError(this.#asking);
  }

  again(): void {
    void this.#asking.run();
  }

  #ask(revision: number, trace: number, signal: AbortSignal): Promise<ComparedText> {
    const { store } = this.#host;
    const question = {
      key: `differences ${revision} ${trace}`,
      trace,
      isTask: true,
      ask: (task: number) => store.host.differences({ task }),
    };
    const began = (task: number) => {
      this.#task = task;
    };
    return store.answers.get(question, { signal, began });
  }
}

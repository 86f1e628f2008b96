/** Something that is asked of the host. */
export interface Question<T> {
  /** The same for questions with the same answer. */
  key: string;
  /** That the answer is about; undefined for one about the model. */
  trace?: number | undefined;
  /** Whether the model answers that the text is compared with. */
  isCompared?: boolean;
  /** Whether it is long work, which can be cancelled. */
  isTask?: boolean;
  /** @param task the number of long work */
  ask(task: number): Promise<T>;
}

/** Who asks: until when, and whom to tell the number of long work, under which its progress comes. */
export interface Asker {
  signal?: AbortSignal;
  began?(task: number): void;
}

/** An answer on its way, and how many wait for it. */
export class PendingAnswer {
  readonly answer: Promise<unknown>;
  readonly #abandon: (isStarted: boolean) => void;
  #askers = 0;
  #isStarted = false;
  #isAbandoned = false;

  /**
   * @param turn before which it is not asked
   * @param abandon called once nobody waits for it, where it was not asked yet or can be cancelled; says whether it was
   */
  constructor(
    readonly question: Question<unknown>,
    readonly task: number,
    turn: Promise<unknown> | undefined,
    abandon: (isStarted: boolean) => void,
  ) {
    this.#abandon = abandon;
    this.answer = turn ? turn.then(() => this.#ask()) : this.#ask();
  }

  /** The answer, or the reason of the asker's signal, if that is sooner. */
  wait({ signal, began }: Asker): Promise<unknown> {
    this.#askers++;
    if (this.question.isTask) began?.(this.task);
    if (!signal) return this.answer;
    return new Promise((resolve, reject) => {
      const leave = () => {
        reject(signal.reason);
        this.#leave();
      };
      signal.addEventListener('abort', leave, { once: true });
      void this.answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
    });
  }

  async #ask(): Promise<unknown> {
    if (this.#isAbandoned) throw new Error('Nobody waits for it.');
    this.#isStarted = true;
    return this.question.ask(this.task);
  }

  /** What is asked and cannot be cancelled comes anyway. */
  #leave(): void {
    this.#askers--;
    if (this.#askers > 0 || (this.#isStarted && !this.question.isTask)) return;
    this.#isAbandoned = true;
    this.#abandon(this.#isStarted);
  }
}

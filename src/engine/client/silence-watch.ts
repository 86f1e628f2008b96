/** How long a process that owes an answer may give no sign of itself. */
const SILENCE_MS = 5000;

/** Notices when a process that owes an answer gives no sign of itself, and when it gives one again. */
export class SilenceWatch {
  readonly #changed: (isSilent: boolean) => void;
  #unanswered = 0;
  #isSilent = false;
  #timer: NodeJS.Timeout | undefined;
  #check: NodeJS.Immediate | undefined;

  constructor(changed: (isSilent: boolean) => void) {
    this.#changed = changed;
  }

  /** Watches while a call waits for its answer. */
  async during<T>(call: Promise<T>): Promise<T> {
    if (this.#unanswered++ === 0) this.#wait();
    try {
      return await call;
    } finally {
      if (--this.#unanswered === 0) this.sign();
    }
  }

  /** The process has said something, if only that it is at work. */
  sign(): void {
    this.#stopWaiting();
    if (this.#unanswered > 0) this.#wait();
    this.#setSilent(false);
  }

  #wait(): void {
    this.#timer = setTimeout(() => {
      // This process may have been the one that stood still: signs that came meanwhile are read before this runs.
      this.#check = setImmediate(() => this.#setSilent(true));
    }, SILENCE_MS);
  }

  #stopWaiting(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#check);
  }

  #setSilent(isSilent: boolean): void {
    if (isSilent === this.#isSilent) return;
    this.#isSilent = isSilent;
    this.#changed(isSilent);
  }
}

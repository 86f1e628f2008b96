/** A person sees no more changes a second than that. */
const TOLD_EVERY_MS = 120;

/** Tells of changes as often as a person sees them, the last one always. */
export class NowAndThen {
  readonly #tell: () => void;
  #telling: NodeJS.Timeout | undefined;
  #told = Number.NEGATIVE_INFINITY;
  #isEnded = false;

  constructor(tell: () => void) {
    this.#tell = tell;
  }

  changed(): void {
    if (this.#isEnded) return;
    const pause = Math.max(0, this.#told + TOLD_EVERY_MS - performance.now());
    this.#telling ??= setTimeout(() => {
      this.#telling = undefined;
      this.#told = performance.now();
      this.#tell();
    }, pause);
  }

  end(): void {
    this.#isEnded = true;
    clearTimeout(this.#telling);
  }
}

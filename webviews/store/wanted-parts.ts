/** Parts of something large, asked for as they come into view. What leaves it before its turn came is not asked for. */
export class WantedParts {
  readonly #ask: (part: number, signal: AbortSignal) => Promise<void>;
  readonly #asked = new Map<number, AbortController>();

  /** @param ask ends by itself where the signal says so; its failures are its own to tell */
  constructor(ask: (part: number, signal: AbortSignal) => Promise<void>) {
    this.#ask = ask;
  }

  /** Says which are in view and not there yet: these and no others are wanted. */
  want(parts: readonly number[]): void {
    for (const [part, controller] of this.#asked) if (!parts.includes(part)) controller.abort();
    for (const part of parts) if (!this.#asked.has(part)) void this.#askFor(part);
  }

  async #askFor(part: number): Promise<void> {
    const controller = new AbortController();
    this.#asked.set(part, controller);
    controller.signal.addEventListener('abort', () => this.#asked.delete(part));
    await this.#ask(part, controller.signal).catch(() => {});
    if (this.#asked.get(part) === controller) this.#asked.delete(part);
  }
}

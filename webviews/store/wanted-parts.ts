/** Parts of something large, asked for as they come into view. What leaves it before its turn came is not asked for. */
export class WantedParts {
  readonly #ask: (part: number, signal: AbortSignal) => Promise<void>;
  readonly #pending = new Map<number, AbortController>();

  /** @param ask ends by itself where the signal says so; its failures are its own to tell */
  constructor(ask: (part: number, signal: AbortSignal) => Promise<void>) {
    this.#ask = ask;
  }

  /** Says which are in view and not there yet: these and no others are wanted. */
  want(parts: readonly number[]): void {
    for (const [part, controller] of this.#pending) if (!parts.includes(part)) controller.abort();
    for (const part of parts) if (!this.#pending.has(part)) void this.#askFor(part);
  }

  async #askFor(part: number): Promise<void> {
    const controller = new AbortController();
    this.#pending.set(part, controller);
    controller.signal.addEventListener('abort', () => this.#pending.delete(part));
    await this.#ask(part, controller.signal).catch(() => {});
    if (this.#pending.get(part) === controller) this.#pending.delete(part);
  }
}

import { VitrineError } from '../../shared/errors';

/** A server does not answer now, and may again: nothing is wrong with what was read before. */
const OUTAGES = new Set(['server.unreachable', 'server.silent', 'server.busy', 'server.failed']);

export const isServerOutage = (error: unknown): boolean => error instanceof VitrineError && OUTAGES.has(error.code);

/** A server that did not answer is not asked again for so long, the second time for twice as long, and so on. */
const FIRST_PAUSE_MS = 5000;
const LONGEST_PAUSE_MS = 60_000;

/** Keeps a server that does not answer from being asked at each key, and people from being told of it each time. */
export class ServerOutage {
  #failures = 0;
  #until = 0;

  /** It has not answered once more. */
  failed(): void {
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#failures++);
    this.#until = performance.now() + pause;
  }

  /** It has answered, or is another one. */
  end(): void {
    this.#failures = 0;
    this.#until = 0;
  }

  /** Milliseconds until it may be asked without a person's command; 0 where at once. */
  get pause(): number {
    return Math.max(0, this.#until - performance.now());
  }

  /** Whether people have been told of it. */
  get isKnown(): boolean {
    return this.#failures > 1;
  }
}

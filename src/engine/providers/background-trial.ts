import type { MeasureRequest } from './measure';
import { tryProviders } from './try-providers';

/** A text is followed by questions about it: they come first. */
const QUIET_MS = 2000;

/**
 * Tries the other providers beside an engine that answers from the CPU, in processes of the lowest priority. What is
 * found is for the next load: nothing changes under a text that is being looked at.
 */
export class BackgroundTrial {
  readonly #request: Omit<MeasureRequest, 'provider'>;
  readonly #model: string;
  readonly #stop = new AbortController();
  #started = false;

  constructor(request: Omit<MeasureRequest, 'provider'>, model: string) {
    this.#request = request;
    this.#model = model;
  }

  /** Begins soon, once; later calls do nothing. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    setTimeout(() => void this.#run(), QUIET_MS);
  }

  stop(): void {
    this.#stop.abort();
  }

  async #run(): Promise<void> {
    try {
      await tryProviders(this.#request, this.#model, { signal: this.#stop.signal });
    } catch {
      // Whatever keeps it from an answer keeps the CPU in use, and the next load tries again.
    }
  }
}

import { cancelled } from '../shared/errors';

/** So many requests for which nobody waits are on their way to a server at once, at most. */
const MOST = 4;

/**
 * What is asked of a server at once. What somebody waits for goes at once, and while it is on its way nothing is begun that
 * nobody waits for. Of that there are at most four requests; half as many where the server says that it has too much to do,
 * and again more as it answers.
 */
export class Traffic {
  #most = MOST;
  #inBackground = 0;
  #waitedFor = 0;
  readonly #waiting: (() => void)[] = [];

  /** Asks when it is its turn. @throws VitrineError `task.cancelled` where that is before it */
  async run<T>({ inBackground, signal }: Asking, ask: () => Promise<T>): Promise<T> {
    if (inBackground) await this.#turn(signal);
    else this.#waitedFor++;
    try {
      return await ask();
    } finally {
      if (inBackground) this.#inBackground--;
      else this.#waitedFor--;
      this.#next();
    }
  }

  /** Told of every answer whether it says that the server has too much to do. */
  heard(isBusy: boolean): void {
    this.#most = isBusy ? Math.max(1, this.#most / 2) : Math.min(MOST, this.#most + 1 / this.#most);
  }

  async #turn(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      if (signal.aborted) return reject(cancelled());
      const begin = () => {
        signal.removeEventListener('abort', end);
        resolve();
      };
      const end = () => {
        this.#waiting.splice(this.#waiting.indexOf(begin), 1);
        reject(cancelled());
      };
      signal.addEventListener('abort', end, { once: true });
      this.#waiting.push(begin);
      this.#next();
    });
  }

  #next(): void {
    while (this.#waitedFor === 0 && this.#inBackground + 1 <= this.#most && this.#waiting.length > 0) {
      this.#inBackground++;
      this.#waiting.shift()?.();
    }
  }
}

interface Asking {
  inBackground?: boolean | undefined;
  signal: AbortSignal;
}

const all = new Map<string, Traffic>();

/** That of the server at an address, whoever asks it. */
export function trafficOf(address: string): Traffic {
  const traffic = all.get(address) ?? new Traffic();
  all.set(address, traffic);
  return traffic;
}

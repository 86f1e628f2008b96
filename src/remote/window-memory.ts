import type { Predictions } from '../shared/engine-api';
import { rowsOf } from './predictions';

/** A part of a text, and what the server has said of it. */
interface Read {
  ids: Uint32Array;
  predictions: Predictions;
}

/** A long text is read in so many parts at most that are still known when it is read again. */
const MOST = 16;

/** What was read lately: of a text that is edited at its end only the last part is read anew. */
export class WindowMemory {
  #read: Read[] = [];

  /** What is known of a row of tokens: of as many of its first ones as any that was read has in common with it. */
  known(ids: Uint32Array, topK: number): Predictions | undefined {
    let best: Read | undefined;
    let most = 0;
    for (const read of this.#read) {
      if (read.predictions.topK < topK) continue;
      const common = commonPrefix(read.ids, ids);
      if (common > most) [best, most] = [read, common];
    }
    return best && rowsOf(best.predictions, 0, most, topK);
  }

  add(ids: Uint32Array, predictions: Predictions): void {
    const others = this.#read.filter((read) => !isSame(read.ids, ids));
    this.#read = [{ ids, predictions }, ...others].slice(0, MOST);
  }
}

function commonPrefix(a: Uint32Array, b: Uint32Array): number {
  const end = Math.min(a.length, b.length);
  let at = 0;
  while (at < end && a[at] === b[at]) at++;
  return at;
}

const isSame = (a: Uint32Array, b: Uint32Array): boolean => a.length === b.length && commonPrefix(a, b) === a.length;

import type { Predictions } from '../shared/engine-api';
import { rowsOf } from './predictions';

/** A part of a text, and what the server has said of it. */
interface Read {
  ids: Uint32Array;
  predictions: Predictions;
}

/** Of all that is known. The windows of a text of 128,000 tokens have twice as many, because they overlap by half. */
const MOST_TOKENS = 300_000;

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
    // What was read of a beginning of these tokens is known by them too.
    const others = this.#read.filter(
      (read) => commonPrefix(read.ids, ids) < read.ids.length || read.predictions.topK > predictions.topK,
    );
    let room = MOST_TOKENS;
    this.#read = [{ ids, predictions }, ...others].filter((read, i) => {
      room -= read.ids.length;
      return room >= 0 || i === 0;
    });
  }
}

function commonPrefix(a: Uint32Array, b: Uint32Array): number {
  const end = Math.min(a.length, b.length);
  let at = 0;
  while (at < end && a[at] === b[at]) at++;
  return at;
}

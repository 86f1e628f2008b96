import type { Packing, PackingWay } from '../../shared/lengths-api';

/** Behind every document. */
const END_TOKENS = 1;

/**
 * How documents fill contexts.
 *
 * @param lengths in tokens, in the order of the data set
 * @param context in tokens, at least 1
 */
export function packing(lengths: Uint32Array, context: number, way: PackingWay): Packing {
  return way === 'concatenated' ? concatenated(lengths, context) : bestFit(lengths, context);
}

/** One after another: only the last context has room left. */
function concatenated(lengths: Uint32Array, context: number): Packing {
  let [tokens, cut] = [0, 0];
  for (const length of lengths) {
    const last = tokens + length - 1;
    if (length > 0 && Math.floor(tokens / context) !== Math.floor(last / context)) cut++;
    tokens += length + END_TOKENS;
  }
  const contexts = Math.ceil(tokens / context);
  return { contexts, tokens, padding: contexts * context - tokens, cut };
}

/**
 * Best-fit decreasing: a document that is longer than a context is cut into whole contexts and a rest; rests and documents, the
 * longest first, each go where the least room is left after them, or into a new context.
 */
function bestFit(lengths: Uint32Array, context: number): Packing {
  const pieces = new Uint32Array(context + 1);
  let [tokens, cut] = [0, 0];
  for (const length of lengths) {
    const whole = length + END_TOKENS;
    tokens += whole;
    if (length > context) cut++;
    add(pieces, context, Math.floor(whole / context));
    add(pieces, whole % context, 1);
  }
  const contexts = filledContexts(pieces, context);
  return { contexts, tokens, padding: contexts * context - tokens, cut };
}

/** @param pieces how many there are of each length. @returns how many contexts they fill */
function filledContexts(pieces: Uint32Array, context: number): number {
  const room = new Uint32Array(context + 1);
  const found = new RoomIndex(context);
  let contexts = 0;
  for (let length = context; length > 0; length--) {
    for (let left = pieces[length] as number; left > 0; ) {
      // Contexts with the same room take pieces of the same length, all at once.
      const own = found.atLeast(length);
      if (own === undefined) {
        const each = Math.floor(context / length);
        const opened = Math.max(1, Math.floor(left / each));
        const held = Math.min(each, left);
        contexts += opened;
        left -= opened * held;
        put(room, found, context - held * length, opened);
      } else {
        const taken = Math.min(left, room[own] as number);
        left -= taken;
        room[own] = (room[own] as number) - taken;
        if (room[own] === 0) found.remove(own);
        put(room, found, own - length, taken);
      }
    }
  }
  return contexts;
}

function put(room: Uint32Array, found: RoomIndex, left: number, contexts: number): void {
  if (left === 0) return;
  add(room, left, contexts);
  found.add(left);
}

function add(counts: Uint32Array, at: number, amount: number): void {
  counts[at] = (counts[at] as number) + amount;
}

const WORD = 32;

/** Which amounts of room there are, and the least that is enough: a bit each, and a bit for each word of them that has any. */
class RoomIndex {
  readonly #levels: Uint32Array[] = [];

  constructor(most: number) {
    for (let size = most + 1; ; size = Math.ceil(size / WORD)) {
      this.#levels.push(new Uint32Array(Math.ceil(size / WORD)));
      if (size <= WORD) break;
    }
  }

  add(room: number): void {
    let at = room;
    for (const level of this.#levels) {
      const word = Math.floor(at / WORD);
      level[word] = (level[word] as number) | (1 << (at % WORD));
      at = word;
    }
  }

  remove(room: number): void {
    let at = room;
    for (const level of this.#levels) {
      const word = Math.floor(at / WORD);
      level[word] = (level[word] as number) & ~(1 << (at % WORD));
      if (level[word] !== 0) return;
      at = word;
    }
  }

  /** The least amount of room that is not below another. */
  atLeast(room: number): number | undefined {
    let at = room;
    for (const [height, level] of this.#levels.entries()) {
      const word = Math.floor(at / WORD);
      const bits = at % WORD === 0 ? (level[word] ?? 0) : (level[word] ?? 0) & (-1 << (at % WORD));
      if (bits !== 0) return this.#lowest(word * WORD + lowestBit(bits), height);
      at = word + 1;
    }
    return undefined;
  }

  #lowest(at: number, height: number): number {
    let found = at;
    for (let level = height - 1; level >= 0; level--) {
      found = found * WORD + lowestBit(this.#levels[level]?.[found] as number);
    }
    return found;
  }
}

const lowestBit = (bits: number) => 31 - Math.clz32(bits & -bits);

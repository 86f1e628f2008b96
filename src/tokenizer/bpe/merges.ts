import { type Sentence, sentence, VitrineError } from '../../shared/errors';
import type { TokenTable } from './token-table';

/**
 * Which tokens side by side become one token, and which of two such pairs goes first.
 * A pair is named by a number, -1 if its tokens do not merge.
 */
export interface Merges {
  pairOf(left: number, right: number): number;
  /** The lowest rank of a text merges first; of several, the leftmost. */
  rankOf(pair: number): number;
  /** The token that the merge makes. */
  tokenOf(pair: number): number;
}

/**
 * Two tokens merge whenever their joined bytes are a token (tiktoken, SentencePiece); the pair is named by that token.
 * The rank is the token's own: its id, or its place in the order of `ranks`.
 */
export class JoinedMerges implements Merges {
  constructor(
    private readonly table: TokenTable,
    private readonly ranks?: Uint32Array,
  ) {}

  pairOf(left: number, right: number): number {
    return this.table.findJoined(left, right);
  }

  rankOf(pair: number): number {
    return this.ranks ? (this.ranks[pair] ?? 0) : pair;
  }

  tokenOf(pair: number): number {
    return pair;
  }
}

/** Only listed pairs merge (Hugging Face tokenizers, GGUF); a pair is named by its place in the list, which is its rank. */
export class ListedMerges implements Merges {
  private readonly lefts: Int32Array;
  private readonly rights: Int32Array;
  private readonly results: Int32Array;
  /** Open addressing: a pair or -1. */
  private readonly slots: Int32Array;
  private count = 0;

  constructor(
    private readonly table: TokenTable,
    capacity: number,
  ) {
    this.lefts = new Int32Array(capacity);
    this.rights = new Int32Array(capacity);
    this.results = new Int32Array(capacity);
    this.slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * capacity + 2))).fill(-1);
  }

  /** Adds the next merge of the list. @throws VitrineError where its result is no token or it came before */
  add(left: number, right: number): void {
    const result = this.table.findJoined(left, right);
    if (result < 0) throw brokenMerge(this.count, sentence`makes a token that the vocabulary lacks`);
    const mask = this.slots.length - 1;
    let slot = hashPair(left, right) & mask;
    while ((this.slots[slot] ?? -1) >= 0) {
      const other = this.slots[slot] ?? -1;
      if (this.lefts[other] === left && this.rights[other] === right) {
        throw brokenMerge(this.count, sentence`repeats merge ${other}`);
      }
      slot = (slot + 1) & mask;
    }
    this.slots[slot] = this.count;
    this.lefts[this.count] = left;
    this.rights[this.count] = right;
    this.results[this.count] = result;
    this.count++;
  }

  pairOf(left: number, right: number): number {
    const mask = this.slots.length - 1;
    for (let slot = hashPair(left, right) & mask; ; slot = (slot + 1) & mask) {
      const pair = this.slots[slot] ?? -1;
      if (pair < 0 || (this.lefts[pair] === left && this.rights[pair] === right)) return pair;
    }
  }

  rankOf(pair: number): number {
    return pair;
  }

  tokenOf(pair: number): number {
    return this.results[pair] ?? -1;
  }
}

export function brokenMerge(index: number, what: Sentence): VitrineError {
  return new VitrineError(
    'tokenizer.merge',
    sentence`The vocabulary is damaged: merge ${index} of its list ${what}. Get the model file again from its source.`,
  );
}

function hashPair(left: number, right: number): number {
  const hash = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b);
  return hash ^ (hash >>> 15);
}

import { BATCH } from '../batch';

const NONE = -1;

/** Where nothing has been read. */
export const ROOT = 0;

/** The tokens of a vocabulary as a tree of their UTF-16 units. */
export class Trie {
  private readonly parents: Int32Array;
  private readonly units: Uint16Array;
  /** The token that ends in a node. */
  private readonly tokens: Int32Array;
  /** Open addressing by parent and unit: a node or NONE. */
  private readonly slots: Int32Array;
  private size = 1;

  private constructor(most: number) {
    this.parents = new Int32Array(most);
    this.units = new Uint16Array(most);
    this.tokens = new Int32Array(most).fill(NONE);
    this.slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * most))).fill(NONE);
  }

  /** Makes it in steps, of texts and their ids. Of several with the same text the last is found, as native tokenizers do. */
  static *of(texts: readonly string[]): Generator<undefined, Trie> {
    const trie = new Trie(texts.reduce((sum, text) => sum + text.length, 1));
    for (const [id, text] of texts.entries()) {
      if (text !== '') trie.add(text, id);
      if (id % BATCH === 0) yield;
    }
    return trie;
  }

  /** The node after another unit; -1 where no token goes on with it. */
  child(parent: number, unit: number): number {
    return this.slots[this.slotOf(parent, unit)] ?? NONE;
  }

  /** The token that ends in a node, or -1. */
  tokenAt(node: number): number {
    return this.tokens[node] ?? NONE;
  }

  /** The token with the text `units[start, end)`, or -1. */
  find(units: Uint16Array, start: number, end: number): number {
    let node = ROOT;
    for (let at = start; at < end && node >= 0; at++) node = this.child(node, units[at] ?? 0);
    return node < 0 ? NONE : this.tokenAt(node);
  }

  private add(text: string, id: number): void {
    let node = ROOT;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      const slot = this.slotOf(node, unit);
      if (this.slots[slot] === NONE) {
        this.parents[this.size] = node;
        this.units[this.size] = unit;
        this.slots[slot] = this.size++;
      }
      node = this.slots[slot] ?? ROOT;
    }
    this.tokens[node] = id;
  }

  private slotOf(parent: number, unit: number): number {
    const mask = this.slots.length - 1;
    const mixed = Math.imul(Math.imul(parent, 0x9e3779b1) ^ unit, 0x85ebca6b);
    for (let slot = (mixed ^ (mixed >>> 15)) & mask; ; slot = (slot + 1) & mask) {
      const node = this.slots[slot] ?? NONE;
      if (node === NONE || (this.parents[node] === parent && this.units[node] === unit)) return slot;
    }
  }
}

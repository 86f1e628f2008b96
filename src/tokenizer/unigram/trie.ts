import { BATCH } from '../batch';
import { NONE, ROOT, UnitTree } from '../unit-tree';

/** The tokens of a vocabulary as a tree of their UTF-16 units. */
export class Trie {
  private readonly nodes: UnitTree;
  /** The token that ends in a node. */
  private readonly tokens: Int32Array;

  private constructor(most: number) {
    this.nodes = new UnitTree(most);
    this.tokens = new Int32Array(most).fill(NONE);
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
    return this.nodes.child(parent, unit);
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
      const child = this.nodes.child(node, unit);
      node = child === NONE ? this.nodes.addChild(node, unit) : child;
    }
    this.tokens[node] = id;
  }
}

/** No node. */
export const NONE = -1;

/** The node where nothing has been read. */
export const ROOT = 0;

/**
 * Texts as a tree of their UTF-16 units, in arrays: an object for every node of a vocabulary would take a hundred times the
 * memory. A node is a number; whoever makes the tree keeps what a node means.
 */
export class UnitTree {
  private readonly parents: Int32Array;
  private readonly units: Uint16Array;
  /** Open addressing by parent and unit: a node or NONE. */
  private readonly slots: Int32Array;
  private size = 1;

  /** @param most nodes that there will be, ROOT among them */
  constructor(most: number) {
    this.parents = new Int32Array(most);
    this.units = new Uint16Array(most);
    this.slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * most))).fill(NONE);
  }

  /** The node after another unit; NONE where no text goes on with it. */
  child(parent: number, unit: number): number {
    return this.slots[this.slotOf(parent, unit)] ?? NONE;
  }

  /** Adds the node after another unit, which is not there yet. */
  addChild(parent: number, unit: number): number {
    const node = this.size++;
    this.parents[node] = parent;
    this.units[node] = unit;
    this.slots[this.slotOf(parent, unit)] = node;
    return node;
  }

  /** Where the child stands, or would. */
  private slotOf(parent: number, unit: number): number {
    const mask = this.slots.length - 1;
    const mixed = Math.imul(Math.imul(parent, 0x9e3779b1) ^ unit, 0x85ebca6b);
    for (let slot = (mixed ^ (mixed >>> 15)) & mask; ; slot = (slot + 1) & mask) {
      const node = this.slots[slot] ?? NONE;
      if (node === NONE || (this.parents[node] === parent && this.units[node] === unit)) return slot;
    }
  }
}

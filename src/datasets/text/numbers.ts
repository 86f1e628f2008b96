const BLOCK = 1 << 16;

let block = new Int32Array(BLOCK);
let used = 0;

/** Zeros for as long as somebody holds them, cut out of a large block: an array of its own for each costs a document more than its words. */
export function zeros(length: number): Int32Array<ArrayBuffer> {
  if (used + length > block.length) {
    block = new Int32Array(Math.max(BLOCK, length));
    used = 0;
  }
  used += length;
  return block.subarray(used - length, used);
}

/** The same numbers with room for as many more. */
export function grown(numbers: Int32Array): Int32Array<ArrayBuffer> {
  const larger = zeros(numbers.length * 2);
  larger.set(numbers);
  return larger;
}

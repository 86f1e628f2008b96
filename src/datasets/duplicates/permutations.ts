/**
 * The coefficients of datatrove's permutations of 64-bit hashes, h → (a · h + b mod 2^64) mod (2^61 − 1): those that
 * `numpy.random.RandomState(1).randint` gives, first all a of 1 and more, then all b of 0 and more, both below 2^61 − 1.
 * They are drawn here because numpy's way is shorter than its numbers.
 */
export function permutations(count: number): { a: BigUint64Array; b: BigUint64Array } {
  const next = mersenneTwister(1);
  const draw = (least: bigint) =>
    BigUint64Array.from({ length: count }, () => least + below((1n << 61n) - 1n - least, next));
  return { a: draw(1n), b: draw(0n) };
}

/** A number from 0 to before `limit` as numpy's legacy generator draws it: as many bits as it takes, again where it is too large. */
function below(limit: bigint, next: () => number): bigint {
  const mask = (1n << BigInt((limit - 1n).toString(2).length)) - 1n;
  for (;;) {
    const high = BigInt(next());
    const value = ((high << 32n) | BigInt(next())) & mask;
    if (value < limit) return value;
  }
}

const SIZE = 624;
const MIDDLE = 397;

/**
 * MT19937 (Matsumoto and Nishimura, "Mersenne Twister", 1998), 32 bits at a time.
 */
function mersenneTwister(seed: number): () => number {
  const state = new Uint32Array(SIZE);
  state[0] = seed;
  for (let i = 1; i < SIZE; i++) {
    const before = state[i - 1] as number;
    state[i] = Math.imul(before ^ (before >>> 30), 1812433253) + i;
  }
  let at = SIZE;
  return () => {
    if (at === SIZE) {
      for (let i = 0; i < SIZE; i++) {
        const joined = ((state[i] as number) & 0x80000000) | ((state[(i + 1) % SIZE] as number) & 0x7fffffff);
        const twisted = (joined >>> 1) ^ ((joined & 1) === 0 ? 0 : 0x9908b0df);
        state[i] = (state[(i + MIDDLE) % SIZE] as number) ^ twisted;
      }
      at = 0;
    }
    let value = state[at++] as number;
    value ^= value >>> 11;
    value ^= (value << 7) & 0x9d2c5680;
    value ^= (value << 15) & 0xefc60000;
    return (value ^ (value >>> 18)) >>> 0;
  };
}

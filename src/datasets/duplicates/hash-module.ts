import {
  assemble,
  type Code,
  call,
  type Definition,
  i32,
  i64,
  type Local,
  select,
  whether,
  whileTrue,
} from './web-assembly';

const PRIMES = [
  11400714785074694791n,
  14029467366897019727n,
  1609587929392839161n,
  9650029242287828579n,
  2870177450012600261n,
] as const;

const prime = (number: 1 | 2 | 3 | 4 | 5): Code => i64.of(PRIMES[number - 1] as bigint);

const rotate = (value: Code, bits: number): Code => i64.rotateLeft(value, i64.of(BigInt(bits)));

const round = (sum: Code, input: Code): Code => i64.mul(rotate(i64.add(sum, i64.mul(input, prime(2))), 31), prime(1));

const merge = (hash: Code, sum: Code): Code =>
  i64.add(i64.mul(i64.xor(hash, round(i64.of(0n), sum)), prime(1)), prime(4));

/** What is left of a hash to mix, so that each bit of the input may change each of it. */
function avalanche(hash: Local): Code {
  const folded = (bits: number): Code => i64.xor(hash.value, i64.shiftRight(hash.value, i64.of(BigInt(bits))));
  return [...hash.set(i64.mul(folded(33), prime(2))), ...hash.set(i64.mul(folded(29), prime(3))), ...folded(32)];
}

/** XXH64 of some bytes, with seed 0 (https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md). */
const xxhash64: Definition = {
  name: 'xxhash64',
  parameters: [i32.type, i32.type],
  variables: [i32.type, i64.type, i64.type, i64.type, i64.type, i64.type],
  result: i64.type,
  body(address, length, end, hash, ...sums) {
    const left = i32.sub(end.value, address.value);
    const onwards = (bytes: number): Code => address.set(i32.add(address.value, i32.of(bytes)));
    const stripe = sums.flatMap((sum, lane) => sum.set(round(sum.value, i64.load(address.value, 8 * lane))));
    const [first, second, third, fourth] = sums as [Local, Local, Local, Local];
    return [
      ...end.set(i32.add(address.value, length.value)),
      ...whether(i32.lessThan(length.value, i32.of(32)), hash.set(prime(5)), [
        ...first.set(i64.add(prime(1), prime(2))),
        ...second.set(prime(2)),
        ...third.set(i64.of(0n)),
        ...fourth.set(i64.sub(i64.of(0n), prime(1))),
        ...whileTrue(i32.atMost(i32.of(32), left), [...stripe, ...onwards(32)]),
        ...hash.set(
          i64.add(
            i64.add(rotate(first.value, 1), rotate(second.value, 7)),
            i64.add(rotate(third.value, 12), rotate(fourth.value, 18)),
          ),
        ),
        ...sums.flatMap((sum) => hash.set(merge(hash.value, sum.value))),
      ]),
      ...hash.set(i64.add(hash.value, i64.fromInt32(length.value))),
      ...whileTrue(i32.atMost(i32.of(8), left), [
        ...hash.set(i64.xor(hash.value, round(i64.of(0n), i64.load(address.value)))),
        ...hash.set(i64.add(i64.mul(rotate(hash.value, 27), prime(1)), prime(4))),
        ...onwards(8),
      ]),
      ...whether(
        i32.atMost(i32.of(4), left),
        [
          ...hash.set(i64.xor(hash.value, i64.mul(i64.loadHalf(address.value), prime(1)))),
          ...hash.set(i64.add(i64.mul(rotate(hash.value, 23), prime(2)), prime(3))),
          ...onwards(4),
        ],
        [],
      ),
      ...whileTrue(i32.lessThan(address.value, end.value), [
        ...hash.set(i64.xor(hash.value, i64.mul(i64.loadByte(address.value), prime(5)))),
        ...hash.set(i64.mul(rotate(hash.value, 11), prime(1))),
        ...onwards(1),
      ]),
      ...avalanche(hash),
    ];
  },
};

/**
 * The hash of each shingle: `words` (start, end) pairs of 32 bits stand at `places`, and a shingle's bytes go from the start
 * of its first word to the end of its last, `ahead` words later. Hashes are written from `hashes` on, for `count` shingles.
 */
const hashShingles: Definition = {
  name: 'hashShingles',
  parameters: [i32.type, i32.type, i32.type, i32.type],
  variables: [i32.type, i32.type],
  result: undefined,
  body(places, ahead, count, hashes, end, start) {
    return [
      ...end.set(i32.add(hashes.value, i32.mul(count.value, i32.of(8)))),
      ...ahead.set(i32.add(places.value, i32.mul(ahead.value, i32.of(8)))),
      ...whileTrue(i32.lessThan(hashes.value, end.value), [
        ...start.set(i32.load(places.value)),
        ...i64.store(hashes.value, call(0, start.value, i32.sub(i32.load(ahead.value, 4), start.value))),
        ...places.set(i32.add(places.value, i32.of(8))),
        ...ahead.set(i32.add(ahead.value, i32.of(8))),
        ...hashes.set(i32.add(hashes.value, i32.of(8))),
      ]),
    ];
  },
};

/**
 * The least of x mod p over `count` hashes, where x is a · hash + b mod 2^64 and p is 2^61 − 1.
 *
 * x mod p is the sum of the lower 61 bits of x and the upper 3, less p where it is p or more; so it is at most the least one so
 * far only where the lower bits are, or where they are among the last seven. 8 · x + 64 mod 2^64 tells both at once: it leaves the
 * lower bits alone, and the last of them become the first. Nearly always it tells that there is nothing to do.
 */
const least: Definition = {
  name: 'least',
  parameters: [i32.type, i32.type, i64.type, i64.type],
  variables: [i32.type, i64.type, i64.type, i64.type, i64.type, i64.type],
  result: i64.type,
  body(hashes, count, a, b, end, a8, b8, value, minimum, limit) {
    const prime = i64.of((1n << 61n) - 1n);
    const all = i64.of(-1n);
    const [eight, shift] = [i64.of(8n), i64.of(64n)];
    const shifted = i64.add(i64.mul(i64.load(hashes.value), a8.value), b8.value);
    const folded = i64.add(i64.and(value.value, prime), i64.shiftRight(value.value, i64.of(61n)));
    const reduced = select(value.value, i64.sub(value.value, prime), i64.lessThan(value.value, prime));
    const look = [
      ...value.set(i64.add(i64.mul(i64.load(hashes.value), a.value), b.value)),
      ...value.set(folded),
      ...value.set(reduced),
      ...minimum.set(select(value.value, minimum.value, i64.lessThan(value.value, minimum.value))),
      ...limit.set(i64.add(i64.mul(minimum.value, eight), shift)),
      // Of the very last numbers it has come round to the first.
      ...limit.set(select(all, limit.value, i64.lessThan(limit.value, shift))),
    ];
    return [
      ...end.set(i32.add(hashes.value, i32.mul(count.value, i32.of(8)))),
      ...a8.set(i64.mul(a.value, eight)),
      ...b8.set(i64.add(i64.mul(b.value, eight), shift)),
      ...minimum.set(prime),
      ...limit.set(all),
      ...whileTrue(i32.lessThan(hashes.value, end.value), [
        ...whether(i64.lessThan(limit.value, shifted), [], look),
        ...hashes.set(i32.add(hashes.value, i32.of(8))),
      ]),
      ...minimum.value,
    ];
  },
};

/** The least of each permutation: pairs of a and b stand from `coefficients` to before `values`, where they are written. */
const minima: Definition = {
  name: 'minima',
  parameters: [i32.type, i32.type, i32.type, i32.type],
  variables: [i32.type],
  result: undefined,
  body(hashes, count, coefficients, values, end) {
    const value = call(2, hashes.value, count.value, i64.load(coefficients.value), i64.load(coefficients.value, 8));
    return [
      ...end.set(values.value),
      ...whileTrue(i32.lessThan(coefficients.value, end.value), [
        ...i64.store(values.value, value),
        ...coefficients.set(i32.add(coefficients.value, i32.of(16))),
        ...values.set(i32.add(values.value, i32.of(8))),
      ]),
    ];
  },
};

export interface HashModule {
  memory: WebAssembly.Memory;
  xxhash64(address: number, length: number): bigint;
  hashShingles(places: number, ahead: number, count: number, hashes: number): void;
  minima(hashes: number, count: number, coefficients: number, values: number): void;
}

/** 64-bit arithmetic for MinHash, an instance with a memory of its own. */
export function hashModule(): HashModule {
  return assemble([xxhash64, hashShingles, least, minima]) as unknown as HashModule;
}

import { FP4_TWICE, IQ4_LEVELS } from '../tensors/blocks-of-32';
import type { PackedType } from './packed-form';

/**
 * Writes the codes of the block at byte `at` to `codes`, from word `to` on, as packed-form.ts counts them, in the order of
 * the weights: one a byte, four a word, the first the lowest. Where a type keeps its bits is said in blocks-of-32.ts and blocks-of-256.ts; four weights
 * are read at a time here.
 */
type CodeReader = (bytes: DataView, at: number, codes: Int32Array, to: number) => void;

const LOW_HALVES = 0x0f0f0f0f;
const FIRST_BITS = 0x01010101;
const FIRST_PAIRS = 0x03030303;

/** A number in each byte of a word. */
const inEach = (value: number): number => Math.imul(value, FIRST_BITS);

/** What is added to a file's code that begins at 0. */
const MIDDLE_OF_5_BITS = inEach(136 - 16);
const MIDDLE_OF_6_BITS = inEach(136 - 32);
/** What makes a signed byte an unsigned one. */
const SIGN_BITS = inEach(128);
const MIDDLE_OF_2_BITS = inEach(8 - 2);
const MIDDLE_OF_3_BITS = inEach(8 - 4);

export const CODE_READERS: Readonly<Record<PackedType, CodeReader>> = {
  Q4_0: (bytes, at, codes, to) => readHalves(bytes, at + 2, 4, codes, to),
  Q4_1: (bytes, at, codes, to) => readHalves(bytes, at + 4, 4, codes, to),
  Q4_K: (bytes, at, codes, to) => {
    for (let run = 0; run < 4; run++) readHalves(bytes, at + 16 + run * 32, 8, codes, to + run * 16);
  },
  Q5_0: (bytes, at, codes, to) => {
    readHalves(bytes, at + 6, 4, codes, to);
    addFifthBits(codes, to, bytes.getUint32(at + 2, true));
  },
  Q5_1: (bytes, at, codes, to) => {
    readHalves(bytes, at + 8, 4, codes, to);
    addFifthBits(codes, to, bytes.getUint32(at + 4, true));
  },
  Q5_K: (bytes, at, codes, to) => {
    for (let run = 0; run < 4; run++) readHalves(bytes, at + 48 + run * 32, 8, codes, to + run * 16);
    for (let i = 0; i < 64; i++) {
      const fifth = (bytes.getUint32(at + 16 + (i & 7) * 4, true) >>> (i >> 3)) & FIRST_BITS;
      codes[to + i] = (((codes[to + i] as number) | (fifth << 4)) + MIDDLE_OF_5_BITS) | 0;
    }
  },
  Q6_K: (bytes, at, codes, to) => {
    for (let part = 0; part < 8; part++) {
      const quarter = part & 3;
      const low = at + (part >> 2) * 64 + (quarter & 1) * 32;
      const high = at + 128 + (part >> 2) * 32;
      for (let i = 0; i < 8; i++) {
        const fourBits = (bytes.getUint32(low + i * 4, true) >>> ((quarter >> 1) * 4)) & LOW_HALVES;
        const twoBits = (bytes.getUint32(high + i * 4, true) >>> (quarter * 2)) & FIRST_PAIRS;
        codes[to + part * 8 + i] = ((fourBits | (twoBits << 4)) + MIDDLE_OF_6_BITS) | 0;
      }
    }
  },
  Q8_0: (bytes, at, codes, to) => {
    for (let i = 0; i < 8; i++) codes[to + i] = bytes.getUint32(at + 2 + i * 4, true) ^ SIGN_BITS;
  },
  Q2_K: (bytes, at, codes, to) => {
    for (let i = 0; i < 64; i++) codes[to + i] = (pairsOfBits(bytes, at + 16, i) + MIDDLE_OF_2_BITS) | 0;
  },
  Q3_K: (bytes, at, codes, to) => {
    for (let i = 0; i < 64; i++) {
      const third = (bytes.getUint32(at + (i & 7) * 4, true) >>> (i >> 3)) & FIRST_BITS;
      codes[to + i] = ((pairsOfBits(bytes, at + 32, i) | (third << 2)) + MIDDLE_OF_3_BITS) | 0;
    }
  },
  IQ4_NL: (bytes, at, codes, to) => {
    readHalves(bytes, at + 2, 4, codes, to);
    lookUp(codes, to, 8, IQ4_CODES);
  },
  IQ4_XS: (bytes, at, codes, to) => {
    for (let sub = 0; sub < 8; sub++) readHalves(bytes, at + 8 + sub * 16, 4, codes, to + sub * 8);
    lookUp(codes, to, 64, IQ4_CODES);
  },
  MXFP4: (bytes, at, codes, to) => {
    readHalves(bytes, at + 1, 4, codes, to);
    lookUp(codes, to, 8, FP4_CODES);
  },
};

/** The lower halves of a run's bytes, and after them the upper halves; `length` in words. */
function readHalves(bytes: DataView, at: number, length: number, codes: Int32Array, to: number): void {
  for (let i = 0; i < length; i++) {
    const word = bytes.getUint32(at + i * 4, true);
    codes[to + i] = word & LOW_HALVES;
    codes[to + length + i] = (word >>> 4) & LOW_HALVES;
  }
}

/** Four weights' 2 bits, of runs of 32 bytes that hold 32 weights in their lowest bits, 32 in the next, and so on. */
function pairsOfBits(bytes: DataView, at: number, i: number): number {
  return (bytes.getUint32(at + (i >> 5) * 32 + (i & 7) * 4, true) >>> (((i >> 3) & 3) * 2)) & FIRST_PAIRS;
}

/** Bit j of `fifth` is that of weight j. */
function addFifthBits(codes: Int32Array, to: number, fifth: number): void {
  for (let i = 0; i < 8; i++) {
    const four = fifth >>> (i * 4);
    const bits = ((four & 1) << 4) | ((four & 2) << 11) | ((four & 4) << 18) | ((four & 8) << 25);
    codes[to + i] = (((codes[to + i] as number) | bits) + MIDDLE_OF_5_BITS) | 0;
  }
}

const codesOf = (levels: DataView): Uint8Array =>
  Uint8Array.from({ length: levels.byteLength }, (_, i) => levels.getInt8(i) + 136);
const IQ4_CODES = codesOf(IQ4_LEVELS);
const FP4_CODES = codesOf(FP4_TWICE);

function lookUp(codes: Int32Array, to: number, length: number, table: Uint8Array): void {
  const of = (index: number) => table[index & 15] as number;
  for (let i = to; i < to + length; i++) {
    const word = codes[i] as number;
    codes[i] = of(word) | (of(word >>> 8) << 8) | (of(word >>> 16) << 16) | (of(word >>> 24) << 24);
  }
}

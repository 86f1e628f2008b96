import { sentence } from '../../shared/errors';
import { BATCH } from '../../tokenizer/batch';
import { type HeaderCursor, MAX_LIST_ENTRIES } from './header-cursor';
import type { MetadataValue, NumericArray } from './metadata';

/** The value types of the GGUF specification that are not numbers. */
const BOOLEAN = 7;
const STRING = 8;
const ARRAY = 9;

interface NumericType {
  bytes: number;
  /** Reads little-endian numbers; every system that Node.js and onnxruntime share is little-endian. */
  decode(buffer: ArrayBufferLike): NumericArray | BigUint64Array | BigInt64Array;
}

const NUMERIC_TYPES: Readonly<Record<number, NumericType>> = {
  0: { bytes: 1, decode: (buffer) => new Uint8Array(buffer) },
  1: { bytes: 1, decode: (buffer) => new Int8Array(buffer) },
  2: { bytes: 2, decode: (buffer) => new Uint16Array(buffer) },
  3: { bytes: 2, decode: (buffer) => new Int16Array(buffer) },
  4: { bytes: 4, decode: (buffer) => new Uint32Array(buffer) },
  5: { bytes: 4, decode: (buffer) => new Int32Array(buffer) },
  6: { bytes: 4, decode: (buffer) => new Float32Array(buffer) },
  10: { bytes: 8, decode: (buffer) => numbersWhereExact(new BigUint64Array(buffer)) },
  11: { bytes: 8, decode: (buffer) => numbersWhereExact(new BigInt64Array(buffer)) },
  12: { bytes: 8, decode: (buffer) => new Float64Array(buffer) },
};

/** A chat template takes tens of KB, a copy of a tokenizer.json tens of MB. */
const MAX_TEXT_BYTES = 64 * 2 ** 20;
/** The texts of an array are tokens, merges and tags. */
const MAX_ENTRY_BYTES = 2 ** 16;

/**
 * The value that follows its key: a u32 type, then the value. Pauses at every yield.
 *
 * @throws VitrineError `gguf.valueType`, `gguf.value`, `gguf.nesting` or `gguf.count`.
 */
export function* metadataValue(cursor: HeaderCursor): Generator<undefined, MetadataValue> {
  const type = cursor.u32();
  const numeric = NUMERIC_TYPES[type];
  if (numeric !== undefined) {
    return firstOf(numeric.decode(cursor.bytes(numeric.bytes).buffer));
  }
  switch (type) {
    case BOOLEAN:
      return readBoolean(cursor);
    case STRING:
      return cursor.text(MAX_TEXT_BYTES);
    case ARRAY:
      return yield* readArray(cursor);
    default:
      throw cursor.error('gguf.valueType', sentence`has the value type ${type}, which GGUF does not define`);
  }
}

/** Arrays of arrays are refused, as by llama.cpp: no model uses them. */
function* readArray(cursor: HeaderCursor): Generator<undefined, MetadataValue> {
  const type = cursor.u32();
  const numeric = NUMERIC_TYPES[type];
  if (numeric !== undefined) {
    return numeric.decode(cursor.bytes(cursor.count(numeric.bytes) * numeric.bytes).buffer);
  }
  switch (type) {
    case BOOLEAN:
      return yield* readEntries(cursor, 1, () => readBoolean(cursor));
    case STRING:
      return yield* readEntries(cursor, 8, () => cursor.text(MAX_ENTRY_BYTES));
    case ARRAY:
      throw cursor.error('gguf.nesting', sentence`is an array of arrays, which no model needs`);
    default:
      throw cursor.error('gguf.valueType', sentence`has entries of the type ${type}, which GGUF does not define`);
  }
}

/** A u64 count, then the entries. The list grows as they are read, so that a false count costs nothing. */
function* readEntries<T>(cursor: HeaderCursor, smallestBytes: number, read: () => T): Generator<undefined, T[]> {
  const count = cursor.count(smallestBytes, MAX_LIST_ENTRIES);
  const entries: T[] = [];
  while (entries.length < count) {
    if (entries.length % BATCH === 0) yield;
    entries.push(read());
  }
  return entries;
}

function readBoolean(cursor: HeaderCursor): boolean {
  const byte = cursor.u8();
  if (byte > 1) {
    throw cursor.error('gguf.value', sentence`is ${byte}, where 0 (false) or 1 (true) is due`);
  }
  return byte === 1;
}

/** The value of an array of one. */
function firstOf(values: ArrayLike<number | bigint>): number | bigint {
  return values[0] ?? Number.NaN;
}

function numbersWhereExact(values: BigUint64Array | BigInt64Array): Float64Array | BigUint64Array | BigInt64Array {
  const numbers = Float64Array.from<number | bigint>(values, Number);
  return numbers.every(Number.isSafeInteger) ? numbers : values;
}

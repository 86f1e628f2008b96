import { type Sentence, sentence } from '../../shared/errors';
import { elementsOf } from '../tensors/tensor-types';
import { isObject, type JsonValue } from './json';

/** Bits of an element of every type that the format defines. */
const DTYPE_BITS = {
  BOOL: 8,
  U8: 8,
  I8: 8,
  I16: 16,
  U16: 16,
  I32: 32,
  U32: 32,
  I64: 64,
  U64: 64,
  F4: 4,
  F6_E2M3: 6,
  F6_E3M2: 6,
  F8_E4M3: 8,
  F8_E5M2: 8,
  F8_E8M0: 8,
  F16: 16,
  BF16: 16,
  F32: 32,
  F64: 64,
  C64: 64,
} as const;

export type Dtype = keyof typeof DTYPE_BITS;

/** What a safetensors header says of a tensor. */
export interface SafetensorsEntry {
  dtype: Dtype;
  /** Row-major. */
  shape: number[];
  /** In bytes from the start of the file's data. */
  begin: number;
  byteLength: number;
}

const FIELDS = ['dtype', 'shape', 'data_offsets'];
const MAX_DIMENSIONS = 8;
/** In characters. Experts' names have 80. */
const LONGEST_NAME = 256;

/** An entry of the header, held to itself: its shape and type take as many bytes as its offsets say. */
export function safetensorsEntry(
  name: string,
  value: JsonValue,
  refuse: (reason: Sentence) => Error,
): SafetensorsEntry {
  if (name.length > LONGEST_NAME || !/^\P{C}+$/u.test(name)) {
    throw refuse(sentence`a tensor has a name that is empty, too long, or holds control characters`);
  }
  const fields = isObject(value) ? value : {};
  const unknown = Object.keys(fields).find((field) => !FIELDS.includes(field));
  if (unknown !== undefined) throw refuse(sentence`the tensor ${name} has a field that the format does not define`);
  const { dtype, shape, data_offsets: offsets } = fields;
  if (!isDtype(dtype)) throw refuse(sentence`the tensor ${name} has no type that the format defines`);
  if (!isWhole(shape) || shape.length > MAX_DIMENSIONS)
    throw refuse(sentence`the tensor ${name} has no possible shape`);
  const [begin, end] = isWhole(offsets) && offsets.length === 2 ? offsets : [];
  if (begin === undefined || end === undefined || begin > end) {
    throw refuse(sentence`the tensor ${name} has no possible offsets`);
  }
  const byteLength = end - begin;
  if (elementsOf(shape) * DTYPE_BITS[dtype] !== byteLength * 8) {
    throw refuse(
      sentence`the tensor ${name} is ${shape.join(' x ')} of ${dtype}, which does not take ${{ bytes: byteLength }}`,
    );
  }
  return { dtype, shape, begin, byteLength };
}

const isDtype = (value: JsonValue | undefined): value is Dtype =>
  typeof value === 'string' && Object.hasOwn(DTYPE_BITS, value);

const isWhole = (value: JsonValue | undefined): value is number[] =>
  Array.isArray(value) &&
  value.every((entry) => typeof entry === 'number' && Number.isSafeInteger(entry) && entry >= 0);

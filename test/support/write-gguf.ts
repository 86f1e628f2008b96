import { TENSOR_TYPES, type TensorType } from '../../src/model/tensors/tensor-types';

/** A whole number is written as u32 (below zero: i32), any other number as f32, a bigint as u64; arrays as their kind says. */
export type WritableValue =
  | number
  | bigint
  | boolean
  | string
  | string[]
  | boolean[]
  | Uint8Array
  | Int8Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | BigUint64Array;

export interface WritableTensor {
  name: string;
  type: TensorType;
  /** Row-major: a matrix is [output, input]. */
  shape: number[];
  /** F32 values, or the bytes of any type. */
  data: Float32Array | Uint8Array;
  /** From the start of the tensor data; by default behind the tensor before. */
  offset?: number;
}

/** Appends little-endian GGUF fields: for a file that no honest writer makes, the fields one by one. */
export class GgufBytes {
  readonly #parts: Uint8Array[] = [];

  /** The magic number and what every file begins with. */
  static start({
    version = 3,
    tensorCount = 0,
    metadataCount = 0,
  }: {
    version?: number;
    tensorCount?: number | bigint;
    metadataCount?: number | bigint;
  }): GgufBytes {
    return new GgufBytes().bytes(Buffer.from('GGUF')).u32(version).u64(tensorCount).u64(metadataCount);
  }

  get length(): number {
    return this.#parts.reduce((sum, part) => sum + part.length, 0);
  }

  toBuffer(): Buffer {
    return Buffer.concat(this.#parts);
  }

  bytes(bytes: Uint8Array): this {
    this.#parts.push(bytes);
    return this;
  }

  u32(value: number): this {
    return this.bytes(bytesOf(Uint32Array.of(value)));
  }

  u64(value: number | bigint): this {
    return this.bytes(bytesOf(BigUint64Array.of(BigInt(value))));
  }

  string(text: string): this {
    const bytes = Buffer.from(text, 'utf8');
    return this.u64(bytes.length).bytes(bytes);
  }

  pair(key: string, value: WritableValue): this {
    this.string(key);
    if (typeof value === 'object') {
      return this.#array(value);
    }
    switch (typeof value) {
      case 'string':
        return this.u32(8).string(value);
      case 'boolean':
        return this.u32(7).bytes(Uint8Array.of(Number(value)));
      case 'bigint':
        return this.u32(10).u64(value);
      case 'number':
        return this.#number(value);
    }
  }

  tensorEntry(tensor: Omit<WritableTensor, 'data' | 'type'> & { typeId: number }): this {
    this.string(tensor.name).u32(tensor.shape.length);
    for (const dimension of tensor.shape.toReversed()) {
      this.u64(dimension);
    }
    return this.u32(tensor.typeId).u64(tensor.offset ?? 0);
  }

  padTo(alignment: number): this {
    return this.bytes(new Uint8Array(padding(this.length, alignment)));
  }

  #number(value: number): this {
    if (!Number.isInteger(value)) {
      return this.u32(6).bytes(bytesOf(Float32Array.of(value)));
    }
    return value < 0 ? this.u32(5).bytes(bytesOf(Int32Array.of(value))) : this.u32(4).u32(value);
  }

  #array(values: Extract<WritableValue, object>): this {
    this.u32(9);
    if (ArrayBuffer.isView(values)) {
      return this.u32(arrayTypeId(values)).u64(values.length).bytes(bytesOf(values));
    }
    const strings = values.filter((value) => typeof value === 'string');
    if (strings.length === values.length) {
      this.u32(8).u64(values.length);
      for (const text of strings) {
        this.string(text);
      }
      return this;
    }
    return this.u32(7).u64(values.length).bytes(Uint8Array.from(values, Number));
  }
}

/** A whole GGUF file. A metadata key `general.alignment` is obeyed. */
export function writeGguf(file: {
  version?: number;
  metadata?: Readonly<Record<string, WritableValue>>;
  tensors?: readonly WritableTensor[];
}): Uint8Array {
  const metadata = Object.entries(file.metadata ?? {});
  const tensors = file.tensors ?? [];
  const alignment = Number(file.metadata?.['general.alignment'] ?? 32);
  const bytes = GgufBytes.start({
    version: file.version ?? 3,
    tensorCount: tensors.length,
    metadataCount: metadata.length,
  });
  for (const [key, value] of metadata) {
    bytes.pair(key, value);
  }
  let end = 0;
  for (const { name, type, shape, data, offset } of tensors) {
    bytes.tensorEntry({ name, shape, typeId: TENSOR_TYPES[type].id as number, offset: offset ?? end });
    end += data.byteLength + padding(data.byteLength, alignment);
  }
  bytes.padTo(alignment);
  for (const { data } of tensors) {
    bytes.bytes(bytesOf(data)).bytes(new Uint8Array(padding(data.byteLength, alignment)));
  }
  return bytes.toBuffer();
}

function padding(length: number, alignment: number): number {
  return (alignment - (length % alignment)) % alignment;
}

function bytesOf(values: ArrayBufferView): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function arrayTypeId(values: Extract<WritableValue, ArrayBufferView>): number {
  if (values instanceof Uint8Array) return 0;
  if (values instanceof Int8Array) return 1;
  if (values instanceof Uint32Array) return 4;
  if (values instanceof Int32Array) return 5;
  if (values instanceof Float32Array) return 6;
  return 10;
}

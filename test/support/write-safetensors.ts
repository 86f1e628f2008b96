import { Buffer } from 'node:buffer';

export interface WritableArray {
  dtype: string;
  shape: number[];
  data: ArrayBufferView;
}

/** A safetensors file of these arrays, one after another. */
export function writeSafetensors(arrays: Readonly<Record<string, WritableArray>>): Buffer {
  let end = 0;
  const entries = Object.entries(arrays).map(([name, { dtype, shape, data }]) => {
    const begin = end;
    end += data.byteLength;
    return [name, { dtype, shape, data_offsets: [begin, end] }] as const;
  });
  const header = JSON.stringify(Object.fromEntries(entries));
  const data = Object.values(arrays).map(({ data: { buffer, byteOffset, byteLength } }) =>
    Buffer.from(buffer, byteOffset, byteLength),
  );
  return withHeader(header, Buffer.concat(data));
}

/** A file with this header, true or not. */
export function withHeader(header: string | Uint8Array, data: Uint8Array = Buffer.alloc(0)): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(Buffer.byteLength(header)));
  return Buffer.concat([length, Buffer.from(header), data]);
}

/** An array of zeros in 32 bits. */
export const zeros = (...shape: number[]): WritableArray => ({
  dtype: 'F32',
  shape,
  data: new Float32Array(shape.reduce((product, size) => product * size, 1)),
});

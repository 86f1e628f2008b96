import { readBeginning } from '../../inspector';

/*
 * A safetensors file: the length of a header in eight bytes, the header as JSON, and the arrays one after another
 * (https://github.com/huggingface/safetensors). Ours begin their header with our metadata.
 */

/** An array that a file takes. */
export interface NamedArray {
  name: string;
  dtype: 'F32' | 'I32';
  shape: readonly number[];
  /** Made when it is written: all of them together may be more than the memory holds. */
  read(): Promise<Float32Array | Int32Array>;
}

const LENGTH_BYTES = 8;
/** Arrays begin at a multiple of so many bytes, as readers that map a file into memory want it. */
const ALIGNMENT = 8;
const BEGINNING = '{"__metadata__":{"vitrine":';

/** Whether a file is one that has such a header, or empty: then nothing is lost with it. */
export async function isArraysFile(path: string): Promise<boolean> {
  const beginning = await readBeginning(path, LENGTH_BYTES + BEGINNING.length);
  return beginning !== undefined && (beginning.length === 0 || beginning.toString('utf8', LENGTH_BYTES) === BEGINNING);
}

/** What stands before the arrays. @param metadata begins with `vitrine`, its version */
export function headerOf(metadata: Record<string, string>, arrays: readonly NamedArray[]): Buffer {
  let end = 0;
  const entries = arrays.map(({ name, dtype, shape }) => {
    const begin = end;
    end += shape.reduce((product, size) => product * size, Float32Array.BYTES_PER_ELEMENT);
    return [name, { dtype, shape, data_offsets: [begin, end] }];
  });
  const json = JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) });
  const padding = -Buffer.byteLength(json) & (ALIGNMENT - 1);
  const text = Buffer.from(json + ' '.repeat(padding));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text]);
}

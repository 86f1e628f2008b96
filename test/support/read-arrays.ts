import { readFileSync } from 'node:fs';
import { openFile } from '../../src/model/checkpoint/byte-source';
import { safetensorsOf } from '../../src/model/huggingface/safetensors';
import { atOnce } from '../../src/tokenizer';

export interface ReadArray {
  shape: readonly number[];
  values: readonly number[];
}

/** The arrays of a safetensors file by name, and its metadata, as the reader of models has them, which refuses damaged ones. */
export function readArrays(path: string): { arrays: Record<string, ReadArray>; metadata: Record<string, string> } {
  const source = openFile(path);
  const arrays = atOnce(safetensorsOf(source)).map((tensor) => {
    const size = tensor.shape.reduce((product, one) => product * one, 1);
    const { buffer } = Uint8Array.from(source.read(tensor.offset, 4 * size));
    const values = tensor.dtype === 'I32' ? new Int32Array(buffer) : new Float32Array(buffer);
    return [tensor.name, { shape: tensor.shape, values: [...values] }] as const;
  });
  source.close();
  const bytes = readFileSync(path);
  const header = bytes.toString('utf8', 8, 8 + Number(bytes.readBigUInt64LE()));
  return { arrays: Object.fromEntries(arrays), metadata: JSON.parse(header).__metadata__ };
}

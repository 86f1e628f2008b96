import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ByteSource } from '../../src/model/checkpoint/byte-source';
import type { TensorType } from '../../src/model/tensors/tensor-types';

export const embeddedModel = fromRoot('models/SmolLM2-135M-Instruct.Q4_1.gguf');

/** The path of a file that test/fixtures/gguf/make.py made. */
export function ggufFixture(name: string): string {
  return fromRoot(`test/fixtures/gguf/${name}`);
}

interface ModelFixture {
  metadata: Record<string, number | boolean | string>;
  sha256OfTexts: Record<string, string>;
  tokenTypeCounts: Record<string, number>;
  tensors: [name: string, type: TensorType, shape: number[], offset: number, byteLength: number][];
  sha256OfWeights: string;
}

/** What Python's `gguf` reads in the embedded model. */
export function readModelFixture(): ModelFixture {
  return JSON.parse(readFileSync(ggufFixture('model.json'), 'utf8'));
}

/** Bytes in memory, followed by as many zeros as `size` asks for. */
export function sourceOf(bytes: Uint8Array, size = bytes.length): ByteSource {
  return {
    path: 'test.gguf',
    size,
    read(position, length) {
      const result = new Uint8Array(length);
      result.set(bytes.subarray(position, position + length));
      return result;
    },
    close() {},
  };
}

function fromRoot(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

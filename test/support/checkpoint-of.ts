import { GgufCheckpoint } from '../../src/model/gguf/checkpoint';
import { readGguf } from './gguf-file';
import { sourceOf } from './gguf-fixtures';
import { type WritableTensor, writeGguf } from './write-gguf';

/** A checkpoint in memory, of a GGUF file's bytes. */
export const checkpointOf = (bytes: Uint8Array): GgufCheckpoint =>
  new GgufCheckpoint('test.gguf', [readGguf(sourceOf(bytes))]);

/** One that holds some tensors, and a vocabulary of nothing. */
export function checkpointOfTensors(tensors: Record<string, Pick<WritableTensor, 'shape' | 'data'>>): GgufCheckpoint {
  const metadata = { 'general.architecture': 'llama', 'tokenizer.ggml.tokens': ['a'] };
  const written = Object.entries(tensors).map(([name, tensor]) => ({ name, type: 'F32' as const, ...tensor }));
  return checkpointOf(writeGguf({ metadata, tensors: written }));
}

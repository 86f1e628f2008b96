import { atOnce } from '../../tokenizer/slices';
import { ggufCheckpointOf } from '../gguf/checkpoint';
import { huggingFaceCheckpointOf } from '../huggingface/checkpoint';
import type { Checkpoint } from './checkpoint';
import { locate } from './locate';

/**
 * Opens a model of any format. Its headers are read, its weights are not. The caller closes it.
 *
 * @throws VitrineError in a sentence that names the file, what is wrong with it, and what to do.
 */
export const openCheckpoint = (path: string): Checkpoint => atOnce(checkpointOf(path));

/** The same with a pause at every yield. */
export function* checkpointOf(path: string): Generator<undefined, Checkpoint> {
  const { format, path: place } = locate(path);
  return format === 'gguf' ? yield* ggufCheckpointOf(place) : yield* huggingFaceCheckpointOf(path, place);
}

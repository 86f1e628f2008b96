import { atOnce } from '../../tokenizer/slices';
import { adapted } from '../adapters/adapted-checkpoint';
import type { Adapter } from '../adapters/adapter';
import { openAdapter } from '../adapters/open-adapter';
import { ggufCheckpointOf } from '../gguf/checkpoint';
import { huggingFaceCheckpointOf } from '../huggingface/checkpoint';
import type { Checkpoint } from './checkpoint';
import { locate } from './locate';

/**
 * Opens a model of any format. Its headers are read, its weights are not. The caller closes it.
 *
 * @param adapter the path of one that is merged into it
 * @throws VitrineError in a sentence that names the file, what is wrong with it, and what to do.
 */
export const openCheckpoint = (path: string, adapter?: string): Checkpoint => atOnce(checkpointOf(path, adapter));

/** The same with a pause at every yield. */
export function* checkpointOf(path: string, adapter?: string): Generator<undefined, Checkpoint> {
  const { format, path: place } = locate(path);
  const checkpoint = format === 'gguf' ? yield* ggufCheckpointOf(place) : yield* huggingFaceCheckpointOf(path, place);
  return adapter === undefined ? checkpoint : yield* withAdapter(checkpoint, adapter);
}

function* withAdapter(checkpoint: Checkpoint, path: string): Generator<undefined, Checkpoint> {
  let adapter: Adapter | undefined;
  try {
    adapter = yield* openAdapter(path);
    return adapted(checkpoint, adapter);
  } catch (error) {
    adapter?.close();
    checkpoint.close();
    throw error;
  }
}

import { resolve } from 'node:path';
import { sentence, VitrineError } from '../../shared/errors';
import { atOnce } from '../../tokenizer/slices';
import { adapted } from '../adapters/adapted-checkpoint';
import type { Adapter } from '../adapters/adapter';
import { isAdapterFolder, openAdapter } from '../adapters/open-adapter';
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
  if (format === 'huggingFace' && isAdapterFolder(place)) return yield* withOwnAdapter(checkpoint, place, adapter);
  return adapter === undefined ? checkpoint : yield* withAdapter(checkpoint, adapter);
}

/** A folder with a whole model and an adapter means both, as in transformers. @param asked the path of an adapter */
function* withOwnAdapter(checkpoint: Checkpoint, folder: string, asked?: string): Generator<undefined, Checkpoint> {
  if (asked === undefined || resolve(asked) === resolve(folder))
    return yield* withAdapter(checkpoint, folder, 'adapter');
  checkpoint.close();
  throw new VitrineError(
    'adapter.base',
    sentence`${folder} holds an adapter beside its weights, which is a part of the model: choose no other, or move the adapter into a folder of its own.`,
  );
}

/** @param name of the adapter, where it is not that of its folder */
function* withAdapter(checkpoint: Checkpoint, path: string, name?: string): Generator<undefined, Checkpoint> {
  let adapter: Adapter | undefined;
  try {
    adapter = yield* openAdapter(path);
    return adapted(checkpoint, name === undefined ? adapter : { ...adapter, name });
  } catch (error) {
    adapter?.close();
    checkpoint.close();
    throw error;
  }
}

import type { AskedStorage } from '../shared/request-fields';
import type { Checkpoint } from './checkpoint/checkpoint';
import { storageFor, type WeightStorage } from './weight-storage';
import { type PlacedWeight, packedSpecs, placeWeights, type WeightSpec } from './weights';

/** What a loaded model keeps beside its weights: prepared copies of matrices, a chunk's activations, a text of middle length. */
const MEMORY_PER_DISK = 1.3;
const MEMORY_BESIDE = 400e6;

/** What a checkpoint's weights become when it is compiled. */
export interface CompiledForm {
  /** How matrices are kept that the checkpoint has in blocks. */
  storage: WeightStorage;
  specs: WeightSpec[];
  weights: ReadonlyMap<string, PlacedWeight>;
  /** Of the weights file. */
  bytes: number;
  /** To compile and load it, about. */
  memoryBytes: number;
}

/** @param asFloats every array that the graphs read @param asked how a person wants matrices kept */
export async function compiledFormOf(
  checkpoint: Checkpoint,
  asFloats: WeightSpec[],
  asked: AskedStorage,
): Promise<CompiledForm> {
  const storage = await storageFor(asked, placeWeights(asFloats)[1]);
  const specs = storage === 'packed' ? packedSpecs(checkpoint, asFloats) : asFloats;
  const [weights, bytes] = placeWeights(specs);
  return { storage, specs, weights, bytes, memoryBytes: bytes * MEMORY_PER_DISK + MEMORY_BESIDE };
}

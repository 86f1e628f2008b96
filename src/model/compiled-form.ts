import type { AskedStorage, WeightStorage } from '../shared/request-fields';
import type { Checkpoint } from './checkpoint/checkpoint';
import { memoryNeed } from './memory-need';
import { keepsBlocks, ROUNDED_TYPES, storageFor } from './weight-storage';
import { type PlacedWeight, packedSpecs, placeWeights, roundedSpecs, type WeightSpec } from './weights';

/** What a checkpoint's weights become when it is compiled. */
export interface CompiledForm {
  /** How matrices are kept, which may be less than was asked for. */
  storage: WeightStorage;
  /** Of a rounded weight; undefined where none is. */
  bits: 8 | 4 | undefined;
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
  const packed = packedSpecs(checkpoint, asFloats);
  const hasBlocks = packed.some((spec) => spec.packed);
  const storage = await storageFor(asked, placeWeights(asFloats)[1], hasBlocks);
  const unrounded = keepsBlocks(storage) ? packed : asFloats;
  const type = ROUNDED_TYPES[storage];
  const specs = type ? roundedSpecs(unrounded, type) : unrounded;
  const [weights, bytes] = placeWeights(specs);
  const bits = bitsOf(specs);
  return { storage: storageOf(specs, bits), bits, specs, weights, bytes, memoryBytes: memoryNeed(weights.values()) };
}

function bitsOf(specs: readonly WeightSpec[]): CompiledForm['bits'] {
  const type = specs.find(({ rounded }) => rounded)?.rounded;
  return type && (type === ROUNDED_TYPES['8bit'] ? 8 : 4);
}

function storageOf(specs: readonly WeightSpec[], bits: CompiledForm['bits']): WeightStorage {
  if (bits !== undefined) return `${bits}bit`;
  return specs.some(({ packed }) => packed) ? 'packed' : 'float32';
}

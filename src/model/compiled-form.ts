import type { HalfFloat } from '../shared/half-floats';
import type { AskedStorage, WeightStorage } from '../shared/request-fields';
import type { Checkpoint } from './checkpoint/checkpoint';
import { memoryNeed } from './memory-need';
import { isHalf, keepsBlocks, ROUNDED_TYPES, storageFor } from './weight-storage';
import { halfSpecs, type PlacedWeight, packedSpecs, placeWeights, roundedSpecs, type WeightSpec } from './weights';

/** What a checkpoint's weights become when it is compiled. */
export interface CompiledForm {
  /** How matrices are kept, which may be less than was asked for. */
  storage: WeightStorage;
  /** Of a rounded weight; undefined where none is. */
  bits: 16 | 8 | 4 | undefined;
  /** Which numbers of 16 bits. */
  half: HalfFloat | undefined;
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
  const chosen = await storageFor(asked, placeWeights(asFloats)[1], hasBlocks);
  const unrounded = keepsBlocks(chosen) ? packed : asFloats;
  const type = ROUNDED_TYPES[chosen];
  const half = isHalf(chosen) ? chosen : undefined;
  const specs = half ? halfSpecs(unrounded, half) : type ? roundedSpecs(unrounded, type) : unrounded;
  const [weights, bytes] = placeWeights(specs);
  const bits = blockBits(specs);
  const memoryBytes = memoryNeed(weights.values());
  const storage = half ?? storageOf(specs, bits);
  return { storage, bits: half ? 16 : bits, half, specs, weights, bytes, memoryBytes };
}

function blockBits(specs: readonly WeightSpec[]): 8 | 4 | undefined {
  const type = specs.find(({ rounded }) => rounded)?.rounded;
  return type && (type === ROUNDED_TYPES['8bit'] ? 8 : 4);
}

function storageOf(specs: readonly WeightSpec[], bits: 8 | 4 | undefined): WeightStorage {
  if (bits !== undefined) return `${bits}bit`;
  return specs.some(({ packed }) => packed) ? 'packed' : 'float32';
}

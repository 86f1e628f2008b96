import { createHash } from 'node:crypto';
import { catalogueModelOf, checkCatalogueFile } from '../../models/catalogue';
import { sentence, VitrineError } from '../shared/errors';
import type { AskedStorage } from '../shared/request-fields';
import { atOnce } from '../tokenizer/slices';
import { checkpointIdentity, checkpointSample } from './cache/checkpoint-identity';
import { CompiledCache } from './cache/compiled-cache';
import { checkSpace, type Space } from './cache/space';
import type { Checkpoint } from './checkpoint/checkpoint';
import { memoryNeed } from './memory-need';
import { type ModelFile, modelFileOf } from './model-file';
import { roundingOffer } from './offer-rounding';
import { ROUNDED_TYPES, storageFor, type WeightStorage } from './weight-storage';
import { packedSpecs, placeWeights, roundedSpecs, type WeightSpec } from './weights';

/** To be raised when the same specification comes to mean other values in the weights file. */
const WEIGHTS_VERSION = 2;

export interface PlanOptions {
  /** The folder of compiled models, and how large it may grow. */
  cache: { folder: string; limitBytes: number };
  /** How matrices are kept; chosen here where it is left out. */
  weights?: AskedStorage;
}

export type Plan = Awaited<ReturnType<typeof planWith>>;

/**
 * What a model file holds, what is to be made of it, and where that is if it was made before.
 *
 * @throws VitrineError in a sentence about the file, or `space.approximate…` where it does not fit unless it is rounded.
 */
export async function planOf(checkpoint: Checkpoint, options: PlanOptions): Promise<Plan> {
  const { weights: asked = 'auto' } = options;
  const file = atOnce(modelFileOf(checkpoint));
  const packed = packedSpecs(checkpoint, file.specs);
  const hasBlocks = packed.some((spec) => spec.packed);
  if (asked === 'packed' && !hasBlocks) throw nothingPacked(checkpoint);
  const planFor = (storage: WeightStorage) => {
    const asItIs = storage === 'float32' ? file.specs : packed;
    const isRounded = storage === '8bit' || storage === '4bit';
    return planWith(checkpoint, options, file, isRounded ? roundedSpecs(packed, ROUNDED_TYPES[storage]) : asItIs);
  };
  const plan = await planFor(await storageFor(asked, placeWeights(file.specs)[1], hasBlocks));
  if (asked !== 'auto' || plan.found !== undefined) return plan;
  const refusal = await spaceFor(checkpoint, plan, options).then(() => undefined, spaceRefusal);
  return refusal ? roundedPlan(checkpoint, options, plan, refusal, planFor) : plan;
}

/** What somebody has had rounded before of a model that does not fit. @throws VitrineError that offers it where nobody has */
async function roundedPlan(
  checkpoint: Checkpoint,
  options: PlanOptions,
  exact: Plan,
  refusal: VitrineError,
  planFor: (storage: WeightStorage) => Promise<Plan>,
): Promise<Plan> {
  const spaces: (Space | undefined)[] = [];
  for (const storage of ['8bit', '4bit'] as const) {
    const plan = await planFor(storage);
    if (plan.bits !== undefined && plan.found !== undefined) return plan;
    spaces.push(plan.bits && (await spaceFor(checkpoint, plan, options).catch(() => undefined)));
  }
  const { config, bytes, weights } = exact;
  const need = { name: config.name, diskBytes: bytes, memoryBytes: memoryNeed(weights.values()) };
  throw roundingOffer(refusal, need, spaces[0], spaces[1]);
}

/** Of an error, that there is too little space. @throws what else it is */
function spaceRefusal(error: unknown): VitrineError {
  if (error instanceof VitrineError && /^space\.(disk|memory)$/.test(error.code)) return error;
  throw error;
}

async function planWith(
  checkpoint: Checkpoint,
  { cache: { folder, limitBytes } }: PlanOptions,
  file: ModelFile,
  specs: readonly WeightSpec[],
) {
  const [weights, bytes] = placeWeights(specs);
  const cache = new CompiledCache(folder, limitBytes);
  await cache.removeLeftovers();
  const sample = await checkpointSample(checkpoint.files);
  const lookUp = async (trust: 'always' | 'ownReading') => {
    const identity = await checkpointIdentity(checkpoint.files, folder, { trust });
    const key = keyOf(identity, sample, specs);
    return { identity, key, found: await cache.find(key) };
  };
  const remembered = await lookUp('always');
  // Others can write to what is remembered: before anything is compiled, or said of the file, the file itself is read.
  const { identity, key, found } = remembered.found === undefined ? await lookUp('ownReading') : remembered;
  const ownName = catalogueModelOf(identity)?.name ?? file.config.name;
  const bits = bitsOf(specs);
  const config = { ...file.config, name: bits === undefined ? ownName : `${ownName} (approximate, ${bits} bits)` };
  return {
    ...file,
    config,
    /** Without what says that it is approximate. */
    ownName,
    bits,
    storage: storageOf(specs),
    /** What is written, and what that would be if nothing were rounded or packed. */
    specs,
    exactSpecs: file.specs,
    weights,
    bytes,
    identity,
    key,
    cache,
    found,
  };
}

/** What compiling takes. @throws VitrineError `space.disk` or `space.memory` where it does not fit */
export async function spaceFor(
  { path }: Checkpoint,
  { identity, config, bytes, weights }: Plan,
  { cache: { folder } }: PlanOptions,
): Promise<Space> {
  checkCatalogueFile(path, identity);
  return checkSpace({ name: config.name, diskBytes: bytes, memoryBytes: memoryNeed(weights.values()), folder });
}

/** Of a rounded weight; undefined where none is. */
function bitsOf(specs: readonly WeightSpec[]): 8 | 4 | undefined {
  const type = specs.find(({ rounded }) => rounded)?.rounded;
  return type && (type === ROUNDED_TYPES['8bit'] ? 8 : 4);
}

/** What was made of the weights, which may be less than was asked for. */
function storageOf(specs: readonly WeightSpec[]): WeightStorage {
  const bits = bitsOf(specs);
  if (bits !== undefined) return `${bits}bit`;
  return specs.some(({ packed }) => packed) ? 'packed' : 'float32';
}

const nothingPacked = ({ path }: Checkpoint): VitrineError =>
  new VitrineError(
    'weights.nothingPacked',
    sentence`${path} has no weights in blocks of few bits that could stay as they are. Keep them as float32, or have them rounded to 8 or 4 bits: every number is then approximate, and how far off is measured.`,
  );

/** The identity may be remembered, and wrong where somebody wrote to that memory; the sample is of what is there now. */
function keyOf(identity: string, sample: string, specs: readonly WeightSpec[]): string {
  const hash = createHash('sha256').update(`${identity} ${sample} ${WEIGHTS_VERSION}`);
  return hash.update(JSON.stringify(specs)).digest('hex').slice(0, 32);
}

import { createHash } from 'node:crypto';
import { catalogueModelOf, checkCatalogueFile } from '../../models/catalogue';
import { sentence, VitrineError } from '../shared/errors';
import type { AskedStorage } from '../shared/request-fields';
import { atOnce } from '../tokenizer/slices';
import { checkpointIdentity, checkpointSample } from './cache/checkpoint-identity';
import { CompiledCache } from './cache/compiled-cache';
import { isIdentityKnown } from './cache/identity';
import { checkSpace, type Space } from './cache/space';
import type { Checkpoint, MergedAdapter } from './checkpoint/checkpoint';
import { type CompiledForm, compiledFormOf } from './compiled-form';
import { type ModelFile, modelFileOf } from './model-file';
import { roundingOffer } from './offer-rounding';
import type { WeightSpec } from './weights';

/** To be raised when the same specification comes to mean other values in the weights file. */
const WEIGHTS_VERSION = 2;

export interface PlanOptions {
  /** The path of an adapter. */
  adapter?: string | undefined;
  /** Whether the adapter stays apart from the weights, where it can; else it is merged into them. */
  adapterApart?: boolean | undefined;
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
  await refuseBeforeReading(checkpoint, options, file, asked === 'auto' ? ['auto', '4bit'] : [asked]);
  const planFor = async (storage: AskedStorage) =>
    planWith(checkpoint, options, file, await compiledFormOf(checkpoint, file.specs, storage));
  const plan = await planFor(asked);
  if (asked === 'packed' && plan.storage !== 'packed') throw nothingPacked(checkpoint);
  if (asked !== 'auto' || plan.found !== undefined) return plan;
  const refusal = await refusalOf(spaceFor(checkpoint, plan, options));
  if (!refusal) return plan;
  if (plan.storage === 'float32') {
    // What the file has in blocks of few bits takes less as it is, and is as exact.
    const packed = await planFor('packed');
    if (
      packed.storage === 'packed' &&
      (packed.found !== undefined || !(await refusalOf(spaceFor(checkpoint, packed, options))))
    )
      return packed;
  }
  return roundedPlan(checkpoint, options, plan, refusal, planFor);
}

/**
 * Of a model that fits in no form, says so before its files are read through, which takes minutes of the largest. One whose
 * files were read before may have been compiled when more was free.
 *
 * @throws VitrineError `space.disk` or `space.memory`
 */
async function refuseBeforeReading(
  checkpoint: Checkpoint,
  { cache: { folder } }: PlanOptions,
  { config: { name }, specs }: ModelFile,
  storages: readonly AskedStorage[],
): Promise<void> {
  const known = await Promise.all(checkpoint.files.map((file) => isIdentityKnown(file, folder)));
  if (known.every(Boolean)) return;
  const refusals: VitrineError[] = [];
  for (const storage of storages) {
    const { bytes: diskBytes, memoryBytes } = await compiledFormOf(checkpoint, specs, storage);
    const refusal = await refusalOf(checkSpace({ name, diskBytes, memoryBytes, folder }));
    if (refusal === undefined) return;
    refusals.push(refusal);
  }
  throw refusals[0];
}

/** Why there is no room for a model; undefined where there is. */
const refusalOf = (space: Promise<Space>) => space.then(() => undefined, spaceRefusal);

/** What somebody has had rounded before of a model that does not fit. @throws VitrineError that offers it where nobody has */
async function roundedPlan(
  checkpoint: Checkpoint,
  options: PlanOptions,
  exact: Plan,
  refusal: VitrineError,
  planFor: (storage: AskedStorage) => Promise<Plan>,
): Promise<Plan> {
  const spaces: (Space | undefined)[] = [];
  for (const storage of ['8bit', '4bit'] as const) {
    const plan = await planFor(storage);
    if (plan.bits !== undefined && plan.found !== undefined) return plan;
    spaces.push(plan.bits && (await spaceFor(checkpoint, plan, options).catch(() => undefined)));
  }
  throw roundingOffer(refusal, needOf(exact), spaces[0], spaces[1]);
}

/** Of an error, that there is too little space. @throws what else it is */
function spaceRefusal(error: unknown): VitrineError {
  if (error instanceof VitrineError && /^space\.(disk|memory)$/.test(error.code)) return error;
  throw error;
}

async function planWith(
  checkpoint: Checkpoint,
  { cache: { folder, limitBytes } }: PlanOptions,
  { architecture, config: read, vocabulary, specs: exactSpecs }: ModelFile,
  form: CompiledForm,
) {
  const cache = new CompiledCache(folder, limitBytes);
  await cache.removeLeftovers();
  const { files, adapter } = checkpoint;
  const sample = await checkpointSample([...files, ...(adapter?.files ?? [])]);
  const lookUp = async (trust: 'always' | 'ownReading') => {
    const identity = await checkpointIdentity(files, folder, { trust });
    const sha256 = adapter ? `${identity}+${await checkpointIdentity(adapter.files, folder, { trust })}` : identity;
    const key = keyOf(sha256, sample, form.specs);
    return { identity, sha256, key, found: await cache.find(key) };
  };
  const remembered = await lookUp('always');
  // Others can write to what is remembered: before anything is compiled, or said of the file, the file itself is read.
  const looked = remembered.found === undefined ? await lookUp('ownReading') : remembered;
  const ofBase = catalogueModelOf(looked.identity)?.name ?? read.name;
  const { ownName, name, vocabularyName } = namesOf(ofBase, adapter, form);
  const config = { ...read, name, vocabularyName };
  return { architecture, config, ownName, vocabulary, exactSpecs, ...form, cache, ...looked };
}

/** What a model is called with an adapter and rounded: `ownName` without what says that it is approximate. */
export function namesOf(
  ofBase: string,
  adapter: MergedAdapter | undefined,
  { bits, half }: Pick<CompiledForm, 'bits' | 'half'>,
) {
  const ownName = adapter ? `${ofBase} + ${adapter.name}` : ofBase;
  const name = bits === undefined ? ownName : `${ownName} (approximate, ${half ?? `${bits} bits`})`;
  return { ownName, name, vocabularyName: adapter?.hasTokenizer ? ownName : ofBase };
}

/** What compiling takes. @throws VitrineError `space.disk` or `space.memory` where it does not fit */
export async function spaceFor({ path }: Checkpoint, plan: Plan, { cache: { folder } }: PlanOptions): Promise<Space> {
  checkCatalogueFile(path, plan.identity);
  return checkSpace({ ...needOf(plan), folder });
}

function needOf({ config, bytes, memoryBytes }: Plan) {
  return { name: config.name, diskBytes: bytes, memoryBytes };
}

const nothingPacked = ({ path }: Checkpoint): VitrineError =>
  new VitrineError(
    'weights.nothingPacked',
    sentence`${path} has no weights in blocks of few bits that could stay as they are. Keep them as float32, or have them rounded to 8 or 4 bits: every number is then approximate, and how far off is measured.`,
  );

/** The identity may be remembered, and wrong where somebody wrote to that memory; the sample is of what is there now. */
function keyOf(sha256: string, sample: string, specs: readonly WeightSpec[]): string {
  const hash = createHash('sha256').update(`${sha256} ${sample} ${WEIGHTS_VERSION}`);
  return hash.update(JSON.stringify(specs)).digest('hex').slice(0, 32);
}

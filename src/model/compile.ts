import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { catalogueModelOf, checkCatalogueFile } from '../../models/catalogue';
import { type Sentence, VitrineError } from '../shared/errors';
import type { Progress } from '../shared/progress';
import type { AskedStorage } from '../shared/request-fields';
import type { VocabularySpecification } from '../shared/tokens';
import { atOnce } from '../tokenizer/slices';
import type { Architecture } from './architectures/architecture';
import { checkpointIdentity, checkpointSample } from './cache/checkpoint-identity';
import { CompiledCache } from './cache/compiled-cache';
import { checkSpace } from './cache/space';
import type { Checkpoint } from './checkpoint/checkpoint';
import { openCheckpoint } from './checkpoint/open';
import { compiledFormOf } from './compiled-form';
import type { ModelConfig } from './config';
import { type EncodedGraphs, encodeGraphs } from './graphs';
import { modelFileOf } from './model-file';
import type { WeightStorage } from './weight-storage';
import { type PlacedWeight, WEIGHTS_FILE, type WeightSpec } from './weights';
import { writeWeights } from './write-weights';

/** To be raised when the same specification comes to mean other values in the weights file. */
const WEIGHTS_VERSION = 2;

export interface CompileOptions {
  /** The path of an adapter that is merged into the model. */
  adapter?: string | undefined;
  /** The folder of compiled models, and how large it may grow. */
  cache: { folder: string; limitBytes: number };
  /** How matrices are kept that the checkpoint has in blocks; chosen here where it is left out. */
  weights?: AskedStorage;
  /** Whether more than 2 GB may be written without asking. */
  allowLarge?: boolean;
  signal?: AbortSignal;
  /** Bytes of the weights file. */
  progress?: Progress;
}

/** A model that is ready to run. */
export interface CompiledModel {
  config: ModelConfig;
  /** Of the model file, in hexadecimal; with an adapter, a plus sign and that of the adapter behind it. */
  sha256: string;
  vocabulary: VocabularySpecification;
  /** Tokens at which the model has nothing more to say. */
  endTokens: ReadonlySet<number>;
  graphs: EncodedGraphs;
  /** The weights file, and where each weight lies in it. */
  weightsFolder: string;
  weights: ReadonlyMap<string, PlacedWeight>;
  /** How matrices are kept that the checkpoint has in blocks. */
  storage: WeightStorage;
  /** Of the weights file. */
  diskBytes: number;
  /** The Jinja template of a chat, where the checkpoint has one. */
  chatTemplate: string | undefined;
  architecture: Architecture;
  /** Stands for the model file's content and the way it was compiled. */
  key: string;
  /** Seconds spent to write the weights; 0 where they were in the cache. */
  seconds: number;
}

/**
 * Makes a checkpoint ready to run: graphs in memory, and the weights in the cache, written there the first time.
 *
 * Graphs are built anew every time, which takes a tenth of a second and cannot be out of date.
 *
 * @throws VitrineError in a sentence about the file, the space it needs, or the cache.
 */
export function compileModel(path: string, options: CompileOptions): Promise<CompiledModel> {
  return withCheckpoint(path, options, async (checkpoint) => {
    const plan = await planOf(checkpoint, options);
    const { sha256, weights, bytes: diskBytes, found } = plan;
    const { architecture, config, vocabulary, storage, key } = plan;
    const { endTokens, chatTemplate } = checkpoint;
    const started = performance.now();
    const weightsFolder = found ?? (await storeWeights(checkpoint, plan, options));
    const seconds = found ? 0 : (performance.now() - started) / 1000;
    const graphs = encodeGraphs(architecture, config, weights);
    return {
      config,
      sha256,
      vocabulary,
      endTokens,
      chatTemplate,
      graphs,
      weightsFolder,
      weights,
      storage,
      diskBytes,
      architecture,
      key,
      seconds,
    };
  });
}

/**
 * What compiling a model takes and what is free, for a person; undefined where it is in the cache.
 *
 * @throws VitrineError in a sentence about the file, or where it takes more than is free.
 */
export function spaceToCompile(
  path: string,
  options: Pick<CompileOptions, 'adapter' | 'cache' | 'weights'>,
): Promise<Sentence | undefined> {
  return withCheckpoint(path, options, async (checkpoint) => {
    const plan = await planOf(checkpoint, options);
    return plan.found === undefined ? (await spaceFor(checkpoint, plan, options.cache)).sentence : undefined;
  });
}

async function withCheckpoint<T>(
  path: string,
  { adapter }: Pick<CompileOptions, 'adapter'>,
  use: (checkpoint: Checkpoint) => Promise<T>,
): Promise<T> {
  const checkpoint = openCheckpoint(path, adapter);
  try {
    return await use(checkpoint);
  } finally {
    checkpoint.close();
  }
}

type Plan = Awaited<ReturnType<typeof planOf>>;

/** What a model file holds, what is to be made of it, and where that is if it was made before. */
async function planOf(
  checkpoint: Checkpoint,
  { cache: { folder, limitBytes }, weights: asked = 'auto' }: Pick<CompileOptions, 'cache' | 'weights'>,
) {
  const { architecture, config: read, vocabulary, specs: asFloats } = atOnce(modelFileOf(checkpoint));
  const form = await compiledFormOf(checkpoint, asFloats, asked);
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
  const config = { ...read, name: adapter ? `${ofBase} + ${adapter.name}` : ofBase };
  return { architecture, config, vocabulary, ...form, cache, ...looked };
}

function spaceFor({ path }: Checkpoint, plan: Plan, { folder }: CompileOptions['cache']) {
  const { identity, config, bytes, memoryBytes } = plan;
  checkCatalogueFile(path, identity);
  return checkSpace({ name: config.name, diskBytes: bytes, memoryBytes, folder });
}

async function storeWeights(checkpoint: Checkpoint, plan: Plan, options: CompileOptions): Promise<string> {
  const space = await spaceFor(checkpoint, plan, options.cache);
  if (space.needsConfirmation && !options.allowLarge) {
    throw new VitrineError('space.confirm', space.sentence);
  }
  const { key, config, specs, weights, bytes, cache } = plan;
  return cache.store(key, { name: config.name, source: checkpoint.path, expectedBytes: bytes }, (folder) =>
    writeWeights(join(folder, WEIGHTS_FILE), checkpoint, specs, weights, bytes, options),
  );
}

/** The identity may be remembered, and wrong where somebody wrote to that memory; the sample is of what is there now. */
function keyOf(sha256: string, sample: string, specs: readonly WeightSpec[]): string {
  const hash = createHash('sha256').update(`${sha256} ${sample} ${WEIGHTS_VERSION}`);
  return hash.update(JSON.stringify(specs)).digest('hex').slice(0, 32);
}

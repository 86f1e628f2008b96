import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { catalogueModelOf, checkCatalogueFile } from '../../models/catalogue';
import { type Sentence, VitrineError } from '../shared/errors';
import type { Progress } from '../shared/progress';
import type { GgufVocabulary } from '../shared/tokens';
import { atOnce } from '../tokenizer/slices';
import type { Architecture } from './architectures/architecture';
import { CompiledCache } from './cache/compiled-cache';
import { fileIdentity, fileSample } from './cache/identity';
import { checkSpace } from './cache/space';
import type { ModelConfig } from './config';
import { closeGguf, type GgufFile, openGguf } from './gguf/reader';
import { readEndTokens } from './gguf/vocabulary';
import { type EncodedGraphs, encodeGraphs } from './graphs';
import { modelFileOf } from './model-file';
import { type PlacedWeight, placeWeights, WEIGHTS_FILE, type WeightSpec } from './weights';
import { writeWeights } from './write-weights';

/** To be raised when the same specification comes to mean other values in the weights file. */
const WEIGHTS_VERSION = 1;

/** What a loaded model keeps beside its weights: prepared copies of matrices, a chunk's activations, a text of middle length. */
const MEMORY_PER_DISK = 1.3;
const MEMORY_BESIDE = 400e6;

export interface CompileOptions {
  /** The folder of compiled models, and how large it may grow. */
  cache: { folder: string; limitBytes: number };
  /** Whether more than 2 GB may be written without asking. */
  allowLarge?: boolean;
  signal?: AbortSignal;
  /** Bytes of the weights file. */
  progress?: Progress;
}

/** A model that is ready to run. */
export interface CompiledModel {
  config: ModelConfig;
  /** Of the model file, in hexadecimal. */
  sha256: string;
  vocabulary: GgufVocabulary;
  /** Tokens at which the model has nothing more to say. */
  endTokens: ReadonlySet<number>;
  graphs: EncodedGraphs;
  /** The weights file, and where each weight lies in it. */
  weightsFolder: string;
  weights: ReadonlyMap<string, PlacedWeight>;
  architecture: Architecture;
  /** Stands for the model file's content and the way it was compiled. */
  key: string;
  /** Seconds spent to write the weights; 0 where they were in the cache. */
  seconds: number;
}

/**
 * Makes a model file ready to run: graphs in memory, and the weights as float32 in the cache, written there the first time.
 *
 * Graphs are built anew every time, which takes a tenth of a second and cannot be out of date.
 *
 * @throws VitrineError in a sentence about the file, the space it needs, or the cache.
 */
export function compileModel(path: string, options: CompileOptions): Promise<CompiledModel> {
  return withGguf(path, async (file) => {
    const plan = await planOf(file, options.cache);
    const { architecture, config, vocabulary, endTokens, weights, identity: sha256, key, found } = plan;
    const started = performance.now();
    const weightsFolder = found ?? (await storeWeights(file, plan, options));
    const seconds = found ? 0 : (performance.now() - started) / 1000;
    const graphs = encodeGraphs(architecture, config, weights);
    return { config, sha256, vocabulary, endTokens, graphs, weightsFolder, weights, architecture, key, seconds };
  });
}

/**
 * What compiling a model takes and what is free, for a person; undefined where it is in the cache.
 *
 * @throws VitrineError in a sentence about the file, or where it takes more than is free.
 */
export function spaceToCompile(path: string, cache: CompileOptions['cache']): Promise<Sentence | undefined> {
  return withGguf(path, async (file) => {
    const plan = await planOf(file, cache);
    return plan.found === undefined ? (await spaceFor(file, plan, cache)).sentence : undefined;
  });
}

async function withGguf<T>(path: string, use: (file: GgufFile) => Promise<T>): Promise<T> {
  const file = openGguf(path);
  try {
    return await use(file);
  } finally {
    closeGguf(file);
  }
}

type Plan = Awaited<ReturnType<typeof planOf>>;

/** What a model file holds, what is to be made of it, and where that is if it was made before. */
async function planOf(file: GgufFile, { folder, limitBytes }: CompileOptions['cache']) {
  const { architecture, config: read, vocabulary, specs } = atOnce(modelFileOf(file));
  const endTokens = readEndTokens(file);
  const [weights, bytes] = placeWeights(specs);
  const cache = new CompiledCache(folder, limitBytes);
  await cache.removeLeftovers();
  const sample = await fileSample(file.path);
  const lookUp = async (trust: 'always' | 'ownReading') => {
    const identity = await fileIdentity(file.path, folder, { trust });
    const key = keyOf(identity, sample, specs);
    return { identity, key, found: await cache.find(key) };
  };
  const remembered = await lookUp('always');
  // Others can write to what is remembered: before anything is compiled, or said of the file, the file itself is read.
  const { identity, key, found } = remembered.found === undefined ? await lookUp('ownReading') : remembered;
  const config = { ...read, name: catalogueModelOf(identity)?.name ?? read.name };
  return { architecture, config, vocabulary, endTokens, specs, weights, bytes, identity, key, cache, found };
}

function spaceFor({ path }: GgufFile, { identity, config, bytes }: Plan, { folder }: CompileOptions['cache']) {
  checkCatalogueFile(path, identity);
  const memoryBytes = bytes * MEMORY_PER_DISK + MEMORY_BESIDE;
  return checkSpace({ name: config.name, diskBytes: bytes, memoryBytes, folder });
}

async function storeWeights(file: GgufFile, plan: Plan, options: CompileOptions): Promise<string> {
  const space = await spaceFor(file, plan, options.cache);
  if (space.needsConfirmation && !options.allowLarge) {
    throw new VitrineError('space.confirm', space.sentence);
  }
  const { key, config, specs, weights, bytes, cache } = plan;
  return cache.store(key, { name: config.name, source: file.path, expectedBytes: bytes }, (folder) =>
    writeWeights(join(folder, WEIGHTS_FILE), file, specs, weights, bytes, options),
  );
}

/** The identity may be remembered, and wrong where somebody wrote to that memory; the sample is of what is there now. */
function keyOf(identity: string, sample: string, specs: readonly WeightSpec[]): string {
  const hash = createHash('sha256').update(`${identity} ${sample} ${WEIGHTS_VERSION}`);
  return hash.update(JSON.stringify(specs)).digest('hex').slice(0, 32);
}

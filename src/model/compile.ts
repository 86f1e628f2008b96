import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { catalogueModelOf, checkCatalogueFile } from '../../models/catalogue';
import { VitrineError } from '../shared/errors';
import type { GgufVocabulary } from '../shared/tokens';
import { architectureOf } from './architectures';
import type { Architecture } from './architectures/architecture';
import { CompiledCache } from './cache/compiled-cache';
import { fileIdentity } from './cache/identity';
import { checkSpace } from './cache/space';
import type { ModelConfig } from './config';
import { closeGguf, type GgufFile, openGguf } from './gguf/reader';
import { readEndTokens, readVocabulary } from './gguf/vocabulary';
import { type EncodedGraphs, encodeGraphs } from './graphs';
import { checkTensors, type PlacedWeight, placeWeights, WEIGHTS_FILE, type WeightSpec } from './weights';
import { type Progress, writeWeights } from './write-weights';

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
export async function compileModel(path: string, options: CompileOptions): Promise<CompiledModel> {
  const file = openGguf(path);
  try {
    return await compileFile(file, options);
  } finally {
    closeGguf(file);
  }
}

async function compileFile(file: GgufFile, options: CompileOptions): Promise<CompiledModel> {
  const architecture = architectureOf(file.metadata.string('general.architecture'), file.path);
  const read = architecture.config(file);
  const vocabulary = readVocabulary(file);
  const endTokens = readEndTokens(file);
  const specs = architecture.weights(file, read);
  checkTensors(file, specs);
  const [weights, bytes] = placeWeights(specs);
  const identity = await fileIdentity(file.path, options.cache.folder);
  const config = { ...read, name: catalogueModelOf(identity)?.name ?? read.name };
  const key = keyOf(identity, specs);
  const started = performance.now();
  const cache = new CompiledCache(options.cache.folder, options.cache.limitBytes);
  const found = await cache.find(key);
  const weightsFolder = found ?? (await storeWeights());
  const seconds = found ? 0 : (performance.now() - started) / 1000;
  const graphs = encodeGraphs(architecture, config, weights);
  return { config, vocabulary, endTokens, graphs, weightsFolder, weights, architecture, key, seconds };

  async function storeWeights(): Promise<string> {
    checkCatalogueFile(file.path, identity);
    const space = await checkSpace({
      name: config.name,
      diskBytes: bytes,
      memoryBytes: bytes * MEMORY_PER_DISK + MEMORY_BESIDE,
      folder: options.cache.folder,
    });
    if (space.needsConfirmation && !options.allowLarge) {
      throw new VitrineError('space.confirm', space.sentence);
    }
    return cache.store(key, { name: config.name, source: file.path, expectedBytes: bytes }, (folder) =>
      writeWeights(join(folder, WEIGHTS_FILE), file, specs, weights, bytes, options),
    );
  }
}

function keyOf(identity: string, specs: readonly WeightSpec[]): string {
  const hash = createHash('sha256').update(`${identity} ${WEIGHTS_VERSION}`);
  return hash.update(JSON.stringify(specs)).digest('hex').slice(0, 32);
}

import { join } from 'node:path';
import { catalogueModelOf } from '../../models/catalogue';
import type { ModelAnatomy } from '../shared/anatomy-api';
import type { Approximation } from '../shared/engine-api';
import { type Sentence, VitrineError } from '../shared/errors';
import type { Progress } from '../shared/progress';
import type { WeightStorage } from '../shared/request-fields';
import type { VocabularySpecification } from '../shared/tokens';
import { createTokenizer } from '../tokenizer';
import { modelAnatomy } from './anatomy';
import type { Architecture } from './architectures/architecture';
import { refuseTrainedRows } from './architectures/unembedding';
import type { Checkpoint } from './checkpoint/checkpoint';
import { openCheckpoint } from './checkpoint/open';
import { preferenceTraining } from './checkpoint/preference-training';
import { checkpointSummary } from './checkpoint/summary';
import type { ModelConfig } from './config';
import { type MeasureDifference, readDifference, writeDifference } from './difference';
import { type EncodedGraphs, encodeGraphs } from './graphs';
import { comparisonGraphs } from './graphs/comparison';
import { isKeptApart, keepApart, withAdapterApart } from './kept-apart';
import { isPackedType } from './packed/packed-form';
import { type Plan, type PlanOptions, planOf, spaceFor } from './plan';
import type { TensorType } from './tensors/tensor-types';
import { refuseOtherVocabulary } from './vocabulary-fits';
import { weightPieces } from './weight-pieces';
import { isHalf } from './weight-storage';
import { type PlacedWeight, WEIGHTS_FILE, type WeightSpec } from './weights';
import { writeWeights } from './write-weights';

export interface CompileOptions extends PlanOptions {
  /** Whether more than 2 GB may be written without asking. */
  allowLarge?: boolean;
  signal?: AbortSignal;
  /** Bytes of the weights file. */
  progress?: Progress;
  /** Measures what rounding changes, before rounded weights are kept. */
  measureDifference?: MeasureDifference;
}

/** A model that is ready to run. */
export interface CompiledModel {
  config: ModelConfig;
  /** What it is made of, as its file has it. */
  anatomy: ModelAnatomy;
  /** Of the model file, in hexadecimal. */
  sha256: string;
  vocabulary: VocabularySpecification;
  /** Tokens at which the model has nothing more to say. */
  endTokens: ReadonlySet<number>;
  graphs: EncodedGraphs;
  /** The weights file, and where each weight lies in it. */
  weightsFolder: string;
  weights: ReadonlyMap<string, PlacedWeight>;
  /** In what the file has its weights, as it says or as most of them are. */
  fileType: string;
  /** How matrices are kept. */
  storage: WeightStorage;
  /** Where weights were rounded. */
  approximation: Approximation | undefined;
  /** Of the weights file. */
  diskBytes: number;
  /** The word by which it says that it was trained on people's preferences. */
  preferenceTraining: string | undefined;
  /** Whether an adapter is kept apart, so that each run may give it a gain. */
  hasAdapterGain: boolean;
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
    const apart = options.adapterApart ? keepApart(checkpoint) : undefined;
    const hasAdapterGain = isKeptApart(apart);
    const stored = hasAdapterGain ? apart.base : checkpoint;
    const plan = await planOf(stored, options);
    const { bytes: diskBytes, found, architecture, storage, key } = plan;
    const { ownName, config, sha256, weights, vocabulary } = hasAdapterGain
      ? await withAdapterApart(plan, apart, options)
      : plan;
    const graphs = encodeGraphs(architecture, config, weights);
    const started = performance.now();
    const weightsFolder = found ?? (await storeWeights(stored, plan, options));
    const seconds = found ? 0 : (performance.now() - started) / 1000;
    const [mostlyOf] = checkpointSummary(stored).types;
    const notes = [...(config.notes ?? []), ...(apart && !hasAdapterGain ? [apart] : [])];
    return {
      config: { ...config, notes },
      anatomy: {
        ...modelAnatomy(stored, config, plan.exactSpecs),
        trainingTokens: catalogueModelOf(sha256)?.trainingTokens,
      },
      sha256,
      vocabulary,
      endTokens: checkpoint.endTokens,
      preferenceTraining: preferenceTraining(checkpoint.trainingWords),
      hasAdapterGain,
      graphs,
      weightsFolder,
      weights,
      fileType: stored.fileType ?? mostlyOf ?? '',
      storage,
      approximation: await approximationOf(stored, { ...plan, ownName }, options, weightsFolder),
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
export function spaceToCompile(path: string, options: PlanOptions): Promise<Sentence | undefined> {
  return withCheckpoint(path, options, async (checkpoint) => {
    const apart = options.adapterApart ? keepApart(checkpoint) : undefined;
    const stored = isKeptApart(apart) ? apart.base : checkpoint;
    const plan = await planOf(stored, options);
    return plan.found === undefined ? (await spaceFor(stored, plan, options)).sentence : undefined;
  });
}

/** Opens a model, and closes it once it has been used. @throws VitrineError in a sentence about the file */
export async function withCheckpoint<T>(
  path: string,
  { adapter }: PlanOptions,
  use: (checkpoint: Checkpoint) => Promise<T>,
): Promise<T> {
  const checkpoint = openCheckpoint(path, adapter);
  try {
    return await use(checkpoint);
  } finally {
    checkpoint.close();
  }
}

async function storeWeights(checkpoint: Checkpoint, plan: Plan, options: CompileOptions): Promise<string> {
  // It costs little beside what is written.
  const { path, adapter } = checkpoint;
  refuseOtherVocabulary(adapter?.hasTokenizer ? adapter.path : path, createTokenizer(plan.vocabulary), plan.config);
  refuseTrainedRows(checkpoint, plan.config, plan.exactSpecs);
  const space = await spaceFor(checkpoint, plan, options);
  if (space.needsConfirmation && !options.allowLarge) {
    throw new VitrineError('space.confirm', space.sentence);
  }
  const { key, config, specs, weights, storage, bytes, cache } = plan;
  const entry = { name: config.name, source: checkpoint.path, weights: storage, expectedBytes: bytes };
  return cache.store(key, entry, async (folder) => {
    await writeWeights(join(folder, WEIGHTS_FILE), checkpoint, specs, weights, bytes, options);
    if (plan.bits !== undefined) await keepDifference(checkpoint, plan, folder, options);
  });
}

async function keepDifference(
  checkpoint: Checkpoint,
  { architecture, config, vocabulary, weights, exactSpecs }: Plan,
  weightsFolder: string,
  { measureDifference }: CompileOptions,
): Promise<void> {
  const specOf = new Map(exactSpecs.map((spec) => [spec.name, spec]));
  const difference = await measureDifference?.({
    config,
    vocabulary,
    weights,
    weightsFolder,
    graphs: encodeGraphs(architecture, config, weights),
    comparison: comparisonGraphs(architecture, config, weights),
    exactPieces: (name) => weightPieces(checkpoint, specOf.get(name) as WeightSpec),
  });
  if (difference) await writeDifference(weightsFolder, difference);
}

/** How a model was rounded, where it was. @param weightsFolder in which stands what was measured of that */
export async function approximationOf(
  checkpoint: Checkpoint,
  { bits, half, ownName }: Pick<Plan, 'bits' | 'half' | 'ownName'>,
  options: PlanOptions,
  weightsFolder: string,
): Promise<Approximation | undefined> {
  if (bits === undefined) return undefined;
  const madeOf = roundedAnew(checkpointSummary(checkpoint).types[0], options);
  return { of: ownName, bits, ...(half && { half }), madeOf, measured: await readDifference(weightsFolder) };
}

/** The blocks in which a file has most of its weights, where those are rounded once more. @param type in which it has them */
function roundedAnew(type: TensorType | undefined, { weights = 'auto' }: PlanOptions): TensorType | undefined {
  const isRounded = weights === 'q8_0' || weights === 'q4_0' || isHalf(weights);
  return isRounded && type && isPackedType(type) ? type : undefined;
}

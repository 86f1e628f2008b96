import { defaultModelPath } from '../../models/catalogue';
import { cacheFolder } from '../model/cache/folder';
import { type CompiledModel, compileModel } from '../model/compile';
import { hasAttention, kindOf, type ModelConfig } from '../model/config';
import { DECODER } from '../model/graphs/ports';
import { ALL_CAPABILITIES } from '../shared/capabilities';
import type { LayerInfo, Stage } from '../shared/engine-api';
import type { Progress } from '../shared/progress';
import type { AskedStorage, Provider } from '../shared/request-fields';
import { measureDifference } from './comparison/measure-difference';
import { LoadedModel } from './loaded-model';
import { BackgroundTrial } from './providers/background-trial';
import { modelKey } from './providers/remembered';
import { startSessions } from './providers/start-sessions';
import { Translators } from './tuned-lens';

/** For traces, keys and values, where nobody says. */
const MEMORY_LIMIT_BYTES = 500e6;

interface LoadRequest {
  path?: string | undefined;
  adapter?: string | undefined;
  adapterApart?: boolean | undefined;
  provider: Provider;
  threads?: number | undefined;
  contextLimit?: number | undefined;
  memoryLimitBytes?: number | undefined;
  cache: { folder?: string | undefined; limitBytes: number };
  weights: AskedStorage;
  allowLarge: boolean;
  tryProviders?: boolean | undefined;
}

/** Compiles a model where that was not done before, and makes it ready to read texts. */
export async function loadModel(
  {
    adapter,
    adapterApart,
    provider,
    threads,
    contextLimit,
    memoryLimitBytes = MEMORY_LIMIT_BYTES,
    weights,
    allowLarge,
    tryProviders,
    ...request
  }: LoadRequest,
  signal: AbortSignal,
  progress: (stage: Stage) => Progress,
): Promise<LoadedModel> {
  const path = request.path ?? defaultModelPath();
  const cache = { folder: request.cache.folder ?? cacheFolder(), limitBytes: request.cache.limitBytes };
  const whole = await compileModel(path, {
    adapter,
    adapterApart,
    cache,
    weights,
    allowLarge,
    signal,
    progress: progress('compile'),
    measureDifference: (models) => measureDifference(models, { signal, progress: progress('compare') }),
  });
  const compiled = limited(whole, contextLimit);
  const { approximation } = compiled;
  // Whoever has not waited for the comparison wants the model all the same.
  const isUncompared = approximation !== undefined && approximation.measured === undefined;
  if (!isUncompared) signal.throwIfAborted();
  const started = performance.now();
  progress('load')(0, 1);
  const { sessions, note, untried } = await startSessions(compiled, provider, { threads, cacheFolder: cache.folder });
  const { translators, note: lensNote } = await Translators.beside(path, compiled, sessions);
  const { config } = compiled;
  const info = {
    capabilities: ALL_CAPABILITIES,
    name: config.name,
    adapter: config.adapter,
    hasAdapterGain: compiled.hasAdapterGain,
    preferenceTraining: compiled.preferenceTraining,
    vocabularyName: config.vocabularyName ?? config.name,
    tunedLens: translators?.madeFor,
    notes: [...(config.notes ?? []), ...(lensNote ? [lensNote] : [])],
    sha256: compiled.sha256,
    architecture: config.architecture,
    languages: config.languages,
    parameters: compiled.anatomy.parameters,
    numHiddenLayers: config.numHiddenLayers,
    numAttentionHeads: config.numAttentionHeads,
    hiddenSize: config.hiddenSize,
    vocabSize: config.vocabSize,
    contextLength: config.contextLength,
    logitScale: compiled.architecture.logitScale?.(config),
    logitSoftcap: compiled.architecture.logitSoftcap?.(config),
    layers: layersOf(config, sessions.decoder.inputs.includes(DECODER.positions)),
    fileType: compiled.fileType,
    weights: compiled.storage,
    approximation,
    diskBytes: compiled.diskBytes,
    provider: sessions.provider,
    providerNote: note,
    compileSeconds: compiled.seconds,
    loadSeconds: (performance.now() - started) / 1000,
  };
  const trial =
    tryProviders && untried
      ? new BackgroundTrial(
          { path, adapter, adapterApart, threads, cache, weights: compiled.storage },
          modelKey(compiled),
        )
      : undefined;
  return new LoadedModel(compiled, sessions, info, memoryLimitBytes, trial, translators);
}

/** A layer without attention reads the tokens in their order. @param embedsPositions whether an embedding of the position is added to that of the token, so that every layer has it */
function layersOf(config: ModelConfig, embedsPositions: boolean): LayerInfo[] {
  return config.kindOfLayer.map((_, layer) => {
    const kind = kindOf(config, layer);
    const { slidingWindow, hasSinks = false, rope, experts } = kind;
    const attention = hasAttention(kind);
    const hasPositions = embedsPositions || rope !== undefined || !attention;
    return { attention, slidingWindow, hasSinks, hasPositions, experts };
  });
}

/** The graphs take a text of any length; how much is read is a matter of memory and time. */
function limited(model: CompiledModel, contextLimit: number = Number.POSITIVE_INFINITY): CompiledModel {
  const { config } = model;
  return { ...model, config: { ...config, contextLength: Math.min(config.contextLength, contextLimit) } };
}

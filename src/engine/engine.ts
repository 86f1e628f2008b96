import type { InferOutput } from 'valibot';
import { defaultModelPath } from '../../models/catalogue';
import { CompiledCache } from '../model/cache/compiled-cache';
import { cacheFolder } from '../model/cache/folder';
import { spaceToCompile } from '../model/compile';
import type { EngineApi, EngineEvents, Pass, Requests, requests, Stage, TraceInfo } from '../shared/engine-api';
import { type Sentence, sentence, VitrineError } from '../shared/errors';
import { continueText } from './continue';
import { ablateHeads } from './head-ablations';
import { headSummaries } from './head-summaries';
import { layerPattern } from './lenses/layer-pattern';
import { logitLens } from './lenses/logit-lens';
import { rollout } from './lenses/rollout';
import { loadModel } from './load';
import type { LoadedModel } from './loaded-model';
import { checkTokenIds, tokenizeForModel } from './model-text';
import { predictionsOf } from './predictions';
import { Tasks } from './tasks';
import { thumbnailsOf } from './thumbnails';
import { bytesOf, residualOf, type Trace } from './trace';
import { logprobsOf } from './unembed';

/** A request after validation, its defaults filled in. */
type Valid<M extends keyof Requests> = InferOutput<(typeof requests)[M]>;

/** Answers every request of the engine's API, one model at a time. Requests are valid in form; ranges are checked here. */
export class Engine {
  readonly #tasks = new Tasks();
  readonly #events: EngineEvents;
  #model: LoadedModel | undefined;

  constructor(events: EngineEvents) {
    this.#events = events;
  }

  load(request: Valid<'load'>): ReturnType<EngineApi['load']> {
    return this.#tasks.runCancellable(request.task, async (signal) => {
      // A model that cannot be loaded costs nobody the one in use.
      const next = await loadModel(request, signal, (stage) => this.#progress(request.task, stage));
      await this.#model?.release();
      this.#model = next;
      return next.info;
    });
  }

  space({ path, cache }: Valid<'space'>): ReturnType<EngineApi['space']> {
    return spaceToCompile(path ?? defaultModelPath(), {
      folder: cache.folder ?? cacheFolder(),
      limitBytes: cache.limitBytes,
    });
  }

  forward({ task, text, truncate, truncateStep, special, headMask }: Valid<'forward'>): Promise<TraceInfo> {
    return this.#tasks.runCancellable(task, async (signal) => {
      const model = this.#loaded();
      const read = tokenizeForModel(model.tokenizer, model.compiled, text, { special, truncate, truncateStep });
      return { ...read, ...(await this.#pass(model, read.ids, headMaskOf(model, headMask), task, signal)) };
    });
  }

  forwardTokens({ task, ids, headMask }: Valid<'forwardTokens'>): Promise<Pass> {
    return this.#tasks.runCancellable(task, async (signal) => {
      const model = this.#loaded();
      const read = checkTokenIds(model.tokenizer, model.compiled, ids);
      return this.#pass(model, read, headMaskOf(model, headMask), task, signal);
    });
  }

  score({ task, ids, headMask }: Valid<'score'>): ReturnType<EngineApi['score']> {
    return this.#tasks.runCancellable(task, async (signal) => {
      const model = this.#loaded();
      const read = checkTokenIds(model.tokenizer, model.compiled, ids);
      const progress = this.#progress(task, 'forward');
      const { trace } = await model.prefill.run(read, headMaskOf(model, headMask), { signal, progress });
      return predictionsOf(trace, 0, read.length, 0).logprob;
    });
  }

  headAblations({ task, trace, position, heads }: Valid<'headAblations'>): ReturnType<EngineApi['headAblations']> {
    return this.#tasks.runCancellable(task, async (signal) => {
      const { compiled, sessions } = this.#loaded();
      for (const { layer, head } of heads) this.#checkHead(layer, head);
      const read = this.#range(trace, position, position + 1);
      const progress = this.#progress(task, 'ablate');
      return ablateHeads(sessions, compiled, read, position, heads, { signal, progress });
    });
  }

  async predictions({ trace, from, to, topK }: Valid<'predictions'>): ReturnType<EngineApi['predictions']> {
    return predictionsOf(this.#range(trace, from, to), from, to, topK);
  }

  async heads({ trace }: Valid<'heads'>): ReturnType<EngineApi['heads']> {
    return headSummaries(this.#trace(trace), this.#loaded().compiled.config);
  }

  async thumbnails({ trace, size }: Valid<'thumbnails'>): ReturnType<EngineApi['thumbnails']> {
    return thumbnailsOf(this.#trace(trace), this.#loaded().compiled.config, size);
  }

  attention({ trace, layer, head, rows, size }: Valid<'attention'>): ReturnType<EngineApi['attention']> {
    return this.#tasks.run(async () => {
      const { from, to } = rows ?? { from: 0, to: this.#trace(trace).ids.length };
      this.#checkHead(layer, head ?? 0);
      const { attention } = this.#loaded();
      const read = this.#range(trace, from, to);
      return head === undefined
        ? layerPattern(attention, read, layer, { from, to }, size)
        : attention.pattern(read, layer, head, { from, to }, size);
    });
  }

  attentionOfQuery({ trace, query, ...heads }: Valid<'attentionOfQuery'>): ReturnType<EngineApi['attentionOfQuery']> {
    return this.#tasks.run(async () => {
      this.#checkHead(heads.layer ?? 0, heads.head ?? 0);
      return this.#loaded().attention.ofQuery(this.#range(trace, query, query + 1), query, heads);
    });
  }

  rollout({ task, trace, from, to }: Valid<'rollout'>): ReturnType<EngineApi['rollout']> {
    return this.#tasks.runCancellable(task, async (signal) => {
      const { attention, compiled } = this.#loaded();
      const progress = this.#progress(task, 'rollout');
      return rollout(attention, compiled.config, this.#range(trace, from, to), { from, to }, { signal, progress });
    });
  }

  logitLens({ trace, layers, from, to, topK }: Valid<'logitLens'>): ReturnType<EngineApi['logitLens']> {
    return this.#tasks.run(async () => {
      const { compiled, sessions } = this.#loaded();
      const all = Array.from({ length: compiled.config.numHiddenLayers + 1 }, (_, layer) => layer);
      for (const layer of layers ?? []) checkIndex(sentence`layer`, layer, all.length);
      return logitLens(
        sessions.unembedding,
        compiled.config,
        this.#range(trace, from, to),
        layers ?? all,
        from,
        to,
        topK,
      );
    });
  }

  distribution({ trace, position }: Valid<'distribution'>): ReturnType<EngineApi['distribution']> {
    return this.#tasks.run(() => {
      const { compiled, sessions } = this.#loaded();
      const residual = residualOf(
        this.#range(trace, position, position + 1),
        compiled.config.numHiddenLayers,
        position,
        position + 1,
      );
      return logprobsOf(sessions.unembedding, compiled.config, residual);
    });
  }

  continuation({ task, trace, count, sampling }: Valid<'continuation'>): ReturnType<EngineApi['continuation']> {
    return this.#tasks.runCancellable(task, async (signal) => {
      const model = this.#loaded();
      const { compiled, sessions, prefill, tokenizer } = model;
      const progress = this.#progress(task, 'continue');
      const request = { count, sampling, ends: compiled.endTokens };
      const drawn = await continueText(sessions, compiled.config, prefill, this.#trace(trace), request, {
        signal,
        progress,
      });
      const tokens = drawn.map(({ id, logprob }) => ({ id, text: tokenizer.tokenText(id), logprob }));
      return { text: tokenizer.decode(drawn.map(({ id }) => id)), tokens };
    });
  }

  async describe({ ids }: Valid<'describe'>): ReturnType<EngineApi['describe']> {
    const model = this.#loaded();
    return ids.map((id) => model.describe(id));
  }

  async vocabulary(): ReturnType<EngineApi['vocabulary']> {
    return this.#loaded().compiled.vocabulary;
  }

  async status(): ReturnType<EngineApi['status']> {
    const traces = this.#model?.traces;
    return {
      model: this.#model?.info,
      traces: traces?.size ?? 0,
      traceBytes: traces?.bytes ?? 0,
      cacheBytes: this.#model?.prefill.cache.bytes ?? 0,
      processBytes: process.memoryUsage.rss(),
    };
  }

  async compiledModels({ cache }: Valid<'compiledModels'>): ReturnType<EngineApi['compiledModels']> {
    const entries = await openCache(cache).entries();
    return entries.map(({ name, source, bytes }) => ({ name, source, bytes }));
  }

  clearCompiledModels({ cache }: Valid<'clearCompiledModels'>): ReturnType<EngineApi['clearCompiledModels']> {
    return openCache(cache).clear();
  }

  async cancel({ task }: Valid<'cancel'>): ReturnType<EngineApi['cancel']> {
    this.#tasks.cancel(task);
    return undefined;
  }

  async #pass(
    model: LoadedModel,
    ids: Uint32Array,
    headMask: Float32Array,
    task: number,
    signal: AbortSignal,
  ): Promise<Pass> {
    const started = performance.now();
    const { trace, reused } = await this.#read(model, ids, headMask, task, signal);
    const forwardSeconds = (performance.now() - started) / 1000;
    model.trial?.start();
    return { trace: trace.id, reused, forwardSeconds, bytes: bytesOf([trace]) };
  }

  async #read(model: LoadedModel, ids: Uint32Array, headMask: Float32Array, task: number, signal: AbortSignal) {
    const known = model.traces.find(ids, headMask);
    if (known) return { trace: known, reused: ids.length };
    const result = await model.prefill.run(ids, headMask, { signal, progress: this.#progress(task, 'forward') });
    model.traces.add(result.trace);
    return result;
  }

  #progress(task: number, stage: Stage) {
    return (done: number, total: number) => this.#events.progress({ task, stage, done, total });
  }

  #loaded(): LoadedModel {
    if (this.#model) return this.#model;
    throw new VitrineError('engine.noModel', sentence`No model is loaded. Choose one first.`);
  }

  #trace(id: number): Trace {
    return this.#loaded().traces.get(id);
  }

  #range(id: number, from: number, to: number): Trace {
    const trace = this.#trace(id);
    if (from < to && to <= trace.ids.length) return trace;
    throw new VitrineError(
      'request.range',
      sentence`The tokens ${from} to ${to} were asked for, and the text has ${trace.ids.length}. Ask for a range inside it.`,
    );
  }

  #checkHead(layer: number, head: number): void {
    const { config } = this.#loaded().compiled;
    checkIndex(sentence`layer`, layer, config.numHiddenLayers);
    checkIndex(sentence`head`, head, config.numAttentionHeads);
  }
}

function openCache({ folder = cacheFolder(), limitBytes }: Valid<'compiledModels'>['cache']): CompiledCache {
  return new CompiledCache(folder, limitBytes);
}

function headMaskOf({ compiled }: LoadedModel, changes: Valid<'forward'>['headMask']): Float32Array {
  const { numHiddenLayers, numAttentionHeads } = compiled.config;
  const headMask = new Float32Array(numHiddenLayers * numAttentionHeads).fill(1);
  for (const { layer, head, value } of changes) {
    checkIndex(sentence`layer`, layer, numHiddenLayers);
    checkIndex(sentence`head`, head, numAttentionHeads);
    headMask[layer * numAttentionHeads + head] = value;
  }
  return headMask;
}

function checkIndex(what: Sentence, index: number, count: number): void {
  if (index < count) return;
  throw new VitrineError(
    'request.range',
    sentence`There is no ${what} ${index}: this model's go from 0 to ${count - 1}.`,
  );
}

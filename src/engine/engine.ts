import { defaultModelPath } from '../../models/catalogue';
import { CompiledCache } from '../model/cache/compiled-cache';
import { cacheFolder } from '../model/cache/folder';
import { readModelChatTemplate } from '../model/checkpoint/model-chat-template';
import { spaceToCompile } from '../model/compile';
import type { SteeredModel } from '../model/control-vectors/control-vector';
import { readControlVector } from '../model/control-vectors/read';
import { writeControlVector } from '../model/control-vectors/write';
import type { Composition } from '../shared/composition-api';
import type { DistributionShare } from '../shared/difference-api';
import type { EngineEvents, Pass, Stage, TokenScores } from '../shared/engine-api';
import { sentence, VitrineError } from '../shared/errors';
import type { MachineLimits } from '../shared/part-times-api';
import type { Progress, Work } from '../shared/progress';
import type { RequestEntry } from '../shared/request-table';
import { type RequestName, type Responses, requests, type ValidRequests } from '../shared/requests';
import type { Undertrained } from '../shared/undertrained-api';
import type { Directions } from '../shared/why-api';
import { compositionOf } from '../tokenizer';
import { ownRows } from './difference/logit-rows';
import { shareRows } from './difference/share';
import { checkTexts, directionsOf } from './directions/directions';
import { readLast } from './directions/read-last';
import type { Interventions } from './interventions/interventions';
import { type AskedInterventions, checkSteering, resolveInterventions } from './interventions/resolve';
import { lenses } from './lenses';
import type { Lens, LensName } from './lenses/lens';
import { loadModel } from './load';
import type { LoadedModel } from './loaded-model';
import { bestOf, measureMachine } from './machine-limits';
import { type FileMatrix, type ModelSource, withMatrix } from './matrix/file-matrix';
import { matrixImage } from './matrix/matrix-image';
import { singularValues } from './matrix/singular-values';
import { weightBlock } from './matrix/weight-block';
import { checkTokenIds, ownTokens, tokenizeForModel } from './model-text';
import { predictionsOf } from './predictions';
import { Tasks } from './tasks';
import { bytesOf } from './trace';
import { traceGone } from './trace-store';
import { undertrainedOf } from './undertrained/undertrained';
import { verifyTokens } from './undertrained/verify';

/** What long work tells and heeds. */
interface Task {
  signal: AbortSignal;
  progress(stage: Stage): Progress;
}

/** The requests that no lens answers. */
type Own = {
  [M in Exclude<RequestName, LensName>]: (request: ValidRequests[M], task: Task) => Promise<Responses[M]>;
};

/** Answers every request of the engine's API, one model at a time. Requests are valid in form; ranges are checked here. */
export class Engine implements Own {
  readonly #tasks = new Tasks(() => this.#model?.rest());
  /** Texts that nobody waits for, one at a time: each of its runs waits for a turn among the tasks. */
  readonly #background = new Tasks(() => this.#model?.forgetBackground());
  readonly #events: EngineEvents;
  #model: LoadedModel | undefined;
  /** Where the model and what was made of it lie. */
  #source: ModelSource = { path: '', adapter: undefined };
  #share: Promise<DistributionShare> | undefined;
  #limits: Promise<MachineLimits> | undefined;

  constructor(events: EngineEvents) {
    this.#events = events;
  }

  /** @throws VitrineError in a sentence, AbortError where the request's task was cancelled */
  answer<M extends RequestName>(name: M, request: ValidRequests[M]): Promise<Responses[M]> {
    return this.#answer(name, request) as Promise<Responses[M]>;
  }

  /** The tables lose the connection between a name, its request and its answer. */
  async #answer(name: RequestName, request: object): Promise<unknown> {
    const lens = (lenses as Partial<Record<RequestName, Lens<RequestEntry>>>)[name];
    const own = this as unknown as Record<RequestName, (request: object, task: Task) => Promise<unknown>>;
    const work = (task: Task) => (lens ? this.#askLens(lens, request, task) : own[name](request, task));
    if ('isTask' in requests[name] && 'task' in request) {
      const task = request.task as number;
      const progress = (stage: Stage) => this.#progress(task, stage);
      const isInTurns = lens ? lens.runsGraph === 'inTurns' : IN_TURNS.has(name);
      const run = (signal: AbortSignal) => work({ signal, progress });
      return isInTurns ? this.#tasks.cancellable(task, run) : this.#tasks.runCancellable(task, run);
    }
    return lens?.runsGraph ? this.#tasks.run(() => work(NO_TASK)) : work(NO_TASK);
  }

  async load(request: ValidRequests['load'], { signal, progress }: Task): Promise<Responses['load']> {
    // A model that cannot be loaded costs nobody the one in use.
    const next = await loadModel(request, signal, progress);
    await this.#model?.release();
    this.#model = next;
    this.#source = { path: request.path ?? defaultModelPath(), adapter: request.adapter };
    return next.info;
  }

  space({ path, cache, ...asked }: ValidRequests['space']): Promise<Responses['space']> {
    const { folder = cacheFolder(), limitBytes } = cache;
    return spaceToCompile(path ?? defaultModelPath(), { ...asked, cache: { folder, limitBytes } });
  }

  async forward(request: ValidRequests['forward'], task: Task): Promise<Responses['forward']> {
    const model = this.#loaded();
    const read = tokenizeForModel(model.tokenizer, model.compiled, request.text, request);
    return { ...read, ...(await this.#pass(model, read.ids, request, task)) };
  }

  async forwardTokens(request: ValidRequests['forwardTokens'], task: Task): Promise<Pass> {
    const model = this.#loaded();
    return this.#pass(model, checkTokenIds(model.tokenizer, model.compiled, request.ids), request, task);
  }

  async score(request: ValidRequests['score'], { signal, progress }: Task): Promise<Float32Array> {
    const model = this.#loaded();
    const read = checkTokenIds(model.tokenizer, model.compiled, request.ids);
    const interventions = await resolveInterventions(model, request, read, signal);
    const task = { signal, progress: ownTokens(progress('forward'), read, model.tokenizer) };
    const { trace } = await model.prefill.run(read, interventions, task);
    model.limitMemory();
    return predictionsOf(trace, 0, read.length, 0).logprob;
  }

  scoreInBackground(request: ValidRequests['scoreInBackground'], { signal, progress }: Task): Promise<TokenScores> {
    return this.#background.run(async () => {
      const model = this.#loaded();
      const read = checkTokenIds(model.tokenizer, model.compiled, request.ids);
      const interventions = await resolveInterventions(model, request, read, signal);
      const work = { signal, progress: ownTokens(progress('forward'), read, model.tokenizer) };
      const { trace } = await model.background().run(read, interventions, work, (run) => this.#turnOf(model, run));
      model.limitMemory();
      const { logprob, topIdsAfter } = predictionsOf(trace, 0, read.length, 1);
      return { logprob, expected: Uint32Array.from(read, (_, i) => topIdsAfter[i - 1] ?? 0) };
    });
  }

  async describe({ ids }: ValidRequests['describe']): Promise<Responses['describe']> {
    const model = this.#loaded();
    return ids.map((id) => model.describe(id));
  }

  async directions(request: ValidRequests['directions'], { signal, progress }: Task): Promise<Directions> {
    const model = this.#loaded();
    const { positive, negative, method } = request;
    checkTexts(request);
    const task = { signal, progress: progress('forward') };
    const streams = await readLast(model, [...positive, ...negative], task);
    model.limitMemory();
    const of = (from: number, to: number) => streams.map((texts) => texts.slice(from, to));
    return directionsOf(of(0, positive.length), of(positive.length, positive.length + negative.length), method);
  }

  shareDistributions(): Promise<DistributionShare> {
    this.#share ??= shareRows((trace) => {
      const model = this.#loaded();
      return ownRows(model, model.traces.get(trace), (run) => this.#turnOf(model, run));
    });
    // Where there was no place for it, there may be one later.
    this.#share.catch(() => (this.#share = undefined));
    return this.#share;
  }

  releaseDecoder(): Promise<undefined> {
    return this.#tasks.run(async () => {
      await this.#loaded().releaseDecoder();
      return undefined;
    });
  }

  async chatTemplate(): Promise<Responses['chatTemplate']> {
    this.#loaded();
    return readModelChatTemplate(this.#source.path, this.#source.adapter);
  }

  async controlVector({ path }: ValidRequests['controlVector']): Promise<Responses['controlVector']> {
    return readControlVector(path, steeredModel(this.#loaded()));
  }

  async controlVectorFile({ values }: ValidRequests['controlVectorFile']): Promise<Responses['controlVectorFile']> {
    const model = steeredModel(this.#loaded());
    checkSteering(this.#loaded().compiled.config, values);
    return writeControlVector(values, model, model.families[0] as string);
  }

  async anatomy(): Promise<Responses['anatomy']> {
    return this.#loaded().compiled.anatomy;
  }

  matrixImage(request: ValidRequests['matrixImage'], task: Task): Promise<Responses['matrixImage']> {
    return this.#withMatrix(request, task, matrixImage);
  }

  singularValues(request: ValidRequests['singularValues'], task: Task): Promise<Responses['singularValues']> {
    return this.#withMatrix(request, task, singularValues);
  }

  async weightBlock(request: ValidRequests['weightBlock']): Promise<Responses['weightBlock']> {
    this.#loaded();
    return weightBlock(this.#source, request);
  }

  machineLimits({ again = false }: ValidRequests['machineLimits']): Promise<MachineLimits> {
    const tried = this.#limits;
    if (tried && !again) return tried;
    const trying = this.#tasks.run(async () => bestOf(await measureMachine(), await tried));
    this.#limits = trying;
    // What could not be measured may be later.
    trying.catch(() => (this.#limits = tried));
    return trying;
  }

  async composition(): Promise<Composition> {
    const { tokenizer, compiled } = this.#loaded();
    return compositionOf(tokenizer, compiled.config.vocabSize);
  }

  async undertrained({ indicator }: ValidRequests['undertrained'], { signal, progress }: Task): Promise<Undertrained> {
    return undertrainedOf(this.#loaded(), indicator, { signal, progress: progress('vocabulary') });
  }

  async verifyUndertrained({ ids }: ValidRequests['verifyUndertrained'], { signal, progress }: Task) {
    const model = this.#loaded();
    const verified = await verifyTokens(model, ids, { signal, progress: progress('vocabulary') });
    model.limitMemory();
    return verified;
  }

  async vocabulary(): Promise<Responses['vocabulary']> {
    return this.#loaded().compiled.vocabulary;
  }

  async status(): Promise<Responses['status']> {
    const model = this.#model;
    return {
      model: model?.info,
      traces: model?.traces.size ?? 0,
      traceBytes: model?.traceBytes ?? 0,
      cacheBytes: model?.prefill.cache.bytes ?? 0,
      memoryLimitBytes: model?.memoryLimitBytes ?? 0,
      processBytes: process.memoryUsage.rss(),
    };
  }

  async compiledModels({ cache }: ValidRequests['compiledModels']): Promise<Responses['compiledModels']> {
    const entries = await openCache(cache).entries();
    return entries.map(({ name, source, bytes }) => ({ name, source, bytes }));
  }

  clearCompiledModels({ cache }: ValidRequests['clearCompiledModels']): Promise<Responses['clearCompiledModels']> {
    return openCache(cache).clear();
  }

  async cancel({ task }: ValidRequests['cancel']): Promise<undefined> {
    this.#tasks.cancel(task);
  }

  async #withMatrix<T>(
    asked: { name: string; number: number },
    { signal, progress }: Task,
    work: (matrix: FileMatrix, work: Work) => Promise<T>,
  ): Promise<T> {
    this.#loaded();
    return withMatrix(this.#source, asked, (matrix) => work(matrix, { signal, progress: progress('matrix') }));
  }

  async #askLens(lens: Lens<RequestEntry>, request: object, task: Task): Promise<unknown> {
    const model = this.#loaded();
    const trace = model.traces.get((request as { trace: number }).trace);
    return lens.answer(request, { ...task, model, trace, turn: (run) => this.#turnOf(model, run) });
  }

  /** A run of a model, after all else that is at work: another may have been loaded by then. */
  #turnOf<T>(model: LoadedModel, run: () => Promise<T>): Promise<T> {
    return this.#tasks.run(async () => {
      if (model !== this.#model) throw traceGone();
      return run();
    });
  }

  async #pass(model: LoadedModel, ids: Uint32Array, asked: AskedInterventions, task: Task): Promise<Pass> {
    const interventions = await resolveInterventions(model, asked, ids, task.signal);
    const started = performance.now();
    const { trace, reused } = await this.#read(model, ids, interventions, task);
    const forwardSeconds = (performance.now() - started) / 1000;
    model.trial?.start();
    return { trace: trace.id, reused, forwardSeconds, bytes: bytesOf([trace]) };
  }

  async #read(model: LoadedModel, ids: Uint32Array, interventions: Interventions, { signal, progress }: Task) {
    const known = model.traces.find(ids, interventions);
    if (known) return { trace: known, reused: ids.length };
    const task = { signal, progress: ownTokens(progress('forward'), ids, model.tokenizer) };
    const result = await model.prefill.run(ids, interventions, task);
    model.keep(result.trace);
    return result;
  }

  #progress(task: number, stage: Stage): Progress {
    return (done, total) => this.#events.progress({ task, stage, done, total });
  }

  #loaded(): LoadedModel {
    if (this.#model) return this.#model;
    throw new VitrineError('engine.noModel', sentence`No model is loaded. Choose one first.`);
  }
}

/** Of the requests that no lens answers, those that wait for a turn by themselves, where they have something to run. */
const IN_TURNS: ReadonlySet<RequestName> = new Set(['scoreInBackground']);

/** Of short work: nobody follows or cancels it. */
const NO_TASK: Task = { signal: new AbortController().signal, progress: () => () => {} };

const steeredModel = ({ compiled: { architecture, config } }: LoadedModel): SteeredModel => ({
  ...config,
  families: [...architecture.names.gguf, ...architecture.names.huggingFace],
});

function openCache({ folder = cacheFolder(), limitBytes }: ValidRequests['compiledModels']['cache']): CompiledCache {
  return new CompiledCache(folder, limitBytes);
}

import * as v from 'valibot';
import { SERVED_ALTERNATIVES } from '../shared/alternatives';
import { absence, type Capability } from '../shared/capabilities';
import type { EngineEvents, Pass, Predictions, TokenDescription, TokenScores } from '../shared/engine-api';
import { sentence, VitrineError } from '../shared/errors';
import { NEEDED } from '../shared/needed-capabilities';
import type { Progress } from '../shared/progress';
import { type EngineApi, type RequestName, type Responses, requests, type ValidRequests } from '../shared/requests';
import type { VocabularySpecification } from '../shared/tokens';
import { compositionOf } from '../tokenizer';
import { checkTokenIds, ownTokens, tokensForModel } from '../tokenizer/model-text';
import { rowsOf } from './predictions';
import type { ServedModel } from './served-model';
import type { KnownVocabulary } from './served-tokenizer';
import { ServedTraces } from './served-traces';

export interface ServedEngineOptions {
  model: ServedModel;
  /** Ends everything that is under way. */
  signal: AbortSignal;
  onProgress?: EngineEvents['progress'] | undefined;
}

/** What is asked of models, answered by one that runs on a server: each request in the words of the engine's own. */
export function servedEngine(options: ServedEngineOptions): EngineApi {
  const engine = new ServedEngine(options);
  const names = Object.keys(requests) as RequestName[];
  const methods = names.map((name) => [name, async (request: unknown) => engine.answer(name, request)]);
  return Object.fromEntries(methods) as unknown as EngineApi;
}

type Changed = Pick<ValidRequests['forward'], 'headMask' | 'hidden' | 'patches' | 'steering' | 'adapterGain'>;

class ServedEngine {
  readonly #options: ServedEngineOptions;
  readonly #traces = new ServedTraces();
  readonly #running = new Map<number, AbortController>();

  constructor(options: ServedEngineOptions) {
    this.#options = options;
  }

  /** @throws VitrineError of `server.*`, `capability.*`, `text.*`, `trace.gone`, or `task.cancelled` */
  answer(name: RequestName, request: unknown): unknown {
    if (!(name in this)) throw this.#absent(NEEDED[name as keyof typeof NEEDED]);
    const method = this[name as keyof this] as (request: unknown) => unknown;
    return method.call(this, v.parse(requests[name].schema, request));
  }

  async forward(request: ValidRequests['forward']): Promise<Responses['forward']> {
    this.#refuseChanges(request);
    const { tokenizer } = this.#options.model;
    return this.#task(request.task, async (signal) => {
      const encoded = await tokenizer.encode(request.text, { special: request.special, signal });
      const read = tokensForModel(tokenizer, this.#limits(), encoded, request);
      return { ...read, ...(await this.#pass(read.ids, request.task, signal)) };
    });
  }

  async forwardTokens(request: ValidRequests['forwardTokens']): Promise<Pass> {
    this.#refuseChanges(request);
    const ids = this.#checked(request.ids);
    return this.#task(request.task, (signal) => this.#pass(ids, request.task, signal));
  }

  async predictions({ trace, from, to, topK }: ValidRequests['predictions']): Promise<Predictions> {
    const ids = this.#traces.idsOf(trace);
    const { model, signal } = this.#options;
    // What was read with the text is known; more alternatives are asked for, and nothing behind those that are wanted.
    const isKnown = topK <= SERVED_ALTERNATIVES;
    const asked = { signal, progress: () => {}, topK: isKnown ? SERVED_ALTERNATIVES : topK };
    const { predictions } = await model.predictions(isKnown ? ids : ids.subarray(0, to), asked);
    return rowsOf(predictions, from, to, Math.min(topK, predictions.topK));
  }

  async score(request: ValidRequests['score']): Promise<Float32Array> {
    return (await this.#score(request, false)).logprob;
  }

  async scoreInBackground(request: ValidRequests['scoreInBackground']): Promise<TokenScores> {
    return this.#score(request, true);
  }

  async continuation({ task, trace, count, sampling }: ValidRequests['continuation']) {
    const ids = this.#traces.idsOf(trace);
    return this.#task(task, (signal) => this.#options.model.continuation(ids, { count, sampling, signal }));
  }

  describe({ ids }: ValidRequests['describe']): Promise<TokenDescription[]> {
    const { model, signal } = this.#options;
    return model.tokenizer.describe(ids, signal);
  }

  composition(): Responses['composition'] {
    const { tokenizer } = this.#vocabulary();
    return compositionOf(tokenizer, tokenizer.size);
  }

  vocabulary(): VocabularySpecification {
    return this.#vocabulary().specification;
  }

  cancel({ task }: ValidRequests['cancel']): undefined {
    this.#running.get(task)?.abort();
  }

  #score(request: ValidRequests['score'], inBackground: boolean): Promise<TokenScores> {
    this.#refuseChanges(request);
    const ids = this.#checked(request.ids);
    return this.#task(request.task, (signal) =>
      this.#options.model.score(ids, { signal, progress: this.#progress(request.task, ids), inBackground }),
    );
  }

  async #pass(ids: Uint32Array, task: number, signal: AbortSignal): Promise<Pass> {
    const { model } = this.#options;
    // One that only goes on with texts is sent them when it is to.
    if (!model.capabilities.hasLogprobs) {
      return { trace: this.#traces.add(ids), reused: 0, forwardSeconds: 0, bytes: 0 };
    }
    const began = performance.now();
    const asked = { signal, progress: this.#progress(task, ids), topK: SERVED_ALTERNATIVES };
    const { windowStarts } = await model.predictions(ids, asked);
    const forwardSeconds = (performance.now() - began) / 1000;
    return { trace: this.#traces.add(ids), reused: 0, forwardSeconds, bytes: 0, windowStarts };
  }

  /** Work under a number, by which it is ended. */
  async #task<T>(task: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.#running.set(task, controller);
    try {
      return await work(AbortSignal.any([controller.signal, this.#options.signal]));
    } finally {
      this.#running.delete(task);
    }
  }

  #progress(task: number, ids: Uint32Array): Progress {
    const { model, onProgress } = this.#options;
    return ownTokens((done, total) => onProgress?.({ task, stage: 'forward', done, total }), ids, model.tokenizer);
  }

  #checked(ids: number[]): Uint32Array {
    return checkTokenIds(this.#options.model.vocabulary?.tokenizer, this.#limits(), ids);
  }

  /** @throws VitrineError `capability.absent` where only the server knows it */
  #vocabulary(): KnownVocabulary {
    const { vocabulary } = this.#options.model;
    if (vocabulary) return vocabulary;
    throw this.#absent('hasVocabulary');
  }

  #refuseChanges({ headMask, hidden, patches, steering, adapterGain }: Changed): void {
    const isChanged = headMask.length + hidden.length + patches.length > 0 || steering || adapterGain !== undefined;
    if (isChanged) throw this.#absent('hasInterventions');
  }

  /** @param capability undefined of what is a matter of this machine */
  #absent(capability: Capability | undefined): VitrineError {
    const { name } = this.#options.model;
    const text = capability
      ? absence(capability, name)
      : sentence`${name} runs on a server, and this is of models on this machine.`;
    return new VitrineError('capability.absent', text);
  }

  #limits() {
    const { name, contextLength, tokenizer } = this.#options.model;
    return { name, contextLength, vocabSize: tokenizer.size ?? Number.POSITIVE_INFINITY };
  }
}

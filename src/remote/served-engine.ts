import * as v from 'valibot';
import { absence, type Capability } from '../shared/capabilities';
import type { EngineEvents, Pass, Predictions, TokenDescription, TokenScores } from '../shared/engine-api';
import { sentence, VitrineError } from '../shared/errors';
import { NEEDED } from '../shared/needed-capabilities';
import type { Work } from '../shared/progress';
import { type EngineApi, type RequestName, type Responses, requests, type ValidRequests } from '../shared/requests';
import type { VocabularySpecification } from '../shared/tokens';
import { compositionOf, encodeInSlices, type Tokenizer } from '../tokenizer';
import { checkTokenIds, ownTokens, tokensForModel } from '../tokenizer/model-text';
import { rowsOf } from './predictions';
import type { ServedModel } from './served-model';
import { ServedTraces } from './served-traces';

export interface ServedEngineOptions {
  model: ServedModel;
  /** Ends everything that is under way. */
  signal: AbortSignal;
  onProgress?: EngineEvents['progress'] | undefined;
}

/** Alternatives that are read with a text: those that its colours and hovers take. */
const READ_ALTERNATIVES = 5;

/** Who has asked for more alternatives of a text asks for them of the next ones too, so many of which are read with them at once. */
const TEXTS_WITH_MORE = 3;

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
  readonly #tokenizer: Tokenizer;
  readonly #traces = new ServedTraces();
  readonly #running = new Map<number, AbortController>();
  #more = { topK: READ_ALTERNATIVES, texts: 0 };

  constructor(options: ServedEngineOptions) {
    this.#options = options;
    this.#tokenizer = options.model.vocabulary.tokenizer;
  }

  /** @throws VitrineError of `server.*`, `capability.*`, `text.*`, `trace.gone`, or `task.cancelled` */
  answer(name: RequestName, request: unknown): unknown {
    if (!(name in this)) throw this.#absent(NEEDED[name as keyof typeof NEEDED]);
    const method = this[name as keyof this] as (request: unknown) => unknown;
    return method.call(this, v.parse(requests[name].schema, request));
  }

  async forward(request: ValidRequests['forward']): Promise<Responses['forward']> {
    // Who asks may be the editor's thread, and a long text takes a while.
    const encoded = await encodeInSlices(this.#tokenizer, request.text, request);
    const read = tokensForModel(this.#tokenizer, this.#limits(), encoded, request);
    return { ...read, ...(await this.#pass(read.ids, request)) };
  }

  async forwardTokens(request: ValidRequests['forwardTokens']): Promise<Pass> {
    return this.#pass(checkTokenIds(this.#tokenizer, this.#limits(), request.ids), request);
  }

  async predictions({ trace, from, to, topK }: ValidRequests['predictions']): Promise<Predictions> {
    const ids = this.#traces.idsOf(trace);
    const { model, signal } = this.#options;
    // What was read with the text is known; more alternatives are asked for, and nothing behind those that are wanted.
    const isKnown = topK <= READ_ALTERNATIVES;
    if (!isKnown) this.#more = { topK, texts: TEXTS_WITH_MORE };
    const asked = { signal, progress: () => {}, topK: isKnown ? READ_ALTERNATIVES : topK };
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
    return this.#task(task, ids, ({ signal }) => this.#options.model.continuation(ids, { count, sampling, signal }));
  }

  describe({ ids }: ValidRequests['describe']): TokenDescription[] {
    const tokenizer = this.#tokenizer;
    return ids.map((id) => ({
      text: tokenizer.tokenText(id),
      bytes: Buffer.from(tokenizer.tokenBytes(id)).toString('hex'),
      control: tokenizer.isControl(id),
      // Which tokens end a text the server knows.
      ends: false,
    }));
  }

  composition(): Responses['composition'] {
    const tokenizer = this.#tokenizer;
    return compositionOf(tokenizer, tokenizer.size);
  }

  vocabulary(): VocabularySpecification {
    return this.#options.model.vocabulary.specification;
  }

  cancel({ task }: ValidRequests['cancel']): undefined {
    this.#running.get(task)?.abort();
  }

  #score(request: ValidRequests['score'], inBackground: boolean): Promise<TokenScores> {
    this.#refuseChanges(request);
    const ids = checkTokenIds(this.#tokenizer, this.#limits(), request.ids);
    return this.#task(request.task, ids, (work) => this.#options.model.score(ids, { ...work, inBackground }));
  }

  async #pass(ids: Uint32Array, request: Changed & { task: number }): Promise<Pass> {
    this.#refuseChanges(request);
    // One that only goes on with texts is sent them when it is to.
    if (!this.#options.model.capabilities.hasLogprobs) {
      return { trace: this.#traces.add(ids), reused: 0, forwardSeconds: 0, bytes: 0 };
    }
    const began = performance.now();
    const topK = this.#more.texts-- > 0 ? this.#more.topK : READ_ALTERNATIVES;
    const { windowStarts } = await this.#task(request.task, ids, (work) =>
      this.#options.model.predictions(ids, { ...work, topK }),
    );
    const forwardSeconds = (performance.now() - began) / 1000;
    return { trace: this.#traces.add(ids), reused: 0, forwardSeconds, bytes: 0, windowStarts };
  }

  /** Work under a number, by which its progress is told and it is ended. */
  async #task<T>(task: number, ids: Uint32Array, work: (work: Work) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.#running.set(task, controller);
    const tell = (done: number, total: number) => this.#options.onProgress?.({ task, stage: 'forward', done, total });
    try {
      const signal = AbortSignal.any([controller.signal, this.#options.signal]);
      return await work({ signal, progress: ownTokens(tell, ids, this.#tokenizer) });
    } finally {
      this.#running.delete(task);
    }
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
    const { name, contextLength } = this.#options.model;
    return { name, contextLength, vocabSize: this.#tokenizer.size };
  }
}

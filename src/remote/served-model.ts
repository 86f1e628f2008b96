import type { Capabilities } from '../shared/capabilities';
import type { Continuation, Predictions, TokenScores } from '../shared/engine-api';
import { sentence, VitrineError } from '../shared/errors';
import type { Work } from '../shared/progress';
import type { Tokenizer } from '../tokenizer';
import { type Connection, connect } from './connect';
import { type ContinuationRequest, continueText } from './continue-text';
import type { ModelServer } from './model-server';
import { predictionsOf, scoresOf } from './predictions';
import { isSameModel, type Proof, probe } from './probe';
import type { PromptScores } from './protocols/protocol';
import { readScores, type ServedReader, WINDOW_TOKENS } from './read-scores';
import { textOf } from './served-text';
import { WindowMemory } from './window-memory';

/** After so many milliseconds without an answer a server is tried again: it may have been started anew with another model. */
const PROOF_AGE = 60_000;

type Asked = Pick<ContinuationRequest, 'count' | 'sampling' | 'signal'>;

/** A model that runs on a server, which was tried before, and is again after every silence and failure. */
export class ServedModel {
  readonly #connection: Connection;
  readonly #tokenizer: Tokenizer;
  readonly #memory = new WindowMemory();
  /** When the server last answered as it should. */
  #proven = performance.now();

  private constructor(connection: Connection, tokenizer: Tokenizer) {
    this.#connection = connection;
    this.#tokenizer = tokenizer;
  }

  /** @param name of the model; may be left out where the server has one only. @throws VitrineError of `server.*` */
  static async connect(
    server: ModelServer,
    name: string | undefined,
    tokenizer: Tokenizer,
    signal: AbortSignal,
  ): Promise<ServedModel> {
    return new ServedModel(await connect(server, name, tokenizer, signal), tokenizer);
  }

  /** As the server has it. */
  get name(): string {
    return this.#connection.model.name;
  }

  /** Tokens of a text that it reads at most, of its context all but the one that it writes. Where the server does not say, as many as are read at once. */
  get contextLength(): number {
    return (this.#connection.model.contextLength ?? WINDOW_TOKENS + 1) - 1;
  }

  get capabilities(): Capabilities {
    return this.#connection.capabilities;
  }

  /** What the model thinks of each of some tokens, which are taken as they are. @throws VitrineError of `server.*`, `task.cancelled` */
  async predictions(ids: Uint32Array, { topK, ...work }: Work & { topK: number }): Promise<Predictions> {
    const most = Math.min(topK, this.capabilities.mostAlternatives);
    return predictionsOf(await this.#read(ids, { ...work, topK: most }), most);
  }

  /** The same, to know only how probable the tokens are, and which one was the most probable. */
  async score(ids: Uint32Array, work: Work): Promise<TokenScores> {
    return scoresOf(await this.#read(ids, { ...work, topK: 1 }));
  }

  /** How the model goes on with some tokens: at most so many more. */
  async continuation(ids: Uint32Array, { count, sampling, signal }: Asked): Promise<Continuation> {
    const { server, model, about } = this.#connection;
    // A server that has not been tried with ids may take none, and writes what it wants before every text itself.
    const prompt = 'proof' in about ? ids : textOf(this.#tokenizer, ids);
    return continueText(server, this.#tokenizer, { model: model.name, prompt, count, sampling, signal });
  }

  async #read(ids: Uint32Array, work: Work & { topK: number }): Promise<PromptScores> {
    const { server, model, about } = this.#connection;
    if ('onlyContinues' in about) throw new VitrineError('server.outputOnly', about.onlyContinues);
    const reader: ServedReader = {
      server,
      protocol: about.protocol,
      model: model.name,
      tokenizer: this.#tokenizer,
      windowTokens: Math.max(2, Math.min(WINDOW_TOKENS, this.contextLength)),
      memory: this.#memory,
    };
    if (performance.now() - this.#proven > PROOF_AGE) await this.#prove(reader, about.proof, work.signal);
    try {
      const scores = await readScores(reader, ids, work);
      this.#proven = performance.now();
      return scores;
    } catch (error) {
      const isCancelled = error instanceof VitrineError && error.code === 'task.cancelled';
      if (!isCancelled) this.#proven = Number.NEGATIVE_INFINITY;
      throw error;
    }
  }

  /** @throws VitrineError `server.changed` where another model answers than the one that was connected */
  async #prove(reader: ServedReader, before: Proof, signal: AbortSignal): Promise<void> {
    const { logprobs } = await probe(reader, signal);
    if (isSameModel(logprobs, before.logprobs)) return;
    throw new VitrineError(
      'server.changed',
      sentence`${reader.server.host} has another model than before under the name ${reader.model}. Connect to it again: nothing that was read before is of this one.`,
    );
  }
}

import type { Capabilities } from '../shared/capabilities';
import type { Continuation, Predictions, ServerInfo, TokenScores } from '../shared/engine-api';
import { sentence, VitrineError } from '../shared/errors';
import type { Work } from '../shared/progress';
import type { Tokenizer } from '../tokenizer';
import { type AskedScores, askScores, type Served } from './ask-scores';
import { type Connection, connect, type TokenizerOf } from './connect';
import { type ContinuationRequest, continueText } from './continue-text';
import type { ModelServer } from './model-server';
import { predictionsOf, scoresOf } from './predictions';
import { isSameModel, knownLogprobs, type Proof } from './probe';
import type { PromptScores } from './protocols/protocol';
import { readScores, type ServedReader, WINDOW_TOKENS } from './read-scores';
import { textOf } from './served-text';
import { WindowMemory } from './window-memory';

/**
 * A server that has not answered for so many milliseconds may have been started anew, and behind one name others may take its
 * place at any time: then it has to show again that its model is the same.
 */
const SILENCE = 5000;
const PROOF_AGE = 60_000;

type Asked = Pick<ContinuationRequest, 'count' | 'sampling' | 'signal'>;

/** A model that runs on a server, which was tried before, and is again after every silence and failure, and now and then. */
export class ServedModel {
  readonly #connection: Connection;
  readonly #memory = new WindowMemory();
  /** When the server last answered as it should, and when it last showed that it has the same model. */
  #answered = performance.now();
  #proven = performance.now();

  private constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** @param name of the model; may be left out where the server has one only. @throws VitrineError of `server.*` */
  static async connect(
    server: ModelServer,
    name: string | undefined,
    tokenizerOf: TokenizerOf,
    signal: AbortSignal,
  ): Promise<ServedModel> {
    return new ServedModel(await connect(server, name, tokenizerOf, signal));
  }

  /** As the server has it. */
  get name(): string {
    return this.#connection.model.name;
  }

  /** Tokens of a text that it reads at most, of its context all but the one that it writes. Where the server does not say, as many as are read at once. */
  get contextLength(): number {
    return (this.#connection.model.contextLength ?? WINDOW_TOKENS + 1) - 1;
  }

  get tokenizer(): Tokenizer {
    return this.#connection.tokenizer;
  }

  get capabilities(): Capabilities {
    return this.#connection.capabilities;
  }

  /** Where it runs. */
  get server(): ServerInfo {
    const { server, about } = this.#connection;
    const protocol = 'protocol' in about ? about.protocol : undefined;
    return {
      host: server.host,
      kind: 'name' in about ? about.name : about.protocol.name,
      windowTokens: WINDOW_TOKENS,
      isIncremental: protocol?.isIncremental ?? false,
    };
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
    const prompt = 'proof' in about ? ids : textOf(this.#connection.tokenizer, ids);
    return continueText(server, this.#connection.tokenizer, { model: model.name, prompt, count, sampling, signal });
  }

  async #read(ids: Uint32Array, work: Work & { topK: number }): Promise<PromptScores> {
    const { server, model, about } = this.#connection;
    if ('why' in about) throw new VitrineError('server.outputOnly', about.why);
    const served = { server, protocol: about.protocol, model: model.name, tokenizer: this.#connection.tokenizer };
    const reader: ServedReader = {
      protocol: about.protocol,
      tokenizer: this.#connection.tokenizer,
      windowTokens: Math.max(2, Math.min(WINDOW_TOKENS, this.contextLength)),
      memory: this.#memory,
      ask: (asked) => this.#ask(served, about.proof, asked),
    };
    return readScores(reader, ids, work);
  }

  async #ask(served: Served, before: Proof, asked: AskedScores): Promise<PromptScores> {
    try {
      if (this.#isInDoubt()) await this.#prove(served, before, asked.signal);
      const scores = await askScores(served, asked);
      this.#answered = performance.now();
      return scores;
    } catch (error) {
      const isCancelled = error instanceof VitrineError && error.code === 'task.cancelled';
      if (!isCancelled) this.#answered = Number.NEGATIVE_INFINITY;
      throw error;
    }
  }

  #isInDoubt(): boolean {
    const now = performance.now();
    return now - this.#answered > SILENCE || now - this.#proven > PROOF_AGE;
  }

  /** @throws VitrineError `server.changed` where another model answers than the one that was connected */
  async #prove(served: Served, before: Proof, signal: AbortSignal): Promise<void> {
    if (isSameModel(await knownLogprobs(served, signal), before.logprobs)) {
      this.#proven = performance.now();
      return;
    }
    throw new VitrineError(
      'server.changed',
      sentence`${served.server.host} has another model than before under the name ${served.model}. Connect to it again: nothing that was read before is of this one.`,
    );
  }
}

import type { Capabilities } from '../shared/capabilities';
import type { Continuation, ServerInfo, TokenScores } from '../shared/engine-api';
import { type Sentence, VitrineError } from '../shared/errors';
import type { Work } from '../shared/progress';
import { AnswerThread } from './answer-thread';
import { type AskedScores, askScores, type Served } from './ask-scores';
import { type Connection, connect, findModel, type Wanted } from './connect';
import { type ContinuationRequest, continueText } from './continue-text';
import type { Fingerprint } from './identity';
import { scoresOf } from './predictions';
import { fewestAlternatives, isSameModel, knownLogprobs, type Proof } from './probe';
import type { ServedAnswer } from './read-answer';
import { type ReadText, readText, type ServedReader, type TextWork, WINDOW_TOKENS } from './read-text';
import { changed, fewerAlternatives } from './refusals';
import type { KnownVocabulary, ServedTokenizer } from './served-tokenizer';
import { WindowMemory } from './window-memory';

/**
 * A server that has not answered for so many milliseconds may have been started anew, and behind one name others may take its
 * place at any time: then it has to show again that its model is the same.
 */
const SILENCE = 5000;
const PROOF_AGE = 60_000;

type Asked = Pick<ContinuationRequest, 'count' | 'sampling' | 'signal'>;

/** @param windowTokens that are read at once, where somebody has said how many */
export type WantedModel = Wanted & { windowTokens?: number | undefined };

/** A model that runs on a server, which was tried before, and is again after every silence and failure, and now and then. */
export class ServedModel {
  readonly #connection: Connection;
  readonly #answers: AnswerThread;
  readonly #windowTokens: number;
  /** Tokens of a text that it reads at most, of its context all but the one that it writes. Where the server does not say, as many as are read at once. */
  readonly contextLength: number;
  readonly #memory = new WindowMemory();
  /** When the server last answered as it should, and when it last showed that it has the same model. */
  #answered = performance.now();
  #proven = performance.now();

  private constructor(connection: Connection, answers: AnswerThread, windowTokens = WINDOW_TOKENS) {
    this.#connection = connection;
    this.#answers = answers;
    this.contextLength = (connection.model.contextLength ?? windowTokens + 1) - 1;
    this.#windowTokens = Math.max(2, Math.min(windowTokens, this.contextLength));
  }

  /** @throws VitrineError of `server.*`, or `task.cancelled` */
  static async connect(wanted: WantedModel, signal: AbortSignal): Promise<ServedModel> {
    const answers = new AnswerThread();
    try {
      return new ServedModel(await connect(wanted, answers, signal), answers, wanted.windowTokens);
    } catch (error) {
      answers.end();
      throw error;
    }
  }

  /** As the server has it. */
  get name(): string {
    return this.#connection.model.name;
  }

  /** Makes tokens of texts, and texts of tokens. */
  get tokenizer(): ServedTokenizer {
    return this.#connection.tokenizer;
  }

  /** Undefined where the server makes the tokens of texts. */
  get vocabulary(): KnownVocabulary | undefined {
    return this.#connection.vocabulary;
  }

  /** By what it is known again. */
  get fingerprint(): Fingerprint {
    const { server, model, about } = this.#connection;
    return {
      address: server.address,
      name: this.name,
      root: model.root,
      logprobs: 'proof' in about ? about.proof.logprobs : [],
    };
  }

  get capabilities(): Capabilities {
    return this.#connection.capabilities;
  }

  /** Why it only goes on with texts, where that is all it does. */
  get notes(): readonly Sentence[] {
    const { about } = this.#connection;
    return 'why' in about ? [about.why] : [];
  }

  /** Where it runs. */
  get server(): ServerInfo {
    const { server, about } = this.#connection;
    const protocol = 'protocol' in about ? about.protocol : undefined;
    return {
      host: server.host,
      kind: 'name' in about ? about.name : about.protocol.name,
      windowTokens: this.#windowTokens,
      isIncremental: protocol?.isIncremental ?? false,
    };
  }

  /** What the model thinks of each of some tokens, which are taken as they are. @throws VitrineError of `server.*`, `task.cancelled` */
  predictions(ids: Uint32Array, work: Work & { topK: number }): Promise<ReadText> {
    return this.#read(ids, work, this.#memory);
  }

  /** The same, to know only how probable the tokens are, and which one was the most probable. @param work says whether nobody waits for it */
  async score(ids: Uint32Array, work: Work & { inBackground: boolean }): Promise<TokenScores> {
    // What is read so is many texts, once each: those that somebody looks at would be forgotten for them.
    const { predictions } = await this.#read(ids, { ...work, topK: 1 }, new WindowMemory());
    return scoresOf(predictions);
  }

  /** How the model goes on with some tokens: at most so many more. */
  async continuation(ids: Uint32Array, { count, sampling, signal }: Asked): Promise<Continuation> {
    const { server, model, tokenizer, about } = this.#connection;
    // A server that has not been tried with ids may take none, and writes what it wants before every text itself.
    const prompt = 'proof' in about ? ids : await tokenizer.decode(ids, signal);
    return continueText(server, tokenizer, { model: model.name, prompt, count, sampling, signal });
  }

  /** Nothing is asked of it any more. */
  end(): void {
    this.#answers.end();
  }

  async #read(ids: Uint32Array, work: TextWork, memory: WindowMemory): Promise<ReadText> {
    const { server, model, tokenizer, about } = this.#connection;
    if ('why' in about) throw new VitrineError('server.outputOnly', about.why);
    const { protocol, proof } = about;
    const served = { server, protocol, model, tokenizer, answers: this.#answers };
    const reader: ServedReader = {
      protocol,
      tokenizer,
      windowTokens: this.#windowTokens,
      memory,
      ask: (asked) => this.#ask(served, proof, asked),
    };
    return readText(reader, ids, { ...work, topK: Math.min(work.topK, this.capabilities.mostAlternatives) });
  }

  async #ask(served: Served, before: Proof, asked: AskedScores): Promise<ServedAnswer> {
    try {
      if (this.#isInDoubt()) await this.#prove(served, before, asked);
      const answer = await askScores(served, asked);
      if (fewestAlternatives(answer) < asked.topK) throw fewerAlternatives(served.server);
      this.#answered = performance.now();
      return answer;
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
  async #prove(served: Served, before: Proof, { signal, inBackground }: AskedScores): Promise<void> {
    const [{ model }, logprobs] = await Promise.all([
      findModel(served.server, served.model.name, signal),
      knownLogprobs(served, { signal, inBackground }),
    ]);
    if (model.root === this.#connection.model.root && isSameModel(logprobs, before.logprobs)) {
      this.#proven = performance.now();
      return;
    }
    throw changed(served.server, served.model.name);
  }
}

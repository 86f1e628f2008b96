import type { CompiledModel } from '../model/compile';
import type { ModelInfo, TokenDescription } from '../shared/engine-api';
import { createTokenizer, type Tokenizer } from '../tokenizer';
import { AttentionPatterns } from './attention/attention-patterns';
import { collectGarbageSoon } from './collect-garbage';
import { Prefill } from './prefill';
import type { BackgroundTrial } from './providers/background-trial';
import { type Sessions, sessionsOf } from './sessions';
import { streamsFit } from './streams-room';
import { bytesOf, type Trace } from './trace';
import { TraceStore } from './trace-store';
import type { Translators } from './tuned-lens';

/** Of the limit, what traces may take of it while nothing is asked: whoever comes back finds the texts used last. */
const RESTING_SHARE = 0.25;

/** A model in use: its sessions, its tokenizer, and what it has read. */
export class LoadedModel {
  readonly tokenizer: Tokenizer;
  readonly prefill: Prefill;
  readonly attention: AttentionPatterns;
  readonly traces = new TraceStore();
  #background: Prefill | undefined;

  constructor(
    readonly compiled: CompiledModel,
    readonly sessions: Sessions,
    readonly info: ModelInfo,
    /** For traces, keys and values. */
    readonly memoryLimitBytes: number,
    /** Where it is still to be found out what the model runs on best. */
    readonly trial: BackgroundTrial | undefined,
    /** Of the tuned lens that lies beside the model. */
    readonly translators: Translators | undefined,
  ) {
    this.tokenizer = createTokenizer(compiled.vocabulary);
    this.prefill = new Prefill(sessions, compiled, (bytes) => streamsFit(bytes, memoryLimitBytes));
    this.attention = new AttentionPatterns(sessions, compiled);
  }

  /** Memory of what was read: all traces, and the text whose keys and values are at hand, which may have left none. */
  get traceBytes(): number {
    return bytesOf([...this.traces, ...this.prefill.traces]);
  }

  /** Reads what nobody waits for: the text that somebody looks at stays at hand. Of residual streams it keeps the last. */
  background(): Prefill {
    this.#background ??= new Prefill(this.sessions, this.compiled, async () => false);
    return this.#background;
  }

  /** Lets go of what was read last of what nobody waits for. */
  forgetBackground(): void {
    this.#background = undefined;
    collectGarbageSoon();
  }

  keep(trace: Trace): void {
    this.traces.add(trace);
    const background = this.#background?.cache.bytes ?? 0;
    // A large text needs the room of what nobody waits for.
    if (bytesOf([trace]) + this.prefill.cache.bytes + background > this.memoryLimitBytes) this.forgetBackground();
    this.limitMemory();
  }

  /** Lets go of traces where all that was read takes too much memory. */
  limitMemory(): void {
    this.#limitTo(this.memoryLimitBytes);
  }

  /** Gives back what only saves time, where nobody has asked for anything for a while. */
  rest(): void {
    this.prefill.cache.trim();
    this.#limitTo(RESTING_SHARE * this.memoryLimitBytes);
    collectGarbageSoon();
  }

  #limitTo(bytes: number): void {
    let isChanged = false;
    while (this.traceBytes + this.prefill.cache.bytes > bytes && this.traces.dropOldest()) isChanged = true;
    if (isChanged) collectGarbageSoon();
  }

  /**
   * Frees all but the traces and what gives their distributions, for another model to have the memory. What is freed is there
   * again as soon as it is run.
   */
  async releaseDecoder(): Promise<void> {
    this.trial?.stop();
    this.prefill.forget();
    for (const session of sessionsOf(this.sessions)) {
      if (session !== this.sessions.unembedding) await session.rest();
    }
    collectGarbageSoon();
  }

  /** Ends what it does in the background and frees its memory. */
  async release(): Promise<void> {
    this.trial?.stop();
    await this.translators?.release();
    for (const session of sessionsOf(this.sessions)) await session.release();
  }

  describe(id: number): TokenDescription {
    return {
      text: this.tokenizer.tokenText(id),
      bytes: Buffer.from(this.tokenizer.tokenBytes(id)).toString('hex'),
      control: this.tokenizer.isControl(id),
      ends: this.compiled.endTokens.has(id),
    };
  }
}

import type { CompiledModel } from '../model/compile';
import type { ModelInfo, TokenDescription } from '../shared/engine-api';
import { createTokenizer, type Tokenizer } from '../tokenizer';
import { AttentionPatterns } from './attention/attention-patterns';
import { Prefill } from './prefill';
import type { BackgroundTrial } from './providers/background-trial';
import { type Sessions, sessionsOf } from './sessions';
import { TraceStore } from './trace-store';

/** A model in use: its sessions, its tokenizer, and what it has read. */
export class LoadedModel {
  readonly tokenizer: Tokenizer;
  readonly prefill: Prefill;
  readonly attention: AttentionPatterns;
  readonly traces = new TraceStore();

  constructor(
    readonly compiled: CompiledModel,
    readonly sessions: Sessions,
    readonly info: ModelInfo,
    /** Where it is still to be found out what the model runs on best. */
    readonly trial: BackgroundTrial | undefined,
  ) {
    this.tokenizer = createTokenizer(compiled.vocabulary);
    this.prefill = new Prefill(sessions, compiled.config);
    this.attention = new AttentionPatterns(sessions, compiled);
  }

  /** Ends what it does in the background and frees its memory. */
  async release(): Promise<void> {
    this.trial?.stop();
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

import type { ModelAnatomy } from '../../shared/anatomy-api';
import type { ChatTemplate } from '../../shared/chat';
import type { Predictions } from '../../shared/engine-api';
import type { HeadAddress } from '../../shared/head-address';
import type { EngineApi } from '../../shared/requests';
import type { Tokenizer } from '../../tokenizer';
import type { Translate } from '../translate';
import { tokenLabel } from '../visible-token';

/** A text as the model has read it, alone. */
export interface ReadText extends Predictions {
  trace: number;
  ids: Uint32Array;
  /** Its tokens as a person sees them: `·cheese`. */
  labels: string[];
}

/** Whom the questions of a lesson ask. */
export interface LessonModelParts {
  engine: Pick<
    EngineApi,
    'anatomy' | 'attentionOfQuery' | 'distribution' | 'heads' | 'logitLens' | 'predictions' | 'why'
  >;
  /** Of the model. */
  tokenizer(): Promise<Tokenizer>;
  chatTemplate(): Promise<ChatTemplate>;
  forward(text: string): Promise<{ trace: number; ids: Uint32Array }>;
  t: Translate;
}

/** The model that runs, as far as questions ask it. */
export class LessonModel {
  readonly engine: LessonModelParts['engine'];
  readonly #parts: LessonModelParts;

  constructor(parts: LessonModelParts) {
    this.engine = parts.engine;
    this.#parts = parts;
  }

  tokenizer(): Promise<Tokenizer> {
    return this.#parts.tokenizer();
  }

  chatTemplate(): Promise<ChatTemplate> {
    return this.#parts.chatTemplate();
  }

  anatomy(): Promise<ModelAnatomy> {
    return this.engine.anatomy({});
  }

  /** The tokens of a text, which needs no engine. */
  async tokens(text: string): Promise<{ ids: number[]; labels: string[] }> {
    const tokenizer = await this.tokenizer();
    const ids = Array.from(tokenizer.encode(text, { special: true }).ids);
    return { ids, labels: ids.map((id) => this.#label(tokenizer, id)) };
  }

  async label(id: number): Promise<string> {
    return this.#label(await this.tokenizer(), id);
  }

  async read(text: string): Promise<ReadText> {
    const { trace, ids } = await this.#parts.forward(text);
    const predictions = await this.engine.predictions({ trace, from: 0, to: ids.length });
    const tokenizer = await this.tokenizer();
    return { ...predictions, trace, ids, labels: Array.from(ids, (id) => this.#label(tokenizer, id)) };
  }

  /** Natural logarithm of the probability of a text, without its first token. */
  async logprobOf(text: string): Promise<number> {
    const { logprob } = await this.read(text);
    return logprob.subarray(1).reduce((sum, one) => sum + one, 0);
  }

  /** The most probable of texts that are each read alone, and by how many nats before the least probable. */
  async mostProbable(texts: readonly string[]): Promise<{ text: string; lead: number }> {
    const logprobs: number[] = [];
    for (const text of texts) logprobs.push(await this.logprobOf(text));
    const most = Math.max(...logprobs);
    return { text: texts[logprobs.indexOf(most)] ?? '', lead: most - Math.min(...logprobs) };
  }

  /** The head that gives most of the last token's attention to what followed its earlier copy. @returns undefined where no token has one */
  async inductionHead({
    trace,
    ids,
  }: Pick<ReadText, 'trace' | 'ids'>): Promise<(HeadAddress & { at: number }) | undefined> {
    const query = ids.length - 1;
    const at = ids.lastIndexOf(ids[query] ?? -1, query - 1) + 1;
    if (at === 0) return undefined;
    const heads = await this.engine.heads({ trace });
    const weights = await this.engine.attentionOfQuery({ trace, query });
    const weightOf = (i: number) => weights[i * (query + 1) + at] ?? 0;
    const best = heads.reduce((most, _, i) => (weightOf(i) > weightOf(most) ? i : most), 0);
    const head = heads[best];
    return head && { layer: head.layer, head: head.head, at };
  }

  #label(tokenizer: Tokenizer, id: number): string {
    return tokenLabel(tokenizer, id, this.#parts.t);
  }
}

/** The most probable tokens after a position, the first first. */
export function nextTokens({ topIdsAfter, topLogprobsAfter, topK }: Predictions, position: number) {
  return Array.from(topIdsAfter.subarray(position * topK, (position + 1) * topK), (id, i) => ({
    id,
    logprob: topLogprobsAfter[position * topK + i] ?? Number.NEGATIVE_INFINITY,
  }));
}

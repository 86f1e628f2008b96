import type * as vscode from 'vscode';
import { type Alignment, align } from '../../comparison/align';
import { type ReadTokens, tokensWithin } from '../../comparison/read-tokens';
import type { ComparedText, SharedSpan, TokenDifferences } from '../../shared/difference-api';
import type { ForwardPass } from '../readings/passes';
import { type ComparedVocabularies, VocabulariesOfModels } from './compared-vocabularies';
import type { ComparedModel, Comparison } from './comparison';
import { nothingCompared } from './nothing-compared';
import { chatPrompt, type Prompt, plainPrompt } from './prompt';

/** Texts of which it is kept what differs: those of a few editors and of the inspector. */
const MOST_KNOWN = 6;

export type Began = (task: number) => void;

/** Has both models read a text, and says what differs. One text after another: two models that take turns have memory for one. */
export class Comparer implements vscode.Disposable {
  readonly #comparison: Comparison;
  readonly #vocabularies = new VocabulariesOfModels();
  /** What was compared last, by what it was compared with. */
  readonly #known = new Map<string, ComparedText>();
  #latest: Promise<unknown> = Promise.resolve();

  constructor(comparison: Comparison) {
    this.#comparison = comparison;
  }

  /** A text, as each of both is given it by what is compared. @param began told of each task of an engine */
  async compare(text: string, token: vscode.CancellationToken, began: Began): Promise<ComparedText> {
    const { a, b } = this.#models();
    const isChat = this.#comparison.choice?.kind === 'chatTemplate';
    const prompts = async () => ({
      a: plainPrompt(text),
      b: isChat ? await chatPrompt(b, [['user', text]]) : plainPrompt(text),
    });
    return this.#inTurn(async () => {
      await this.#comparison.prepare();
      const key = `${this.#comparison.revision} ${text}`;
      const known = this.#known.get(key);
      if (known) return known;
      const compared = await this.#compare(text, await prompts(), { a, b }, token, began);
      this.#keep(key, compared);
      return compared;
    });
  }

  /** An answer to a prompt, under each model's chat template or as the text goes on. The text that is compared is the answer. */
  async compareAnswer(
    prompt: string,
    answer: string,
    isChat: boolean,
    token: vscode.CancellationToken,
    began: Began,
  ): Promise<ComparedText> {
    const { a, b } = this.#models();
    const promptOf = (model: ComparedModel): Promise<Prompt> | Prompt =>
      isChat
        ? chatPrompt(model, [
            ['user', prompt],
            ['assistant', answer],
          ])
        : { text: prompt + answer, content: { start: prompt.length, end: prompt.length + answer.length }, skipped: 0 };
    return this.#inTurn(async () => {
      await this.#comparison.prepare();
      return this.#compare(answer, { a: await promptOf(a), b: await promptOf(b) }, { a, b }, token, began);
    });
  }

  /** Whether a token of one is the same token to the other. */
  async sameVocabulary(): Promise<boolean> {
    const { a, b } = this.#models();
    const loadedBy = async ({ host }: ComparedModel) => ({ model: await host.run(async ({ model }) => model) });
    const { isSame } = await this.#vocabularies.of(a, b, { a: await loadedBy(a), b: await loadedBy(b) });
    return isSame;
  }

  dispose(): void {
    this.#known.clear();
  }

  #keep(key: string, compared: ComparedText): void {
    this.#known.set(key, compared);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST_KNOWN && oldest !== undefined) this.#known.delete(oldest);
  }

  #models(): { a: ComparedModel; b: ComparedModel } {
    const { a, b } = this.#comparison;
    if (!b) throw nothingCompared();
    return { a, b };
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#latest.then(work);
    this.#latest = result.catch(() => {});
    return result;
  }

  async #compare(
    text: string,
    prompts: { a: Prompt; b: Prompt },
    { a, b }: { a: ComparedModel; b: ComparedModel },
    token: vscode.CancellationToken,
    began: Began,
  ): Promise<ComparedText> {
    const passes = await this.#readBoth(prompts, { a, b }, token, began);
    const vocabularies = await this.#vocabularies.of(a, b, passes);
    const { isSame: sameVocabulary } = vocabularies;
    const tokensA = tokensOf(text, prompts.a, passes.a, vocabularies, 'a');
    const tokensB = tokensOf(text, prompts.b, passes.b, vocabularies, 'b');
    const alignment = align(tokensA, tokensB, { sameVocabulary });
    const differences = await this.#difference(a, passes, alignment, token, began);
    const spans = await spansOf(alignment, differences, { a, b }, passes);
    if (this.#comparison.takesTurns) await b.host.run(({ engine }) => engine.releaseDecoder({}));
    return {
      text,
      sameVocabulary,
      tokens: { ...differences, ...placesOf(alignment, tokensA) },
      spans,
      traceA: passes.a.trace,
      traceB: passes.b.trace,
    };
  }

  async #readBoth(
    prompts: { a: Prompt; b: Prompt },
    { a, b }: { a: ComparedModel; b: ComparedModel },
    token: vscode.CancellationToken,
    began: Began,
  ): Promise<{ a: ForwardPass; b: ForwardPass }> {
    const readB = () => b.texts.forward(prompts.b.text, token, { began });
    const readA = () => a.texts.forward(prompts.a.text, token, { began });
    if (!this.#comparison.takesTurns) {
      const [ofA, ofB] = await Promise.all([readA(), readB()]);
      return { a: ofA, b: ofB };
    }
    const ofA = await readA();
    await a.host.run(({ engine }) => engine.releaseDecoder({}));
    return { a: ofA, b: await readB() };
  }

  async #difference(
    { host, texts }: ComparedModel,
    passes: { a: ForwardPass; b: ForwardPass },
    { positionsA, positionsB }: Alignment,
    token: vscode.CancellationToken,
    began: Began,
  ): Promise<TokenDifferences> {
    const task = host.newTask();
    began(task);
    const cancellation = token.onCancellationRequested(() => host.cancel(task));
    const [trace, other] = [passes.a.trace, { trace: passes.b.trace }];
    try {
      return await texts.engine.difference({ task, trace, other, positions: { a: positionsA, b: positionsB } });
    } finally {
      cancellation.dispose();
    }
  }
}

/** The tokens of the text that is compared, at its own offsets. */
function tokensOf(
  text: string,
  { text: prompt, content, skipped }: Prompt,
  pass: ForwardPass,
  { a, b, isSame }: ComparedVocabularies,
  side: 'a' | 'b',
): ReadTokens {
  const tokenizer = side === 'a' ? a : b;
  const isOutside = (entry: number) => tokenizer.isControl(pass.ids[entry] as number);
  const read: ReadTokens = isSame ? pass : { ...pass, isOutside };
  if (content.start === 0 && content.end === prompt.length) return read;
  const bytesBefore = Buffer.byteLength(prompt.slice(0, content.start));
  return tokensWithin(read, content, bytesBefore, { units: skipped, bytes: Buffer.byteLength(text.slice(0, skipped)) });
}

function placesOf({ positionsA, positionsB }: Alignment, { ids, starts, ends, first = 0 }: ReadTokens) {
  const at = (values: Uint32Array) => positionsA.map((position) => values[position - first] as number);
  return { ids: at(ids), starts: at(starts), ends: at(ends), positionsA, positionsB };
}

/** Sums of ln p. Of tokens that are pairs it is known; of others the models are asked. */
async function spansOf(
  { spans, positionsA, positionsB }: Alignment,
  differences: TokenDifferences,
  models: { a: ComparedModel; b: ComparedModel },
  passes: { a: ForwardPass; b: ForwardPass },
): Promise<SharedSpan[]> {
  const logprobsOf = async (side: 'a' | 'b', positions: Uint32Array): Promise<Float64Array> => {
    const { ids, trace } = passes[side];
    const all = new Float64Array(ids.length).fill(Number.NaN);
    for (const [pair, position] of positions.entries()) all[position] = differences[side].logprob[pair] as number;
    const isKnown = spans.every((span) =>
      all.subarray(span[side].from, span[side].to).every((value) => !Number.isNaN(value)),
    );
    if (isKnown) return all;
    const { logprob } = await models[side].texts.engine.predictions({ trace, from: 0, to: ids.length, topK: 0 });
    return all.map((value, position) => (Number.isNaN(value) ? (logprob[position] as number) : value));
  };
  const [ofA, ofB] = [await logprobsOf('a', positionsA), await logprobsOf('b', positionsB)];
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  return spans.map(({ start, end, a, b }) => ({
    start,
    end,
    tokensA: a.to - a.from,
    tokensB: b.to - b.from,
    logprobA: sum(ofA.subarray(a.from, a.to)),
    logprobB: sum(ofB.subarray(b.from, b.to)),
  }));
}

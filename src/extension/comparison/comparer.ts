import type * as vscode from 'vscode';
import { chatPrompt } from '../../chat/compared-prompt';
import { compareReadings, plainPrompt } from '../../comparison/compare-readings';
import { predictedDifferences } from '../../comparison/predicted-differences';
import type { ComparedPrompt, ComparedText, TokenDifferences } from '../../shared/difference-api';
import { sentence, VitrineError } from '../../shared/errors';
import { changesKey } from '../../shared/steering';
import type { ForwardPass } from '../readings/passes';
import { VocabulariesOfModels } from './compared-vocabularies';
import type { ComparedModel, Comparison } from './comparison';
import { chatAlready, nothingChanged, nothingCompared } from './nothing-compared';

/** Texts of which it is kept what differs: those of a few editors and of the inspector. */
const MOST_KNOWN = 6;

export type Began = (task: number) => void;

/** What both are to read. */
export interface TextToCompare {
  text: string;
  /** Whether it is a chat as the model's own template writes it. */
  isChat: boolean;
}

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

  /**
   * A text, as each of both is given it by what is compared.
   *
   * @param began told of each task of an engine
   * @throws VitrineError `comparison.chat` where B would put a chat into a chat
   */
  async compare({ text, isChat }: TextToCompare, token: vscode.CancellationToken, began: Began): Promise<ComparedText> {
    const { a, b } = this.#models();
    const inTemplate = this.#comparison.choice?.kind === 'chatTemplate';
    if (inTemplate && isChat) throw chatAlready();
    const prompts = async () => ({
      a: plainPrompt(text),
      b: inTemplate ? await chatPrompt(await b.texts.engine.chatTemplate({}), [['user', text]]) : plainPrompt(text),
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
    const promptOf = async ({ texts }: ComparedModel): Promise<ComparedPrompt> =>
      isChat
        ? chatPrompt(await texts.engine.chatTemplate({}), [
            ['user', prompt],
            ['assistant', answer],
          ])
        : { text: prompt + answer, content: { start: prompt.length, end: prompt.length + answer.length }, skipped: 0 };
    return this.#inTurn(async () => {
      await this.#comparison.prepare();
      return this.#compare(answer, { a: await promptOf(a), b: await promptOf(b) }, { a, b }, token, began);
    });
  }

  /**
   * Whether a token of one is the same token to the other. Both are loaded then.
   *
   * @throws VitrineError `comparison.turns` where memory holds only one of them
   */
  async sameVocabulary(): Promise<boolean> {
    const { a, b } = this.#models();
    await this.#comparison.prepare();
    if (this.#comparison.takesTurns) {
      throw new VitrineError(
        'comparison.turns',
        sentence`Memory holds only one of the two models that are compared, so the one in use goes on alone.`,
      );
    }
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
    const { a, b, choice } = this.#comparison;
    if (!b) throw nothingCompared();
    const isOfChanges = choice?.kind === 'heads' || choice?.kind === 'steering';
    if (isOfChanges && changesKey(a.changes()) === changesKey(b.changes())) throw nothingChanged();
    return { a, b };
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#latest.then(work);
    this.#latest = result.catch(() => {});
    return result;
  }

  async #compare(
    text: string,
    prompts: { a: ComparedPrompt; b: ComparedPrompt },
    { a, b }: { a: ComparedModel; b: ComparedModel },
    token: vscode.CancellationToken,
    began: Began,
  ): Promise<ComparedText> {
    const passes = await this.#readBoth(prompts, { a, b }, token, began);
    const vocabularies = await this.#vocabularies.of(a, b, passes);
    const readingOf = (side: 'a' | 'b', { texts }: ComparedModel) => ({
      engine: texts.engine,
      prompt: prompts[side],
      trace: passes[side],
      isControl: (id: number) => vocabularies[side].isControl(id),
    });
    const compared = await compareReadings(
      text,
      { a: readingOf('a', a), b: readingOf('b', b) },
      {
        sameVocabulary: vocabularies.isSame,
        difference: (positions) => this.#difference({ a, b }, passes, positions, token, began),
      },
    );
    if (this.#comparison.takesTurns) await b.host.run(({ engine }) => engine.releaseDecoder({}));
    return compared;
  }

  async #readBoth(
    prompts: { a: ComparedPrompt; b: ComparedPrompt },
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

  /** Over the whole vocabulary, where both give that. */
  async #difference(
    { a, b }: { a: ComparedModel; b: ComparedModel },
    passes: { a: ForwardPass; b: ForwardPass },
    positions: { a: Uint32Array; b: Uint32Array },
    token: vscode.CancellationToken,
    began: Began,
  ): Promise<TokenDifferences> {
    if (![passes.a, passes.b].every(({ model }) => model.capabilities.hasDistributions)) {
      const readOf = ({ texts }: ComparedModel, { trace }: ForwardPass) => ({ engine: texts.engine, trace });
      return predictedDifferences({ a: readOf(a, passes.a), b: readOf(b, passes.b) }, positions);
    }
    const task = a.host.newTask();
    began(task);
    const cancellation = token.onCancellationRequested(() => a.host.cancel(task));
    const [trace, other] = [passes.a.trace, { trace: passes.b.trace }];
    try {
      return await a.texts.engine.difference({ task, trace, other, positions });
    } finally {
      cancellation.dispose();
    }
  }
}

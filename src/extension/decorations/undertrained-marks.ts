import * as vscode from 'vscode';
import { shortModelName } from '../../display/names';
import { sentence, VitrineError } from '../../shared/errors';
import type { Span } from '../../shared/tokens';
import type { Undertrained, UndertrainedToken, VerifiedToken } from '../../shared/undertrained-api';
import { inSlices } from '../../tokenizer';
import { rangeOf } from '../documents/spans';
import { tokensIn } from '../documents/tokens-in-spans';
import type { ReadyEngine } from '../engine/engine-host';
import { withLateNotice } from '../late-notice';
import type { Services } from '../services';
import { settings } from '../settings';
import { progressText } from '../status/progress-text';
import { DecoratedRanges, DecorationSet } from './decoration-set';
import type { Overlay } from './overlays';
import type { Theme } from './theme';
import { visibleSpans } from './visible';

/**
 * Only a token at a tenth of what the lowest 2 % reach, or below, is underlined. In SmolLM2 these are 16, and it gives none
 * of them 2 % where it is to repeat it; of the next nine it gives seven over 30 %.
 */
const MARKED_SHARE = 0.1;

/** Tokens of a text as UTF-16 spans. */
interface TokenSpans {
  ids: ArrayLike<number>;
  starts: ArrayLike<number>;
  ends: ArrayLike<number>;
}

/** A token that is underlined. */
export interface MarkedToken extends Span {
  token: UndertrainedToken;
  indicator: Undertrained['indicator'];
  model: string;
  /** Undefined where the model was not asked to repeat it. */
  verified: VerifiedToken | undefined;
}

/** Waves under the tokens that the model was hardly trained on. They follow typing: of the model only the list is needed. */
export class UndertrainedMarks implements Overlay {
  readonly #services: Services;
  readonly #decorations = new DecorationSet<'undertrained'>(decorationOptions);
  readonly #verified = new Map<number, VerifiedToken>();
  #found: { model: string; indicator: Undertrained['indicator']; tokens: Map<number, UndertrainedToken> } | undefined;

  constructor(services: Services) {
    this.#services = services;
  }

  get on(): boolean {
    return this.#found !== undefined;
  }

  /**
   * Marks them from now on, wherever one stands.
   *
   * @returns how many stand in the document
   * @throws VitrineError where they cannot be told, CancellationError
   */
  async show(document: vscode.TextDocument): Promise<number> {
    this.#checkVocabulary();
    const { model, undertrained } = await this.#ask(
      vscode.l10n.t('Vitrine looks for undertrained tokens'),
      async ({ engine, model }, task) => ({ model, undertrained: await engine.undertrained({ task }) }),
    );
    const bar = MARKED_SHARE * undertrained.threshold;
    const marked = undertrained.candidates.filter(({ indicator }) => indicator <= bar);
    const tokens = new Map(marked.map((token) => [token.id, token]));
    this.#found = { model: shortModelName(model.name), indicator: undertrained.indicator, tokens };
    return this.#countIn(document, tokens);
  }

  hide(): undefined {
    this.#found = undefined;
    this.#verified.clear();
    this.erase();
  }

  draw(editor: vscode.TextEditor): void {
    const { tokens } = this.#found ?? {};
    if (!tokens) return;
    const ranges = new DecoratedRanges<'undertrained'>();
    for (const span of visibleSpans(editor)) {
      const known = this.#tokensOf(editor.document, span);
      // While an edit is being encoded, what is there moves with the text.
      if (!known) return;
      for (const { ids, starts, ends } of known) {
        for (let i = 0; i < ids.length; i++) {
          if (!tokens.has(ids[i] ?? -1)) continue;
          ranges.add('undertrained', { range: rangeOf(editor.document, { start: starts[i] ?? 0, end: ends[i] ?? 0 }) });
        }
      }
    }
    this.#decorations.set(editor, ranges);
  }

  erase(): void {
    this.#decorations.dispose();
  }

  /** What is underlined at an offset. */
  at(document: vscode.TextDocument, offset: number): MarkedToken | undefined {
    if (!this.#found) return undefined;
    const { tokens, ...of } = this.#found;
    for (const { ids, starts, ends } of this.#tokensOf(document, { start: offset, end: offset + 1 }) ?? []) {
      for (let i = 0; i < ids.length; i++) {
        const token = tokens.get(ids[i] ?? -1);
        const span = { start: starts[i] ?? 0, end: ends[i] ?? 0 };
        if (token) return { ...span, ...of, token, verified: this.#verified.get(token.id) };
      }
    }
    return undefined;
  }

  /** Has the model repeat a token. */
  async verify(id: number): Promise<VerifiedToken> {
    const verified = await this.#ask(
      vscode.l10n.t('The model is asked to repeat a token'),
      async ({ engine }, task) => {
        const [one] = await engine.verifyUndertrained({ task, ids: [id] });
        return one as VerifiedToken;
      },
    );
    this.#verified.set(id, verified);
    return verified;
  }

  /** Undefined where they are not known of the present text. */
  #tokensOf(document: vscode.TextDocument, span: Span): TokenSpans[] | undefined {
    const { chats, chatTokens, documents } = this.#services;
    if (chats.isChat(document)) return chatTokens.knownIn(document, span);
    const tracked = documents.get(document);
    // What goes wrong with the vocabulary is told where the marks are asked for.
    if (!tracked) documents.track(document).catch(() => {});
    return tracked?.settled ? [tracked.tokens.tokensBetween(span.start, span.end)] : undefined;
  }

  async #countIn(document: vscode.TextDocument, marked: ReadonlyMap<number, UndertrainedToken>): Promise<number> {
    const { chats, chatTokens, documents } = this.#services;
    const whole = { start: 0, end: document.getText().length };
    const known = chats.isChat(document)
      ? chatTokens.knownIn(document, whole)
      : [await inSlices(tokensIn((await documents.track(document)).tokens, [whole]))];
    return known.reduce((sum, { ids }) => sum + Array.from(ids).filter((id) => marked.has(id)).length, 0);
  }

  /** @throws VitrineError where the tokens that are shown are not the model's own */
  #checkVocabulary(): void {
    if (settings.tokenizer() === 'model') return;
    throw new VitrineError(
      'undertrained.tokenizer',
      sentence`Undertrained tokens are those of the model's own vocabulary, and another is chosen now. Choose that of the model with Vitrine: Choose Tokenizer, and try again.`,
    );
  }

  /** Lets the engine work, with a notice that can cancel it where that takes long. */
  async #ask<T>(title: string, work: (ready: ReadyEngine, task: number) => Promise<T>): Promise<T> {
    const { host } = this.#services;
    const source = new vscode.CancellationTokenSource();
    try {
      // To load a model is told elsewhere.
      await host.use();
      let asked: number | undefined;
      const answer = host.runTask(source.token, (ready, task) => {
        asked = task;
        return work(ready, task);
      });
      return await withLateNotice(answer, {
        title,
        cancel: () => source.cancel(),
        follow: (report) =>
          host.onDidProgress((told) => told.task === asked && report(progressText(told, vscode.l10n.t))),
      });
    } finally {
      source.dispose();
    }
  }
}

/** A wave, as the editor draws under what may be wrong; where letters may have no style of their own, a ground. */
function decorationOptions({ inline }: Theme): ['undertrained', vscode.DecorationRenderOptions][] {
  const wave = { textDecoration: 'underline wavy 1px var(--vscode-editorInfo-foreground)' };
  const ground = { backgroundColor: new vscode.ThemeColor('editor.wordHighlightBackground') };
  return [['undertrained', inline ? wave : ground]];
}

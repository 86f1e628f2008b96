import * as vscode from 'vscode';
import { inSlices } from '../../tokenizer';
import { countAnalysedIn } from '../analysis/count';
import { Debounced } from '../debounced';
import type { Decorations } from '../decorations/decorations';
import { selectedSpans } from '../documents/selected-spans';
import { countTokensIn } from '../documents/tokens-in-spans';
import { sentenceText } from '../error-text';
import type { Services } from '../extension';
import { shortModelName, vocabularyName } from '../names';
import { onSettingsChange, settings } from '../settings';
import { isText, shownTokens } from '../shown-tokens';
import { modeText, type StatusFacts, statusText } from './status-text';

const COUNT_MS = 150;
const PRIORITY = 90;

/** How many tokens the selection or the document has, and whether a model counted them. */
interface Count {
  tokens: number;
  ofModel: boolean;
  mode: StatusFacts['mode'];
}

/** The one item in the status bar: the model, what it runs on, how many tokens, and what is going on. */
export class StatusItem implements vscode.Disposable {
  readonly #services: Services;
  readonly #decorations: Decorations;
  readonly #item = vscode.window.createStatusBarItem('vitrine', vscode.StatusBarAlignment.Right, PRIORITY);
  readonly #subscriptions: vscode.Disposable[];
  #count: Count | undefined;

  constructor(services: Services, decorations: Decorations) {
    this.#services = services;
    this.#decorations = decorations;
    const { host, documents, analyses, tokens } = services;
    const count = new Debounced(() => this.#recount(), COUNT_MS);
    this.#item.name = 'Vitrine';
    this.#item.command = 'vitrine.showActions';
    this.#subscriptions = [
      this.#item,
      count,
      host.onDidChange(() => {
        this.#show();
        count.request();
      }),
      documents.onDidSettle(() => count.request()),
      analyses.onDidChange(() => count.request()),
      decorations.onDidChange(() => count.request()),
      tokens.onDidChange(() => count.request()),
      vscode.window.onDidChangeActiveTextEditor(() => count.request()),
      vscode.window.onDidChangeTextEditorSelection(() => count.request()),
      onSettingsChange(['tokenizer'], () => this.#show()),
    ];
    this.#show();
    this.#item.show();
    count.request();
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  async #recount(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const count = editor && isText(editor.document) ? await this.#countIn(editor) : undefined;
    // A long text may be counted when another one has long been looked at.
    if (vscode.window.activeTextEditor !== editor) return;
    this.#count = count;
    this.#show();
  }

  async #countIn(editor: vscode.TextEditor): Promise<Count | undefined> {
    const spans = selectedSpans(editor);
    const shown = await shownTokens(this.#services, this.#decorations, editor.document);
    switch (shown?.kind) {
      case 'analysed': {
        const tokens = countAnalysedIn(shown.analysis, spans);
        return { tokens, ofModel: true, mode: this.#modeOf(shown.analysis.shown) };
      }
      case 'tracked': {
        const tokens = await inSlices(countTokensIn(shown.tracked.tokens, spans));
        return { tokens, ofModel: settings.tokenizer() === 'model', mode: undefined };
      }
      case undefined:
        return undefined;
    }
  }

  /** Only what stands before a selection can be read or left out. */
  #modeOf(shown: readonly vscode.Range[]): Count['mode'] {
    const [first] = shown;
    const textBefore = shown.length > 1 || (first && !first.start.isEqual(new vscode.Position(0, 0)));
    return textBefore ? this.#services.analyses.mode : undefined;
  }

  #show(): void {
    const { state, model } = this.#services.host;
    const tokenizer = settings.tokenizer();
    const ofModel = this.#count?.ofModel ?? tokenizer === 'model';
    const facts: StatusFacts = {
      state,
      model: model && { name: shortModelName(model.name), provider: model.provider },
      vocabulary: ofModel ? undefined : vocabularyName(tokenizer),
      tokens: this.#count?.tokens,
      mode: this.#count?.mode,
    };
    this.#item.text = statusText(facts, vscode.l10n.t);
    this.#item.accessibilityInformation = { label: withoutIcons(this.#item.text) };
    this.#item.tooltip = this.#tooltip(facts);
    this.#item.backgroundColor =
      state.kind === 'failed' ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
  }

  #tooltip({ state, mode }: StatusFacts): string {
    const { model } = this.#services.host;
    if (state.kind === 'failed') return state.message;
    const lines = model ? [model.name, sentenceText(model.providerNote)] : [vscode.l10n.t('No model is loaded.')];
    if (mode) lines.push(vscode.l10n.t('The selection was read: {0}', modeText(mode, vscode.l10n.t)));
    return [...lines, vscode.l10n.t('Click for what Vitrine can do here.')].join('\n');
  }
}

function withoutIcons(text: string): string {
  return text.replace(/\$\([^)]*\) /g, '');
}

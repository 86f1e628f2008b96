import * as vscode from 'vscode';
import { inSlices } from '../../tokenizer';
import { countAnalysedIn } from '../analysis/count';
import { Debounced } from '../debounced';
import type { Decorations } from '../decorations/decorations';
import { selectedSpans } from '../documents/selected-spans';
import { countTokensIn } from '../documents/tokens-in-spans';
import type { Services } from '../extension';
import { shortModelName, vocabularyName } from '../names';
import { onSettingsChange, settings } from '../settings';
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
    const count = new Debounced(() => void this.#recount(), COUNT_MS);
    this.#item.name = 'Vitrine';
    this.#item.command = 'vitrine.showActions';
    this.#subscriptions = [
      this.#item,
      count,
      host.onDidChange(() => this.#show()),
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
    this.#count = editor && (await this.#countIn(editor));
    this.#show();
  }

  async #countIn(editor: vscode.TextEditor): Promise<Count | undefined> {
    const { documents, tokens } = this.#services;
    const { document } = editor;
    const spans = selectedSpans(editor);
    const known = this.#decorations.analysisOf(document);
    if (known && !known.stale)
      return {
        ofModel: true,
        tokens: countAnalysedIn(known.analysis, spans),
        mode: this.#modeOf(known.analysis.shown),
      };
    // Counting is no reason to load anything.
    if (!documents.get(document) && !tokens.loaded(settings.tokenizer())) return undefined;
    const tracked = await documents.track(document);
    const count = await inSlices(countTokensIn(tracked.tokens, spans));
    return { tokens: count, ofModel: settings.tokenizer() === 'model', mode: undefined };
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
    this.#item.tooltip = this.#tooltip(facts);
    this.#item.backgroundColor =
      state.kind === 'failed' ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
  }

  #tooltip({ state, mode }: StatusFacts): string {
    const { model } = this.#services.host;
    if (state.kind === 'failed') return state.message;
    const lines = model ? [model.name, model.providerNote] : [vscode.l10n.t('No model is loaded.')];
    if (mode) lines.push(vscode.l10n.t('The model reads the selection {0}.', modeText(mode, vscode.l10n.t)));
    return [...lines, vscode.l10n.t('Click for what Vitrine can do here.')].join('\n');
  }
}

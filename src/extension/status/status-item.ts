import * as vscode from 'vscode';
import { approximationNote } from '../../display/approximation';
import { shortModelName, vocabularyName } from '../../display/names';
import { isSteered } from '../../shared/steering';
import { Debounced } from '../debounced';
import type { Decorations } from '../decorations/decorations';
import type { ShownDifference } from '../decorations/shown-difference';
import { hasSelection } from '../documents/spans';
import { sentenceText } from '../error-text';
import type { Reading, ReadingMode } from '../readings/reading';
import type { Services } from '../services';
import { onSettingsChange, settings } from '../settings';
import { type Count, countIn } from './count';
import { changesText } from './model-changes';
import type { ServerFacts } from './server-text';
import { shownLegend } from './shown-legend';
import { type StatusFacts, spokenStatus, statusText } from './status-text';
import { type TooltipFacts, tooltipMarkdown } from './tooltip';
import { troubleTooltip } from './trouble-tooltip';

const COUNT_MS = 150;
const PRIORITY = 90;

/** The one item in the status bar: the model, what it runs on, how many tokens, and what is going on. */
export class StatusItem implements vscode.Disposable {
  readonly #services: Services;
  readonly #decorations: Decorations;
  readonly #item = vscode.window.createStatusBarItem('vitrine', vscode.StatusBarAlignment.Right, PRIORITY);
  readonly #subscriptions: vscode.Disposable[];
  #count: Count | undefined;
  #difference: ShownDifference | undefined;

  constructor(services: Services, decorations: Decorations) {
    this.#services = services;
    this.#decorations = decorations;
    const { host, documents, readings, tokens, comparison } = services;
    const count = new Debounced(() => this.#recount(), COUNT_MS);
    // A window in which nobody uses Vitrine has no item.
    const used = () => {
      this.#item.show();
      count.request();
    };
    this.#item.name = 'Vitrine';
    this.#subscriptions = [
      this.#item,
      count,
      host.onDidChange(() => {
        this.#show();
        used();
      }),
      documents.onDidSettle(used),
      count.requestOn(
        readings.onDidChange,
        tokens.onDidChange,
        vscode.window.onDidChangeActiveTextEditor,
        vscode.window.onDidChangeTextEditorSelection,
      ),
      readings.onDidChangeReading(() => {
        this.#show();
        count.request();
      }),
      comparison.onDidChange(() => {
        this.#show();
        if (comparison.choice) used();
      }),
      count.requestOn(services.chats.onDidChange, services.chats.onDidRender),
      decorations.onDidChange(used),
      services.server.onDidChange(used),
      services.server.onDidChangeTraffic(() => this.#show()),
      decorations.onDidPaintAttention(() => this.#show()),
      decorations.onDidPaintWhy(() => this.#show()),
      onSettingsChange(['tokenizer', 'colourFrom', 'colourComments'], () => this.#show()),
    ];
    this.#show();
    if (decorations.areBandsOn || comparison.choice) used();
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  async #recount(): Promise<void> {
    const { activeText } = this.#services;
    const editor = activeText.current;
    const count = editor && (await countIn(this.#services, this.#decorations, editor));
    // A long text may be counted when another one has long been looked at.
    if (activeText.current !== editor) return;
    this.#count = count;
    this.#difference = editor && this.#decorations.shownDifference(editor.document);
    this.#show();
  }

  #show(): void {
    const { state } = this.#services.host;
    const facts = this.#facts();
    this.#item.text = statusText(facts, vscode.l10n.t);
    this.#item.accessibilityInformation = { label: spokenStatus(facts, vscode.l10n.t) };
    this.#item.tooltip = troubleTooltip(state, facts.server) ?? this.#tooltip();
    this.#item.command = state.kind === 'unresponsive' ? 'vitrine.restartEngine' : 'vitrine.showActions';
    this.#item.backgroundColor = this.#background();
  }

  #background(): vscode.ThemeColor | undefined {
    const { kind } = this.#services.host.state;
    if (kind === 'failed') return new vscode.ThemeColor('statusBarItem.errorBackground');
    return kind === 'unresponsive' || this.#changes() || this.#services.server.isSending
      ? new vscode.ThemeColor('statusBarItem.warningBackground')
      : undefined;
  }

  #changes(): string | undefined {
    return changesText(this.#services.readings, vscode.l10n.t);
  }

  #facts(): StatusFacts {
    const { state, model } = this.#services.host;
    const tokenizer = settings.tokenizer();
    const { state: compared, b } = this.#services.comparison;
    const { server } = this.#services;
    return {
      state,
      model: model && { name: shortModelName(model.name), provider: model.provider },
      server: server.current && { host: server.current.host, isSending: server.isSending },
      vocabulary: tokenizer === 'model' ? undefined : vocabularyName(tokenizer),
      compared: compared &&
        b && { a: compared.a.label, b: compared.b.label, state: b.host.state, server: this.#comparedServer() },
      agreement: compared && this.#difference?.agreement,
      tokens: this.#count?.tokens,
      ofModel: this.#count?.ofModel ?? false,
      mode: this.#mode(),
      changes: this.#changes(),
    };
  }

  /** Where texts go of the model that is compared with the one in use. */
  #comparedServer(): StatusFacts['server'] {
    const { server, comparison } = this.#services;
    const served = comparison.b?.host.model?.server;
    return served && { host: served.host, isSending: server.isSending };
  }

  /** Where it matters: a selection is coloured, or would be read. A conversation is always read by itself. */
  #mode(): ReadingMode | undefined {
    const { host, readings, activeText, chats } = this.#services;
    const editor = activeText.current;
    if (!editor || chats.isApart(editor.document)) return undefined;
    const isSelected = host.model !== undefined && hasSelection(editor);
    return isSelected || this.#decorations.isSelectionColoured(editor.document) ? readings.mode : undefined;
  }

  /** Undefined where the model is on this machine. */
  #serverFacts(): ServerFacts | undefined {
    const { server, host } = this.#services;
    if (!server.current) return undefined;
    const { name, server: served } = host.model ?? {};
    const model = name !== undefined && served ? { name, kind: served.kind } : undefined;
    return { address: server.current, model, isSending: server.isSending, lastSent: server.lastSent };
  }

  #tooltip(): vscode.MarkdownString {
    const { model } = this.#services.host;
    const document = this.#services.activeText.current?.document;
    const known = document && this.#decorations.readingOf(document);
    const { vocabulary, ofModel, mode, changes } = this.#facts();
    const { b } = this.#services.comparison;
    const facts: TooltipFacts = {
      model: model && {
        name: model.name,
        provider: model.provider,
        note: sentenceText(model.providerNote),
        approximation: model.approximation && sentenceText(approximationNote(model.approximation)),
      },
      server: this.#serverFacts(),
      comparedNote: this.#comparedServer() && b?.host.model && sentenceText(b.host.model.providerNote),
      notShown: known && ofModel ? vocabulary : undefined,
      mode,
      changes,
      isSteered: isSteered(this.#services.readings.steering),
      stale: known?.stale ? (known.interrupted ?? 'edited') : undefined,
      sums: this.#count?.sums,
      difference: this.#services.comparison.choice && this.#difference,
      chats: this.#count?.chats,
      readFrom:
        document && known && !this.#services.chats.isApart(document) ? readFrom(document, known.reading) : undefined,
      legend: document ? shownLegend(document, this.#decorations, model, this.#services.comparison.state) : [],
    };
    const markdown = new vscode.MarkdownString(tooltipMarkdown(facts, vscode.l10n.t));
    markdown.isTrusted = {
      enabledCommands: [
        'vitrine.toggleReadingMode',
        'vitrine.switchHeadsOn',
        'vitrine.stopSteering',
        'vitrine.inspectWhy',
        'vitrine.useLocalModel',
      ],
    };
    markdown.supportHtml = true;
    return markdown;
  }
}

/** The line in which the first text begins that was read with what stands before; undefined where that is the first. */
function readFrom(document: vscode.TextDocument, { parts, shown }: Reading): number | undefined {
  const start = parts[0]?.starts[0] ?? 0;
  const isAlone = start === shown[0]?.start;
  return start === 0 || isAlone ? undefined : document.positionAt(start).line + 1;
}

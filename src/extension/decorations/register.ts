import * as vscode from 'vscode';
import type { ActiveText } from '../active-text';
import type { Readings } from '../readings/readings';
import { registerCommand } from '../register-command';
import type { Services } from '../services';
import type { Decorations } from './decorations';
import { PersistedColours } from './persisted-colours';

/** The commands for what is drawn over the text. */
export function registerDecorations(
  { workspaceState }: vscode.ExtensionContext,
  { readings, activeText }: Services,
  decorations: Decorations,
): vscode.Disposable {
  const inEditor = (run: (editor: vscode.TextEditor) => Promise<void>) => async () => run(activeText.get());
  return vscode.Disposable.from(
    new ColouredContext(decorations, activeText),
    new PersistedColours(decorations, workspaceState),
    vscode.languages.registerHoverProvider('*', new StaleHover(decorations)),
    registerCommand(
      'vitrine.toggleBands',
      inEditor((editor) => decorations.toggleBands(editor)),
    ),
    registerCommand(
      'vitrine.colourBySurprisal',
      inEditor((editor) => decorations.toggleHeat(editor, 'surprisal')),
    ),
    registerCommand(
      'vitrine.colourByProbability',
      inEditor((editor) => decorations.toggleHeat(editor, 'probability')),
    ),
    registerCommand(
      'vitrine.colourByEntropy',
      inEditor((editor) => decorations.toggleHeat(editor, 'entropy')),
    ),
    registerCommand(
      'vitrine.colourByRank',
      inEditor((editor) => decorations.toggleHeat(editor, 'rank')),
    ),
    registerCommand(
      'vitrine.attentionFromCursor',
      inEditor((editor) => decorations.toggleAttention(editor)),
    ),
    registerCommand(
      'vitrine.nextSurprise',
      inEditor((editor) => decorations.goToSurprise(editor, 'next')),
    ),
    registerCommand(
      'vitrine.previousSurprise',
      inEditor((editor) => decorations.goToSurprise(editor, 'previous')),
    ),
    registerCommand('vitrine.toggleReadingMode', () => toggleReadingMode(readings)),
    registerCommand('vitrine.switchHeadsOn', () => {
      readings.ablated = [];
    }),
    registerCommand('vitrine.clearDecorations', () => decorations.clear()),
  );
}

/** Lets the manifest ask whether the text in front is coloured: then the switch of the reading mode is in its title. */
class ColouredContext implements vscode.Disposable {
  readonly #decorations: Decorations;
  readonly #activeText: ActiveText;
  readonly #subscriptions: vscode.Disposable[];
  #isColoured = false;

  constructor(decorations: Decorations, activeText: ActiveText) {
    this.#decorations = decorations;
    this.#activeText = activeText;
    const update = () => this.#update();
    this.#subscriptions = [decorations.onDidChange(update), vscode.window.onDidChangeActiveTextEditor(update)];
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  #update(): void {
    // Behind a log the text is still in front of the others; beside a view of Vitrine's own, which has a title too, it is not.
    const document = vscode.window.activeTextEditor && this.#activeText.current?.document;
    const isColoured = document !== undefined && this.#decorations.isColoured(document);
    if (isColoured === this.#isColoured) return;
    this.#isColoured = isColoured;
    void vscode.commands.executeCommand('setContext', 'vitrine.coloured', isColoured);
  }
}

/** Says why colours are pale. */
class StaleHover implements vscode.HoverProvider {
  readonly #decorations: Decorations;

  constructor(decorations: Decorations) {
    this.#decorations = decorations;
  }

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const known = this.#decorations.readingOf(document);
    if (!known?.stale || document.offsetAt(position) < known.freshBefore) return undefined;
    return new vscode.Hover(
      known.interrupted
        ? vscode.l10n.t('The engine stopped while the model read this: the colours are those of before.')
        : vscode.l10n.t('The text before this has changed: the model reads it again.'),
    );
  }
}

/** Switches how selections are read, and says what changed. What is coloured is read anew. */
function toggleReadingMode(readings: Readings): void {
  readings.mode = readings.mode === 'withTextBefore' ? 'selectionAlone' : 'withTextBefore';
  void vscode.window.showInformationMessage(
    readings.mode === 'withTextBefore'
      ? vscode.l10n.t('Selections are read with the text before them.')
      : vscode.l10n.t('Selections are read alone: nothing predicts their first token.'),
  );
}

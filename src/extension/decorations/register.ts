import * as vscode from 'vscode';
import { formatCount } from '../../display/numbers';
import type { DocumentReading } from '../readings/document-readings';
import type { Readings } from '../readings/readings';
import { registerCommand } from '../register-command';
import type { Services } from '../services';
import { TextContext } from '../text-context';
import type { Decorations } from './decorations';
import { PersistedColours } from './persisted-colours';
import { registerWhy } from './why-commands';

/** The commands for what is drawn over the text. */
export function registerDecorations(
  { workspaceState }: vscode.ExtensionContext,
  services: Services,
  decorations: Decorations,
): vscode.Disposable {
  const { readings, activeText, comparison } = services;
  const inEditor = (run: (editor: vscode.TextEditor) => Promise<void>) => async () => run(activeText.get());
  return vscode.Disposable.from(
    // The switch of the reading mode is in the title of a text that is coloured; what answers a question, Escape takes away.
    new TextContext('vitrine.coloured', (text) => decorations.isColoured(text), activeText, decorations.onDidChange),
    new TextContext('vitrine.why', (text) => decorations.isWhyOn(text), activeText, decorations.onDidChange),
    registerWhy(services, decorations),
    new PersistedColours(decorations, workspaceState),
    vscode.languages.registerHoverProvider('*', new StaleHover(decorations)),
    registerCommand(
      'vitrine.toggleBands',
      inEditor((editor) => decorations.toggleBands(editor)),
    ),
    registerCommand(
      'vitrine.markUndertrainedTokens',
      inEditor(async (editor) => tellUndertrained(await decorations.toggleUndertrained(editor))),
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
      'vitrine.colourByDifference',
      inEditor(async (editor) => {
        if (!comparison.b) await vscode.commands.executeCommand('vitrine.compareWith', 'caller');
        if (comparison.b) await decorations.toggleHeat(editor, 'difference');
      }),
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
    registerCommand('vitrine.stopSteering', () => {
      const { steering } = readings;
      readings.steering = steering && { ...steering, coefficient: 0 };
    }),
    registerCommand('vitrine.clearDecorations', (what) =>
      what === 'why' ? decorations.hideWhy() : decorations.clear(),
    ),
  );
}

/** Where none is in sight, nothing else says that they are looked for. */
function tellUndertrained(count: number | undefined): void {
  if (count === undefined) return;
  const { t } = vscode.l10n;
  const found =
    count === 0
      ? t('None of the undertrained tokens of the model stands in this text. They are underlined wherever one appears.')
      : count === 1
        ? t('1 token of this text is one that the model was hardly trained on: it is underlined.')
        : t(
            '{0} tokens of this text are such that the model was hardly trained on: they are underlined.',
            formatCount(count),
          );
  void vscode.window.showInformationMessage(found);
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
    return new vscode.Hover(staleSentence(known));
  }
}

function staleSentence({ interrupted }: DocumentReading): string {
  const { t } = vscode.l10n;
  if (interrupted === 'engine')
    return t('The engine stopped while the model read this: the colours are those of before.');
  if (interrupted === 'server')
    return t('The server does not answer: the colours are those of before. An edit asks it again.');
  return t('The text before this has changed: the model reads it again.');
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

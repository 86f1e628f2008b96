import * as vscode from 'vscode';
import { registerCommand } from '../register-command';
import type { Services } from '../services';
import { ColouredContext } from './coloured-context';
import type { Decorations } from './decorations';
import { PersistedColours } from './persisted-colours';
import { toggleReadingMode } from './reading-mode';
import { StaleHover } from './stale-hover';

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

import * as vscode from 'vscode';
import { activeEditor } from '../active-editor';
import type { Services } from '../extension';
import { registerCommand } from '../register-command';
import { showError } from '../show-error';
import { ColouredContext } from './coloured-context';
import type { Decorations } from './decorations';
import { toggleReadingMode } from './reading-mode';
import { StaleHover } from './stale-hover';

/** The commands for what is drawn over the text. */
export function registerDecorations({ analyses, selection }: Services, decorations: Decorations): vscode.Disposable {
  const inEditor = (run: (editor: vscode.TextEditor) => Promise<void>) => async () => run(activeEditor());
  const toggleAttention = inEditor((editor) => decorations.toggleAttention(editor));
  /** Who chooses a head wants to see where it looks. */
  const paintChosenHead = () => {
    if (selection.head && !decorations.isAttentionOn) toggleAttention().catch(showError);
  };
  return vscode.Disposable.from(
    selection.onDidChange(paintChosenHead),
    new ColouredContext(decorations),
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
    registerCommand('vitrine.attentionFromCursor', toggleAttention),
    registerCommand('vitrine.toggleReadingMode', () => toggleReadingMode(analyses)),
    registerCommand('vitrine.clearDecorations', () => decorations.clear()),
  );
}

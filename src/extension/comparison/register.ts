import * as vscode from 'vscode';
import type { Decorations } from '../decorations/decorations';
import { registerCommand } from '../register-command';
import type { Services } from '../services';
import { showError } from '../show-error';
import { showCompileProgress } from '../status/compile-progress';
import { compareWith } from './compare-with';
import { rememberChoice, restoredChoice } from './remembered-choice';
import { showCompared } from './show-compared';

/** The commands that choose what the text is held against, and what is said of it. A window that is loaded again goes on with it. */
export function registerComparison(
  services: Services,
  decorations: Decorations,
  memento: vscode.Memento,
): vscode.Disposable {
  const { comparison } = services;
  let progress: vscode.Disposable | undefined;
  let choice = comparison.choice;
  const follow = () => {
    if (comparison.choice === choice) return;
    choice = comparison.choice;
    void vscode.commands.executeCommand('setContext', 'vitrine.comparing', choice !== undefined);
    void rememberChoice(memento, choice);
    progress?.dispose();
    progress = comparison.host && showCompileProgress(comparison.host);
  };
  const following = comparison.onDidChange(follow);
  const restored = restoredChoice(memento);
  if (restored) comparison.choose(restored);
  return vscode.Disposable.from(
    following,
    new vscode.Disposable(() => progress?.dispose()),
    registerCommand('vitrine.compareWith', async (shownBy) => {
      const isChosen = await compareWith(services, memento);
      // Who asks in place of a person shows the difference itself. The notice stays as long as nobody answers it.
      if (isChosen && shownBy !== 'caller') void showCompared(services, decorations).catch(showError);
    }),
    registerCommand('vitrine.stopComparing', () => comparison.stop()),
  );
}

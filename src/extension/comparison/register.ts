import * as vscode from 'vscode';
import { registerCommand } from '../register-command';
import type { Services } from '../services';
import { showCompileProgress } from '../status/compile-progress';
import { compareWith } from './compare-with';
import { rememberChoice, restoredChoice } from './remembered-choice';

/** The commands that choose what the text is held against, and what is said of it. A window that is loaded again goes on with it. */
export function registerComparison(services: Services, memento: vscode.Memento): vscode.Disposable {
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
    registerCommand('vitrine.compareWith', () => compareWith(services, memento)),
    registerCommand('vitrine.stopComparing', () => comparison.stop()),
  );
}

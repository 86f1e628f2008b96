import * as vscode from 'vscode';
import { registerCommand } from '../register-command';
import type { Services } from '../services';
import { showCompileProgress } from '../status/compile-progress';
import { compareWith } from './compare-with';

/** The commands that choose what the text is held against, and what is said of it. */
export function registerComparison(services: Services, memento: vscode.Memento): vscode.Disposable {
  const { comparison } = services;
  let progress: vscode.Disposable | undefined;
  let shown = comparison.host;
  const follow = () => {
    void vscode.commands.executeCommand('setContext', 'vitrine.comparing', comparison.choice !== undefined);
    if (comparison.host === shown) return;
    shown = comparison.host;
    progress?.dispose();
    progress = shown && showCompileProgress(shown);
  };
  return vscode.Disposable.from(
    comparison.onDidChange(follow),
    new vscode.Disposable(() => progress?.dispose()),
    registerCommand('vitrine.compareWith', () => compareWith(services, memento)),
    registerCommand('vitrine.stopComparing', () => comparison.stop()),
  );
}

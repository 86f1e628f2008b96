import * as vscode from 'vscode';
import { showError } from './show-error';

/** A command whose failure is told to the person who gave it. */
export function registerCommand(command: string, run: () => unknown): vscode.Disposable {
  return vscode.commands.registerCommand(command, async () => {
    try {
      await run();
    } catch (error) {
      await showError(error);
    }
  });
}

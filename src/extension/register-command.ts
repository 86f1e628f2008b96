import * as vscode from 'vscode';
import { showError } from './show-error';

/** A command whose failure is told to the person who gave it. */
export function registerCommand(command: string, run: (...given: unknown[]) => unknown): vscode.Disposable {
  return vscode.commands.registerCommand(command, async (...given: unknown[]) => {
    try {
      await run(...given);
    } catch (error) {
      // Whoever gave the command, another extension too, does not wait until a person has read it.
      void showError(error);
    }
  });
}

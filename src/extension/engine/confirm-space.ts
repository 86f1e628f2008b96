import * as vscode from 'vscode';

/**
 * Asks a person before a model is compiled.
 *
 * @param space what it takes and what is free, as a sentence
 * @throws CancellationError where the answer is no
 */
export async function confirmSpace(space: string): Promise<void> {
  const compile = vscode.l10n.t('Compile');
  if ((await vscode.window.showWarningMessage(space, { modal: true }, compile)) === compile) return;
  throw new vscode.CancellationError();
}

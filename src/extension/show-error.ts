import * as vscode from 'vscode';
import { VitrineError } from '../shared/errors';
import { ComparedModelError } from './comparison/compared-model-error';
import { actionFor, changeFolder, explanationFor } from './error-actions';
import { errorText } from './error-text';
import { useLocalModel } from './server-error-actions';

/** Tells a person of an error, with the action that may mend it. What a person cancelled is no error. */
export async function showError(error: unknown): Promise<void> {
  if (isCancellation(error)) return;
  const code = error instanceof VitrineError ? error.code : '';
  const isOfCompared = error instanceof ComparedModelError;
  const action = actionFor(code, isOfCompared);
  // Nothing is wrong where there is no text to read, or a model does not give what was asked.
  const show = /^(editor|capability)\./.test(code)
    ? vscode.window.showInformationMessage
    : vscode.window.showErrorMessage;
  const leave = code.startsWith('server.') && !isOfCompared ? [useLocalModel()] : [];
  const actions = [action, ...(code === 'space.disk' ? [changeFolder()] : []), ...leave, ...explanationFor(code)];
  const chosen = await show(errorText(error), ...actions.map(({ title }) => title));
  const taken = actions.find(({ title }) => title === chosen);
  if (taken) await vscode.commands.executeCommand(taken.command, ...(taken.arguments ?? []));
}

/** Whether somebody wanted it so. */
export function isCancellation(error: unknown): boolean {
  return (
    error instanceof vscode.CancellationError || (error instanceof VitrineError && error.code === 'task.cancelled')
  );
}

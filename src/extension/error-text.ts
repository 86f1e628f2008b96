import * as vscode from 'vscode';
import { messageOf, render, VitrineError } from '../shared/errors';

/** The sentence of any thrown value, in the editor's language where there is a translation. */
export function errorText(error: unknown): string {
  return error instanceof VitrineError && error.sentence ? render(error.sentence, vscode.l10n.t) : messageOf(error);
}

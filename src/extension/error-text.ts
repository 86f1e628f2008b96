import * as vscode from 'vscode';
import * as display from '../display/sentences';
import { type Sentence, VitrineError } from '../shared/errors';

/** The sentence of any thrown value, in the editor's language where there is a translation. */
export function errorText(error: unknown): string {
  return display.errorText(error, vscode.l10n.t);
}

/** An error whose message is in the editor's language, for those who only read that. */
export function spokenError(error: unknown): unknown {
  if (!(error instanceof VitrineError)) return error;
  return new VitrineError(error.code, errorText(error), { cause: error });
}

/** A sentence in the editor's language. */
export function sentenceText(sentence: Sentence): string {
  return display.render(sentence, vscode.l10n.t);
}

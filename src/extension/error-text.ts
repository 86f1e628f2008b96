import * as vscode from 'vscode';
import { messageOf, render, type Sentence, VitrineError } from '../shared/errors';

/** The sentence of any thrown value, in the editor's language where there is a translation. */
export function errorText(error: unknown): string {
  return error instanceof VitrineError && error.sentence ? sentenceText(error.sentence) : messageOf(error);
}

/** An error whose message is in the editor's language, for those who only read that. */
export function spokenError(error: unknown): unknown {
  if (!(error instanceof VitrineError)) return error;
  return new VitrineError(error.code, errorText(error), { cause: error });
}

/** A sentence in the editor's language. */
export function sentenceText(sentence: Sentence): string {
  return render(sentence, vscode.l10n.t);
}

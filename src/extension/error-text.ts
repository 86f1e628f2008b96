import * as vscode from 'vscode';
import { messageOf, render, type Sentence, VitrineError } from '../shared/errors';

/** The sentence of any thrown value, in the editor's language where there is a translation. */
export function errorText(error: unknown): string {
  return error instanceof VitrineError && error.sentence ? sentenceText(error.sentence) : messageOf(error);
}

/** A sentence in the editor's language. */
export function sentenceText(sentence: Sentence): string {
  return render(sentence, vscode.l10n.t);
}

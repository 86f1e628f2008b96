import * as vscode from 'vscode';

/** The language of the extension's sentences: the editor's where there is a translation, else English. */
export function spokenLanguage(): string {
  return vscode.l10n.bundle ? vscode.env.language : 'en';
}

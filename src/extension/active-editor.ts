import * as vscode from 'vscode';
import { VitrineError } from '../shared/errors';

/** The editor of text that is in front. @throws VitrineError where there is none, as in front of a picture or a very large file */
export function activeEditor(): vscode.TextEditor {
  const editor = vscode.window.activeTextEditor;
  if (editor) return editor;
  throw new VitrineError(
    'editor.none',
    vscode.l10n.t('There is no text in front. Open one; files over 50 MB are kept from all extensions.'),
  );
}

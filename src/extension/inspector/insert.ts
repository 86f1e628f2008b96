import * as vscode from 'vscode';
import { VitrineError } from '../../shared/errors';
import type { Target } from './target';

/** Puts a text after what is inspected, as one edit that can be undone. @throws VitrineError where the document takes none */
export async function insertAfter({ document, spans }: Target, text: string): Promise<void> {
  const end = document.positionAt(Math.max(...spans.map((span) => span.end)));
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, end, text);
  if (await vscode.workspace.applyEdit(edit)) return;
  throw new VitrineError(
    'editor.readOnly',
    vscode.l10n.t('The text could not be changed: it is read-only or closed. Copy the continuation instead.'),
  );
}

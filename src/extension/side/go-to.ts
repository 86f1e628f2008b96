import * as vscode from 'vscode';

/** Puts the cursor on a place of a document, in an editor that shows it or else in a new one; the focus stays where it is. */
export async function goTo(document: vscode.TextDocument, offset: number): Promise<void> {
  const caret = document.positionAt(offset);
  const selection = new vscode.Selection(caret, caret);
  const editor = vscode.window.visibleTextEditors.find((shown) => shown.document === document);
  if (editor) {
    editor.selection = selection;
    editor.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  } else if (!revealCell(document)) {
    await vscode.window.showTextDocument(document, { selection, preserveFocus: true });
  }
}

/** A notebook's cell out of view has no editor to put a cursor in: the notebook goes there. */
function revealCell(document: vscode.TextDocument): boolean {
  for (const editor of vscode.window.visibleNotebookEditors) {
    const cell = editor.notebook.getCells().find((one) => one.document === document);
    if (!cell) continue;
    const range = new vscode.NotebookRange(cell.index, cell.index + 1);
    editor.selection = range;
    editor.revealRange(range, vscode.NotebookEditorRevealType.InCenterIfOutsideViewport);
    return true;
  }
  return false;
}

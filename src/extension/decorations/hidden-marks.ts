import * as vscode from 'vscode';

/** What the editor lays over the places of a word, and over what is the same as the selection. */
const MARKS = ['wordHighlight', 'wordHighlightStrong', 'wordHighlightText', 'selectionHighlight'];
/** A rule of its own inside the type's: `:not(&)` keeps it from being about what the type decorates, which is nothing. */
const HIDING_RULE = `:is(${MARKS.map((mark) => `.${mark}`).join(', ')}):not(&) { display: none; }`;

/**
 * Hides the marks that the editor puts on a word wherever it occurs, and on what is the same as the selection, until it is
 * disposed of: they look like attention. No setting is changed: whatever ends Vitrine, the marks are back.
 *
 * The editor asks the providers of the marks in one text in turn, the one that was registered last first, and stops at an
 * answer, also an empty one. Those across several texts (`editor.occurrencesHighlight`: `multiFile`) and of the selection ask
 * nobody that an extension could be: a style hides them, which goes with its decoration type.
 */
export function hideMarks(): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.languages.registerDocumentHighlightProvider({ pattern: '**' }, { provideDocumentHighlights: () => [] }),
    vscode.window.createTextEditorDecorationType({ cursor: `auto; ${HIDING_RULE}` }),
  );
}

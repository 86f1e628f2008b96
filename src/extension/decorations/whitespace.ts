import * as vscode from 'vscode';
import type { Span } from '../../shared/tokens';

const GLYPHS: ReadonlyMap<string, string> = new Map([
  [' ', '·'],
  ['\t', '→'],
  ['\n', '⏎'],
]);

/**
 * The glyphs of a part of the text, each drawn over its character without moving it.
 *
 * @param uncut lines without
 */
export function whitespaceGlyphs(
  document: vscode.TextDocument,
  span: Span,
  uncut: ReadonlySet<number>,
): vscode.DecorationOptions[] {
  const range = new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));
  const glyphs: vscode.DecorationOptions[] = [];
  for (const { 0: character, index } of document.getText(range).matchAll(/[ \t\n]/g)) {
    const at = document.positionAt(span.start + index);
    if (uncut.has(at.line)) continue;
    glyphs.push({
      range: new vscode.Range(at, at),
      renderOptions: { before: { contentText: GLYPHS.get(character) ?? '' } },
    });
  }
  return glyphs;
}

/** The decoration type that the glyphs need: as wide as nothing. */
export const whitespaceOptions: vscode.DecorationRenderOptions = {
  before: { color: new vscode.ThemeColor('editorWhitespace.foreground'), width: '0' },
};

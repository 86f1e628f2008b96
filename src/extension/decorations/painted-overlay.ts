import * as vscode from 'vscode';
import { firstTokenAfter, type ReadingPart, standsInDocument } from '../readings/reading';
import { type DecoratedRanges, DecorationSet } from './decoration-set';
import type { Overlay } from './overlays';
import type { Theme } from './theme';
import { visibleSpans } from './visible';

type NamedOptions<Name> = [Name, vscode.DecorationRenderOptions];

/** What is painted over one document, where anything is. */
export class PaintedOverlay<Painted extends { readonly document: vscode.TextDocument }, Name extends string | number>
  implements Overlay
{
  readonly #painted: () => Painted | undefined;
  readonly #decorations: DecorationSet<Name>;
  readonly #rangesOf: (editor: vscode.TextEditor, painted: Painted) => DecoratedRanges<Name>;

  constructor(
    painted: () => Painted | undefined,
    options: (theme: Theme) => Iterable<NamedOptions<Name>>,
    rangesOf: (editor: vscode.TextEditor, painted: Painted) => DecoratedRanges<Name>,
  ) {
    this.#painted = painted;
    this.#decorations = new DecorationSet(options);
    this.#rangesOf = rangesOf;
  }

  draw(editor: vscode.TextEditor): void {
    const painted = this.#painted();
    if (painted?.document === editor.document) this.#decorations.set(editor, this.#rangesOf(editor, painted));
    else this.#decorations.clear(editor);
  }

  erase(): void {
    this.#decorations.dispose();
  }
}

/** The tokens of a part that are seen in an editor, or nearly. @param end the first that is not wanted */
export function* visibleTokens(editor: vscode.TextEditor, part: ReadingPart, end: number): Generator<number> {
  for (const span of visibleSpans(editor)) {
    for (let token = firstTokenAfter(part, span.start); token < end; token++) {
      if ((part.starts[token] ?? span.end) >= span.end) break;
      if (standsInDocument(part, token)) yield token;
    }
  }
}

/** How the token that a question is about looks, and what is said at the end of a line. */
export function questionOptions(): [NamedOptions<'query'>, NamedOptions<'note'>] {
  return [
    ['query', { outline: '1px solid', outlineColor: new vscode.ThemeColor('focusBorder') }],
    ['note', { after: { color: new vscode.ThemeColor('descriptionForeground'), margin: '0 0 0 2ch' } }],
  ];
}

/** A note at the end of a line. */
export function noteAt(document: vscode.TextDocument, line: number, text: string): vscode.DecorationOptions {
  return textAt(document.lineAt(line).range.end, text);
}

/** A text that is shown at a place and stands in no document. */
export function textAt(place: vscode.Position, text: string): vscode.DecorationOptions {
  return { range: new vscode.Range(place, place), renderOptions: { after: { contentText: text } } };
}

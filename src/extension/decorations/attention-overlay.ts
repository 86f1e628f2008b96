import * as vscode from 'vscode';
import { attentionShare } from '../../display/scales';
import { LEVELS, levelOf } from '../../display/tints';
import { rangeOf } from '../documents/spans';
import { firstTokenAfter, spanOfToken } from '../readings/reading';
import { lineForNote, noteOf } from './attention-note';
import { DecoratedRanges, DecorationSet } from './decoration-set';
import type { Overlay } from './overlays';
import type { PaintedAttention } from './painted-attention';
import { type Theme, tintOptions, underlineOptions } from './theme';
import { rgba, tintOf } from './tints';
import { visibleSpans } from './visible';

/** The width of the line under what is most attended to. */
const LINE_PIXELS = 3;

/** A level of the scale, the token that attends, or the numbers at the end of its line. */
type DecorationName = number | 'query' | 'note';

/** The tokens that one token attends to, the stronger the bluer. */
export class AttentionOverlay implements Overlay {
  readonly #painted: () => PaintedAttention | undefined;
  readonly #decorations = new DecorationSet<DecorationName>(decorationOptions);

  constructor(painted: () => PaintedAttention | undefined) {
    this.#painted = painted;
  }

  draw(editor: vscode.TextEditor): void {
    const painted = this.#painted();
    if (painted?.document === editor.document) this.#decorations.set(editor, rangesOf(editor, painted));
    else this.#decorations.clear(editor);
  }

  erase(): void {
    this.#decorations.dispose();
  }
}

function rangesOf(editor: vscode.TextEditor, painted: PaintedAttention): DecoratedRanges<DecorationName> {
  const { document, part, query, attention } = painted;
  const ranges = new DecoratedRanges<DecorationName>();
  for (const { start, end } of visibleSpans(editor)) {
    for (let key = firstTokenAfter(part, start); key <= query && (part.starts[key] ?? end) < end; key++) {
      const level = levelOf(attentionShare(attention.weights[key] ?? 0, attention.largest));
      if (level > 0) ranges.add(level, { range: rangeOf(document, spanOfToken(part, key)) });
    }
  }
  const range = rangeOf(document, spanOfToken(part, query));
  const lineEnd = document.lineAt(lineForNote(editor, range.start.line)).range.end;
  ranges.add('query', { range });
  ranges.add('note', {
    range: new vscode.Range(lineEnd, lineEnd),
    renderOptions: { after: { contentText: noteOf(painted) } },
  });
  return ranges;
}

/** One less than there are levels, since the lowest is bare, the query and the note: nine types. */
function decorationOptions(theme: Theme): [DecorationName, vscode.DecorationRenderOptions][] {
  const levels = Array.from({ length: LEVELS - 1 }, (_, i): [DecorationName, vscode.DecorationRenderOptions] => [
    i + 1,
    levelOptions(i + 1, theme),
  ]);
  return [
    ...levels,
    ['query', { outline: '1px solid', outlineColor: new vscode.ThemeColor('focusBorder') }],
    ['note', { after: { color: new vscode.ThemeColor('descriptionForeground'), margin: '0 0 0 2ch' } }],
  ];
}

/**
 * With a line that no other blue of the editor has under it, a selection's or an occurrence's: the thicker, the more. What is
 * too faint for that blue has none.
 */
function levelOptions(level: number, theme: Theme): vscode.DecorationRenderOptions {
  const width = Math.floor((level * LINE_PIXELS) / (LEVELS - 1));
  const { colour } = tintOf('blue', theme.ground, level, theme.hues);
  const line = width > 0 ? underlineOptions({ style: 'solid', width, colour: rgba(colour, 1) }, theme) : {};
  return { ...tintOptions('blue', theme, level), ...line };
}

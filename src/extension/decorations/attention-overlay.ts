import type * as vscode from 'vscode';
import { attentionShare } from '../../display/scales';
import { levelOf } from '../../display/tints';
import { rangeOf } from '../documents/spans';
import { spanOfToken } from '../readings/reading';
import { lineForNote, noteOf } from './attention-note';
import { DecoratedRanges } from './decoration-set';
import { levelsFor } from './levels';
import type { Overlay } from './overlays';
import type { PaintedAttention } from './painted-attention';
import { noteAt, PaintedOverlay, questionOptions, visibleTokens } from './painted-overlay';
import { linedTintOptions, type Theme } from './theme';

/** A level of the scale, the token that attends, or the numbers at the end of its line. */
type DecorationName = number | 'query' | 'note';

/** The tokens that one token attends to, the stronger the bluer. */
export function attentionOverlay(painted: () => PaintedAttention | undefined): Overlay {
  return new PaintedOverlay<PaintedAttention, DecorationName>(painted, decorationOptions, rangesOf);
}

function rangesOf(editor: vscode.TextEditor, painted: PaintedAttention): DecoratedRanges<DecorationName> {
  const { document, part, query, attention } = painted;
  const ranges = new DecoratedRanges<DecorationName>();
  for (const key of visibleTokens(editor, part, query + 1)) {
    const level = levelOf(attentionShare(attention.weights[key] ?? 0, attention.largest));
    if (level > 0) ranges.add(level, { range: rangeOf(document, spanOfToken(part, key)) });
  }
  const range = rangeOf(document, spanOfToken(part, query));
  ranges.add('query', { range });
  ranges.add('note', noteAt(document, lineForNote(editor, range.start.line), noteOf(painted)));
  return ranges;
}

/** One less than there are levels, since the lowest is bare, the query and the note: nine types. */
function decorationOptions(theme: Theme): [DecorationName, vscode.DecorationRenderOptions][] {
  return [
    ...levelsFor(1).map((level): [DecorationName, vscode.DecorationRenderOptions] => [
      level,
      linedTintOptions('blue', 'solid', theme, level),
    ]),
    ...questionOptions(),
  ];
}

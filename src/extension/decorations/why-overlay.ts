import * as vscode from 'vscode';
import { signedShare } from '../../display/scales';
import { levelOf } from '../../display/tints';
import { rangeOf } from '../documents/spans';
import { spanOfToken } from '../readings/reading';
import { DecoratedRanges } from './decoration-set';
import { levelsFor, quietLevel } from './levels';
import type { Overlay } from './overlays';
import { noteAt, PaintedOverlay, questionOptions, textAt, visibleTokens } from './painted-overlay';
import type { PaintedWhy } from './painted-why';
import { linedTintOptions, type Theme } from './theme';
import { whyNotes } from './why-note';
import { offsetOf } from './why-place';

/** Of the scale of differences; lines tell the two apart for whom the hues do not. */
const SIDES = [
  { side: 'for', hue: 'blue', line: 'solid' },
  { side: 'against', hue: 'warm', line: 'dashed' },
] as const;

const FRAME = '1px solid var(--vscode-focusBorder)';

/** A level of what speaks for the token or against it, that token where it would come next or stands, or the words at the end of a line. */
type DecorationName = `${(typeof SIDES)[number]['side']} ${number}` | 'next' | 'query' | 'note';

/** What each token brings for another and against a third: the more, the stronger; what brings nothing is bare. */
export function whyOverlay(painted: () => PaintedWhy | undefined): Overlay {
  return new PaintedOverlay<PaintedWhy, DecorationName>(painted, decorationOptions, rangesOf);
}

function rangesOf(editor: vscode.TextEditor, painted: PaintedWhy): DecoratedRanges<DecorationName> {
  const { document, part, position, isNext, answer } = painted;
  const ranges = new DecoratedRanges<DecorationName>();
  for (const key of answer ? visibleTokens(editor, part, position) : []) {
    const name = tintName(signedShare(answer?.why.sources[key] ?? 0, answer?.largest ?? 0));
    if (name) ranges.add(name, { range: rangeOf(document, spanOfToken(part, key)) });
  }
  const at = document.positionAt(offsetOf({ part, index: position }));
  if (!isNext) ranges.add('query', { range: rangeOf(document, spanOfToken(part, position)) });
  else if (answer) ranges.add('next', textAt(at, answer.token));
  for (const [line, text] of whyNotes(editor, painted, at.line)) ranges.add('note', noteAt(document, line, text));
  return ranges;
}

/** @param share −1 (against) to 1 (for) */
function tintName(share: number): DecorationName | undefined {
  const level = quietLevel(levelOf(Math.abs(share)), SIDES.length);
  return level > 0 ? `${share > 0 ? 'for' : 'against'} ${level}` : undefined;
}

/** Nine types: three levels of each side, the token and the notes. */
function decorationOptions(theme: Theme): [DecorationName, vscode.DecorationRenderOptions][] {
  return [
    ...SIDES.flatMap(({ side, hue, line }) =>
      levelsFor(SIDES.length).map((level): [DecorationName, vscode.DecorationRenderOptions] => [
        `${side} ${level}`,
        linedTintOptions(hue, line, theme, level),
      ]),
    ),
    // Nothing of it is in the document.
    ['next', { after: { color: new vscode.ThemeColor('descriptionForeground'), fontStyle: 'italic', border: FRAME } }],
    ...questionOptions(),
  ];
}

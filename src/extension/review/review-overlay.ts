import * as vscode from 'vscode';
import { SURPRISAL_END_BITS, surprisalShare } from '../../display/scales';
import { LEVELS, levelOf } from '../../display/tints';
import { inkOf } from '../../display/token-ink';
import type { ChangedLineToken } from '../../shared/workspace-api';
import { DecoratedRanges, DecorationSet } from '../decorations/decoration-set';
import { levelsFor } from '../decorations/levels';
import type { Overlay } from '../decorations/overlays';
import { linedTintOptions, markOptions, type Theme, tintOptions, underlineOptions } from '../decorations/theme';
import { rgba, tintOf } from '../decorations/tints';
import { settings } from '../settings';
import type { ChangeReview } from './change-review';

/** Marked beside the scroll bar: as in a text that is coloured as a whole. */
const MARKED_SHARE = 0.75;
const MARGIN_LINES = 40;
/** What surprises less could not be told from the diff's own colours. */
const LEAST_LEVEL = 2;
export const LEAST_BITS = (LEAST_LEVEL * SURPRISAL_END_BITS) / LEVELS;

type ReviewDecoration = number | 'mark';

/**
 * What a change is judged by, in the colours of surprisal: the new tokens that count, and on the other side those that they
 * replace. The one that the list names is always seen.
 */
export class ReviewOverlay implements Overlay {
  readonly #current: () => ChangeReview | undefined;
  readonly #decorations = new DecorationSet<ReviewDecoration>(reviewDecorations);

  constructor(current: () => ChangeReview | undefined) {
    this.#current = current;
  }

  draw(editor: vscode.TextEditor): void {
    const review = this.#current();
    const side = review?.sideOf(editor.document);
    if (!review || !side) {
      this.#decorations.clear(editor);
      return;
    }
    const ranges = new DecoratedRanges<ReviewDecoration>();
    for (const { token, isNamed } of review.colouredTokensOf(side)) {
      if (!isNamed && token.bits < settings.colourFrom()) continue;
      const share = surprisalShare(token.bits);
      const { start, end } = inkOf(token);
      const range = new vscode.Range(token.line, start, token.line, end);
      const level = Math.max(levelOf(share), isNamed ? LEAST_LEVEL : 0);
      if (level >= LEAST_LEVEL && isNear(editor, token.line)) ranges.add(level, { range });
      if (share >= MARKED_SHARE) ranges.add('mark', { range });
    }
    this.#decorations.set(editor, ranges);
  }

  erase(): void {
    this.#decorations.dispose();
  }
}

export const rangeOfToken = ({ line, start, end }: Pick<ChangedLineToken, 'line' | 'start' | 'end'>) =>
  new vscode.Range(line, start, line, end);

const isNear = ({ visibleRanges }: vscode.TextEditor, line: number) =>
  visibleRanges.some(({ start, end }) => line >= start.line - MARGIN_LINES && line <= end.line + MARGIN_LINES);

function* reviewDecorations(theme: Theme): Generator<[ReviewDecoration, vscode.DecorationRenderOptions]> {
  for (const level of levelsFor(1)) if (level >= LEAST_LEVEL) yield [level, changeOptions(theme, level)];
  yield ['mark', markOptions('warm', theme, LEVELS - 1)];
}

/**
 * The diff has a green and a red behind its text, in which an opaque tint is a hole: they shine through, and a line under the
 * token has the hue by itself. In high contrast it has frames instead.
 */
function changeOptions(theme: Theme, level: number): vscode.DecorationRenderOptions {
  if (theme.highContrast) return linedTintOptions('warm', 'solid', theme, level);
  const { colour, opacity } = tintOf('warm', theme.ground, level, theme.hues);
  return {
    ...tintOptions('warm', theme, level),
    backgroundColor: rgba(colour, opacity),
    ...underlineOptions({ style: 'solid', width: Math.floor(level / 2), colour: rgba(colour, 1) }, theme),
  };
}

import * as vscode from 'vscode';
import { surprisalShare } from '../../display/scales';
import { LEVELS, levelOf } from '../../display/tints';
import type { ChangedLineToken } from '../../shared/workspace-api';
import { DecoratedRanges, DecorationSet } from '../decorations/decoration-set';
import { levelsFor } from '../decorations/levels';
import type { Overlay } from '../decorations/overlays';
import { linedTintOptions, markOptions, type Theme } from '../decorations/theme';
import { settings } from '../settings';
import type { ChangeReview } from './change-review';

/** Marked beside the scroll bar: as in a text that is coloured as a whole. */
const MARKED_SHARE = 0.75;
const MARGIN_LINES = 40;

type ReviewDecoration = number | 'mark';

/** The tokens of changed lines, on both sides of a change, in the colours of surprisal. */
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
    for (const token of review.changedTokensOf(side)) {
      if (token.bits < settings.colourFrom()) continue;
      const share = surprisalShare(token.bits);
      const range = rangeOfToken(token);
      if (levelOf(share) > 0 && isNear(editor, token.line)) ranges.add(levelOf(share), { range });
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
  // What the diff editor has behind single characters covers tints, but no lines.
  for (const level of levelsFor(1)) yield [level, linedTintOptions('warm', 'solid', theme, level)];
  yield ['mark', markOptions('warm', theme, LEVELS - 1)];
}

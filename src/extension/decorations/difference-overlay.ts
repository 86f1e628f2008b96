import type * as vscode from 'vscode';
import { lineWeightOf } from '../../display/difference-scale';
import { levelOf } from '../../display/tints';
import { rangeOf } from '../documents/spans';
import { DecoratedRanges, DecorationSet } from './decoration-set';
import { type DifferenceAt, type DocumentDifference, differencesWithin, shareOf } from './document-difference';
import { levelsFor, paintedLevel, quietLevel } from './levels';
import type { Overlay } from './overlays';
import { type Theme, tintOptions, underlineOptions } from './theme';
import { visibleSpans } from './visible';

/** Of the two hues that a difference has. */
const HUES = 2;
const LINES = ['dotted', 'dashed', 'solid'] as const;
const LINE = { width: 1, colour: 'var(--vscode-descriptionForeground)' };

type Name = `${'blue' | 'warm'} ${number}` | (typeof LINES)[number];

/**
 * Tokens on blue where B finds them more probable than A, on the warm hue where less; the line under them says how far both are
 * apart. What no longer holds is pale, and without a line.
 */
export class DifferenceOverlay implements Overlay {
  readonly #differenceOf: (document: vscode.TextDocument) => DocumentDifference | undefined;
  readonly #decorations = new DecorationSet<Name>(decorationOptions);

  constructor(differenceOf: (document: vscode.TextDocument) => DocumentDifference | undefined) {
    this.#differenceOf = differenceOf;
  }

  draw(editor: vscode.TextEditor): void {
    const known = this.#differenceOf(editor.document);
    if (known) this.#decorations.set(editor, rangesOf(editor, known));
    else this.#decorations.clear(editor);
  }

  erase(): void {
    this.#decorations.dispose();
  }
}

function rangesOf(editor: vscode.TextEditor, known: DocumentDifference): DecoratedRanges<Name> {
  const ranges = new DecoratedRanges<Name>();
  for (const visible of visibleSpans(editor)) {
    for (const difference of differencesWithin(known, visible)) {
      const range = rangeOf(editor.document, difference);
      const share = shareOf(difference.compared, difference.index);
      const fresh = tintLevelOf(difference);
      const level = difference.isOld && fresh > 0 ? paintedLevel(Math.ceil(fresh / 2), HUES) : fresh;
      const line = difference.isOld ? undefined : lineOf(difference);
      if (level > 0) ranges.add(`${share > 0 ? 'blue' : 'warm'} ${level}`, { range });
      if (line) ranges.add(line, { range });
    }
  }
  return ranges;
}

/** 0 where it is too small for a tint. */
export function tintLevelOf({ compared, index }: DifferenceAt): number {
  return quietLevel(levelOf(Math.abs(shareOf(compared, index))), HUES);
}

/** None of different vocabularies, of which KL is not defined. */
function lineOf({ compared, index }: DifferenceAt): (typeof LINES)[number] | undefined {
  const { sameVocabulary, tokens } = compared;
  return sameVocabulary ? LINES[lineWeightOf(tokens.kl[index] ?? 0) - 1] : undefined;
}

/** Nine types: three levels of each hue, three lines. */
function* decorationOptions(theme: Theme): Generator<[Name, vscode.DecorationRenderOptions]> {
  for (const hue of ['blue', 'warm'] as const) {
    for (const level of levelsFor(HUES)) yield [`${hue} ${level}`, tintOptions(hue, theme, level)];
  }
  for (const style of LINES) yield [style, underlineOptions({ style, ...LINE }, theme)];
}

import * as vscode from 'vscode';
import { QUANTITY_HUES, type Quantity, shareOf } from '../../display/quantities';
import { LEVELS, levelOf } from '../../display/tints';
import { rangeOf } from '../documents/spans';
import type { DocumentReading } from '../readings/document-readings';
import type { ColourChoice } from './colour-choice';
import { DecoratedRanges, DecorationSet } from './decoration-set';
import { type HeatToken, heatTokens } from './heat-tokens';
import { levelsFor, paintedLevel } from './levels';
import type { Overlay } from './overlays';
import { type Underline, underlineOf } from './quantities';
import { markOptions, type Theme, tintOptions, underlineOptions } from './theme';
import type { Hue } from './tints';
import { visibleSpans } from './visible';

const LINES: readonly Underline[] = ['dotted', 'dashed', 'solid', 'double'];
const LINE = { width: 1, colour: 'var(--vscode-descriptionForeground)' };

/** What a document is coloured by, and what is known of it. */
export interface DocumentHeat {
  quantity: Quantity;
  /** Whether only a selection is coloured. */
  ofSelection: boolean;
  known: DocumentReading | undefined;
  isColoured: ColourChoice;
}

/** Places marked beside the scroll bar: the most surprising ones, from this share of the scale on. */
const MARKS = 100;
const MARKED_SHARE = 0.75;
const EVERYTHING = { start: 0, end: Number.POSITIVE_INFINITY };

/** Tokens on backgrounds that say how unexpected they were; paler where the text before them has changed since. */
export class HeatOverlay implements Overlay {
  readonly #heatOf: (document: vscode.TextDocument) => DocumentHeat | undefined;
  readonly #decorations = new DecorationSet<HeatDecoration>((theme) => heatDecorations(this.#hues, theme));
  #hues: readonly Hue[] = [];

  constructor(heatOf: (document: vscode.TextDocument) => DocumentHeat | undefined) {
    this.#heatOf = heatOf;
  }

  draw(editor: vscode.TextEditor): void {
    const hues = this.#huesInView();
    const isSame = hues.join() === this.#hues.join();
    if (!isSame) this.erase();
    this.#hues = hues;
    // What is erased is erased in all editors.
    for (const each of isSame ? [editor] : vscode.window.visibleTextEditors) this.#drawIn(each);
  }

  erase(): void {
    this.#decorations.dispose();
  }

  #huesInView(): readonly Hue[] {
    const heats = vscode.window.visibleTextEditors.map(({ document }) => this.#heatOf(document));
    return [...new Set(heats.flatMap((heat) => (heat ? [QUANTITY_HUES[heat.quantity]] : [])))].sort();
  }

  #drawIn(editor: vscode.TextEditor): void {
    const heat = this.#heatOf(editor.document);
    if (heat?.known) this.#decorations.set(editor, rangesOf(editor, heat, heat.known, this.#hues.length));
    else this.#decorations.clear(editor);
  }
}

/** @param hues how many are in view. */
function rangesOf(
  editor: vscode.TextEditor,
  { quantity, isColoured }: DocumentHeat,
  known: DocumentReading,
  hues: number,
): DecoratedRanges<HeatDecoration> {
  const { document } = editor;
  const hue = QUANTITY_HUES[quantity];
  const ranges = new DecoratedRanges<HeatDecoration>();
  for (const visible of visibleSpans(editor)) {
    for (const token of heatTokens(known, visible)) {
      if (!isColoured(token)) continue;
      const range = rangeOf(document, token.span);
      const level = levelIn(quantity, token, known);
      const underline = token.stale ? undefined : underlineOf(quantity, token.part, token.index);
      if (level > 0) ranges.add(`${hue} ${paintedLevel(level, hues)}`, { range });
      if (underline) ranges.add(underline, { range });
    }
  }
  for (const range of marks(document, quantity, known, isColoured)) ranges.add(`${hue} mark`, { range });
  return ranges;
}

function levelIn(quantity: Quantity, { part, index, stale }: HeatToken, { reading }: DocumentReading): number {
  const level = levelOf(shareOf(quantity, part.predictions, index, reading.model.vocabSize));
  return stale ? Math.ceil(level / 2) : level;
}

function marks(
  document: vscode.TextDocument,
  quantity: Quantity,
  known: DocumentReading,
  isColoured: ColourChoice,
): vscode.Range[] {
  const { vocabSize } = known.reading.model;
  const coloured = [...heatTokens(known, EVERYTHING)].filter(isColoured);
  return Array.from(coloured, ({ part, index, span }) => ({
    span,
    share: shareOf(quantity, part.predictions, index, vocabSize),
  }))
    .filter(({ share }) => share >= MARKED_SHARE)
    .sort((a, b) => b.share - a.share)
    .slice(0, MARKS)
    .map(({ span }) => rangeOf(document, span));
}

/** A level of a hue's scale, a mark beside the scroll bar, or a line for the rank. */
type HeatDecoration = `${Hue} ${number}` | `${Hue} mark` | Underline;

/** Twelve types at most: seven levels of one hue or three of each of two, a mark for each, four lines. */
function* heatDecorations(
  hues: readonly Hue[],
  theme: Theme,
): Generator<[HeatDecoration, vscode.DecorationRenderOptions]> {
  for (const hue of hues) {
    for (const level of levelsFor(hues.length)) yield [`${hue} ${level}`, tintOptions(hue, theme, level)];
    yield [`${hue} mark`, markOptions(hue, theme, LEVELS - 1)];
  }
  for (const style of LINES) yield [style, underlineOptions({ style, ...LINE }, theme)];
}

import * as vscode from 'vscode';
import type { Span } from '../../shared/tokens';
import type { KnownAnalysis } from '../analysis/analyses';
import { type AnalysisPart, firstTokenAfter } from '../analysis/analysis';
import { Brushes, Strokes } from './brushes';
import type { Layer } from './canvas';
import { HUES, type Quantity, shareOf, type Underline, underlineOf } from './quantities';
import { rangeOf, spanOf, spanOfToken } from './ranges';
import { type Theme, tintOptions } from './theme';
import { LEVELS, levelOf } from './tints';
import { visibleSpans } from './visible';

/** What is coloured in a document. */
export interface Heated {
  quantity: Quantity;
  known: KnownAnalysis;
}

/** A level of the scale, a line for the rank, or a mark beside the scroll bar. */
type Brush = number | Underline | 'mark';

/** Places marked beside the scroll bar: the most surprising ones, from this share of the scale on. */
const MARKS = 100;
const MARKED_SHARE = 0.75;

/** Tokens on backgrounds that say how unexpected they were. */
export class HeatLayer implements Layer {
  readonly #heatOf: (document: vscode.TextDocument) => Heated | undefined;
  #quantity: Quantity = 'surprisal';
  readonly #brushes = new Brushes<Brush>((theme) => brushes(this.#quantity, theme));

  constructor(heatOf: (document: vscode.TextDocument) => Heated | undefined) {
    this.#heatOf = heatOf;
  }

  draw(editor: vscode.TextEditor): void {
    const heat = this.#heatOf(editor.document);
    if (!heat) {
      this.#brushes.wipe(editor);
      return;
    }
    if (HUES[heat.quantity] !== HUES[this.#quantity]) this.erase();
    this.#quantity = heat.quantity;
    const strokes = new Strokes<Brush>();
    for (const { part, index } of visibleTokens(editor, heat.known)) {
      const range = rangeOf(editor.document, spanOfToken(part, index));
      const level = levelOf(shareOf(heat.quantity, part, index, heat.known.analysis.model.vocabulary));
      const underline = underlineOf(heat.quantity, part, index);
      if (level > 0) strokes.add(level, { range });
      if (underline) strokes.add(underline, { range });
    }
    for (const range of marks(editor.document, heat)) strokes.add('mark', { range });
    this.#brushes.paint(editor, strokes);
  }

  erase(): void {
    this.#brushes.erase();
  }
}

interface Place {
  part: AnalysisPart;
  index: number;
}

function* visibleTokens(editor: vscode.TextEditor, known: KnownAnalysis): Generator<Place> {
  for (const visible of visibleSpans(editor)) yield* tokensIn(editor.document, known, visible);
}

/** The tokens to show of a part of the text: of what was asked for, as far as the text is still the one that was read. */
function* tokensIn(document: vscode.TextDocument, known: KnownAnalysis, within: Span): Generator<Place> {
  const { analysis, unchangedBefore } = known;
  for (const shown of analysis.shown.map((range) => spanOf(document, range))) {
    const start = Math.max(shown.start, within.start);
    const end = Math.min(shown.end, within.end);
    for (const part of analysis.parts) {
      for (let index = firstTokenAfter(part, start); index < part.ids.length; index++) {
        const token = spanOfToken(part, index);
        if (token.start >= end || token.end > unchangedBefore) break;
        yield { part, index };
      }
    }
  }
}

function marks(document: vscode.TextDocument, { quantity, known }: Heated): vscode.Range[] {
  const everything = { start: 0, end: Number.POSITIVE_INFINITY };
  const { vocabulary } = known.analysis.model;
  return Array.from(tokensIn(document, known, everything), ({ part, index }) => ({
    span: spanOfToken(part, index),
    share: shareOf(quantity, part, index, vocabulary),
  }))
    .filter(({ share }) => share >= MARKED_SHARE)
    .sort((a, b) => b.share - a.share)
    .slice(0, MARKS)
    .map(({ span }) => rangeOf(document, span));
}

/** One less than there are levels, since the lowest is bare, three lines and the mark: eleven types. */
function brushes(quantity: Quantity, theme: Theme): [Brush, vscode.DecorationRenderOptions][] {
  const hue = HUES[quantity];
  const levels = Array.from({ length: LEVELS - 1 }, (_, i): [Brush, vscode.DecorationRenderOptions] => [
    i + 1,
    tintOptions(hue, theme, i + 1),
  ]);
  const lines = (['dotted', 'dashed', 'solid'] as const).map((style): [Brush, vscode.DecorationRenderOptions] => [
    style,
    { borderWidth: '0 0 1px 0', borderStyle: style, borderColor: new vscode.ThemeColor('descriptionForeground') },
  ]);
  const mark: vscode.DecorationRenderOptions = {
    overviewRulerColor: tintOptions(hue, theme, LEVELS - 1).backgroundColor ?? '',
    overviewRulerLane: vscode.OverviewRulerLane.Right,
  };
  return [...levels, ...lines, ['mark', mark]];
}

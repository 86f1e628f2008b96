import { cssColour } from '../../../src/display/colour-scale';
import { formatCount } from '../../../src/display/numbers';
import type { Plot } from './plot';
import type { Cell } from './viewport';

/** What stands beside the rows and under the columns. */
export interface Labels {
  row: (row: number) => string;
  column: (column: number) => string;
  /** What rows and columns are counted from where numbers stand for labels. */
  first: 0 | 1;
}

/** Smaller cells have no room for a label of their own. */
export const LABELLED_CELL = 9;
/** Half of what a label is high: none is cut at the plot's edge. */
const HALF_LABEL = 6;
/** Between labels and plot. */
const GAP = 6;
/** Between numbers that stand for labels. */
const TICK_DISTANCE = 44;

/** Labels where they fit, or numbers of some rows and columns. */
export function paintLabels(plot: Plot, labels: Labels): void {
  const { rows, columns } = plot.viewport.visible;
  begin(plot);
  plot.context.fillStyle = cssColour(plot.theme.colour('--vscode-descriptionForeground'));
  const { scale, rowScale } = plot.viewport;
  const first = (from: number, step: number) => Math.ceil((from + labels.first) / step) * step - labels.first;
  const rowStep = tickStep(rowScale);
  for (let row = first(rows.from, rowStep); row < rows.to; row += rowStep)
    paintRowLabel(plot, row, isLabelled(rowScale) ? labels.row(row) : formatCount(row + labels.first));
  const columnStep = tickStep(scale);
  for (let column = first(columns.from, columnStep); column < columns.to; column += columnStep)
    paintColumnLabel(plot, column, isLabelled(scale) ? labels.column(column) : formatCount(column + labels.first));
}

/** The labels of a cell, over a ground that hides what else is there. */
export function paintMarkedLabels(plot: Plot, labels: Labels, { row, column }: Partial<Cell>): void {
  begin(plot);
  if (row !== undefined) paintRowLabel(plot, row, labels.row(row), true);
  if (column !== undefined) paintColumnLabel(plot, column, labels.column(column), true);
}

function begin({ context, font }: Plot): void {
  context.font = font;
  context.textBaseline = 'middle';
}

const isLabelled = (scale: number): boolean => scale >= LABELLED_CELL;

/** Cells between two labels: 1 where each has its own, else 1, 2, 5, 10, … so that their numbers stand apart. */
function tickStep(scale: number): number {
  if (isLabelled(scale)) return 1;
  const needed = TICK_DISTANCE / scale;
  const decade = 10 ** Math.floor(Math.log10(needed));
  return [1, 2, 5, 10].map((times) => times * decade).find((step) => step >= needed) ?? needed;
}

function paintRowLabel(plot: Plot, row: number, text: string, marked = false): void {
  const { context, viewport, left } = plot;
  const { y, height } = viewport.boxOf({ row, column: 0 });
  const centre = y + height / 2;
  if (centre < 0 || centre > viewport.height) return;
  const middle = Math.max(HALF_LABEL, centre);
  const shown = shorten(context, text, plot.rowLabel);
  const { width } = context.measureText(shown);
  if (marked) paintGround(plot, viewport.rowScale, left - GAP, middle, -width);
  context.fillText(shown, left - GAP - width, middle);
}

function paintColumnLabel(plot: Plot, column: number, text: string, marked = false): void {
  const { context, viewport, left } = plot;
  const { x, width } = viewport.boxOf({ row: 0, column });
  const middle = x + width / 2;
  if (middle < 0 || middle > viewport.width) return;
  const shown = shorten(context, text, plot.columnLabel);
  context.save();
  context.translate(left + middle, viewport.covered.height + GAP);
  context.rotate(Math.PI / 2);
  if (marked) paintGround(plot, viewport.scale, 0, 0, context.measureText(shown).width);
  context.fillText(shown, 0, 0);
  context.restore();
}

/**
 * Whole numbers of rows and columns are hidden, or none: half of one is no number.
 *
 * @param scale of the cells that are labelled
 * @param length of the label, to the left where it is negative
 */
function paintGround({ context, theme }: Plot, scale: number, x: number, middle: number, length: number): void {
  const half = HALF_LABEL * (isLabelled(scale) ? 1 : 2) + 1;
  const side = Math.sign(length);
  const width = isLabelled(scale) ? Math.abs(length) : Math.max(Math.abs(length), TICK_DISTANCE);
  context.fillStyle = cssColour(theme.ground.background);
  context.fillRect(x - 2 * side, middle - half, side * (width + 4), 2 * half);
  context.fillStyle = cssColour(theme.ground.foreground);
}

function shorten(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  let shown = text;
  while (shown.length > 1 && context.measureText(`${shown}…`).width > width) shown = shown.slice(0, -1);
  return `${shown}…`;
}

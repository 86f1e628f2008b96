import { cssColour } from '../../../src/display/colour-scale';
import { hatch } from '../hatch';
import type { Plot } from './plot';

/** A picture of a part of a matrix, or of all of it. */
export interface MatrixPicture {
  image: ImageBitmap;
  /** Its first cell, and the cells that it covers. */
  row: number;
  column: number;
  rows: number;
  columns: number;
}

/** Smaller cells are not told from their neighbours by a line. */
const LINED_CELL = 7;

/** @param reach columns that a row sees, up to its own; undefined where it sees all before it */
export function paintCells(plot: Plot, pictures: readonly MatrixPicture[], reach: number | undefined): void {
  const { context, viewport, left, theme } = plot;
  const { width, height } = viewport.covered;
  context.save();
  context.translate(left, 0);
  context.beginPath();
  context.rect(0, 0, width, height);
  context.clip();
  for (const picture of pictures) {
    const box = viewport.boxOf(picture, picture.rows, picture.columns);
    // Shown smaller than it is, a picture keeps its thin lines; shown larger, its cells.
    context.imageSmoothingEnabled = box.width < picture.image.width;
    context.drawImage(picture.image, box.x, box.y, box.width, box.height);
  }
  if (reach !== undefined) hatch(context, outOfReach(plot, reach), { x: 0, y: 0, width, height }, theme);
  if (viewport.scale >= LINED_CELL) paintLines(plot);
  context.restore();
  context.strokeStyle = cssColour(theme.colour('--vscode-descriptionForeground'));
  context.globalAlpha = 0.4;
  context.strokeRect(left - 0.5, 0.5, width + 1, height);
  context.globalAlpha = 1;
}

/** The cells in view that their rows do not reach: of cells smaller than a pixel, a row of pixels at a time. */
function outOfReach({ viewport }: Plot, reach: number): Path2D {
  const path = new Path2D();
  const { rows } = viewport.visible;
  const step = Math.ceil(1 / viewport.rowScale);
  for (let row = Math.max(reach, rows.from); row < rows.to; row += step) {
    const { x, y, width, height } = viewport.boxOf({ row, column: 0 }, step, row - reach + 1);
    path.rect(x, y, width, height);
  }
  return path;
}

function paintLines({ context, viewport, theme }: Plot): void {
  const { rows, columns } = viewport.visible;
  const { width, height } = viewport.covered;
  context.fillStyle = cssColour(theme.ground.background);
  for (let row = rows.from; row < rows.to; row++)
    context.fillRect(0, Math.round(viewport.boxOf({ row, column: 0 }).y), width, 1);
  for (let column = columns.from; column < columns.to; column++)
    context.fillRect(Math.round(viewport.boxOf({ row: 0, column }).x), 0, 1, height);
}

/** An outline around cells, kept inside the plot. */
export function paintOutline(
  { context, viewport, left }: Plot,
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  style: { colour: string; dashed: boolean; width?: number },
): void {
  const { covered } = viewport;
  context.save();
  context.beginPath();
  context.rect(left - 2, 0, covered.width + 4, covered.height + 2);
  context.clip();
  context.strokeStyle = style.colour;
  context.lineWidth = style.width ?? (style.dashed ? 1 : 2);
  context.setLineDash(style.dashed ? [3, 3] : []);
  context.strokeRect(left + x, y, width, height);
  context.restore();
}

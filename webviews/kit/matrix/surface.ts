import { cssColour } from '../../../src/display/colour-scale';
import type { Run } from '../subject-tokens';
import type { Theme } from '../theme';
import { type MatrixPicture, paintCells, paintOutline } from './paint-cells';
import { LABELLED_CELL, type Labels, paintLabels, paintMarkedLabels } from './paint-labels';
import type { Plot } from './plot';
import { type Box, type Cell, Viewport } from './viewport';

const LABEL_SIZE = 11;
const SHORTEST_LABEL = 36;
const LONGEST_LABEL = 120;
const LABEL_GAP = 8;

/** What is painted. */
export interface MatrixContents {
  rows: number;
  columns: number;
  /** Whether cells may be higher than wide. */
  isTall: boolean;
  pictures: readonly MatrixPicture[];
  /** Columns that a row sees, up to its own; undefined where it sees all before it. */
  reach: number | undefined;
  outlinedRows: readonly Run[];
  outlinedCells: readonly Cell[];
  labels: Labels;
  theme: Theme;
}

/** What is marked on it. */
export interface Marks {
  selectedRow: number | undefined;
  hoveredRow: number | undefined;
  selectedCell: Cell | undefined;
  /** Where the pointer or the key cursor is. */
  cursor: Cell | undefined;
}

/** Two canvases, one upon the other: a matrix with its labels, and what is marked on it. */
export class MatrixSurface {
  readonly viewport = new Viewport();
  readonly #cells: CanvasRenderingContext2D;
  readonly #marks: CanvasRenderingContext2D;
  #painted: MatrixContents | undefined;
  /** Room for labels. */
  #left = 0;
  #width = 0;
  #height = 0;
  #family = 'monospace';

  constructor(cells: CanvasRenderingContext2D, marks: CanvasRenderingContext2D) {
    this.#cells = cells;
    this.#marks = marks;
  }

  /** Takes an element's size. @returns the greatest height of use: a higher surface would stay empty below */
  layOut(element: HTMLElement, painted: MatrixContents): number {
    this.#painted = painted;
    this.#width = element.clientWidth;
    this.#height = element.clientHeight;
    this.#family = getComputedStyle(element).getPropertyValue('--mono') || 'monospace';
    for (const { canvas } of [this.#cells, this.#marks]) {
      canvas.width = Math.round(this.#width * devicePixelRatio);
      canvas.height = Math.round(this.#height * devicePixelRatio);
    }
    this.#left = this.#longestLabel(painted) + LABEL_GAP;
    this.#fitPlot(painted);
    const cell = Viewport.fitted(this.#plotWidth, Number.POSITIVE_INFINITY, painted.rows, painted.columns);
    const bottom = cell < LABELLED_CELL ? SHORTEST_LABEL + LABEL_GAP : this.#left;
    const tall = painted.isTall ? Viewport.tallness(cell, Number.POSITIVE_INFINITY, painted.rows) : 1;
    return Math.ceil(painted.rows * cell * tall) + bottom;
  }

  paint(marks: Marks): void {
    if (!this.#painted || this.#plotWidth <= 0) return;
    this.#fitPlot(this.#painted);
    const plot = this.#plot(this.#cells, this.#painted.theme);
    plot.context.clearRect(0, 0, this.#width, this.#height);
    paintCells(plot, this.#painted.pictures, this.#painted.reach);
    this.#paintOutlined(plot, this.#painted);
    paintLabels(plot, this.#painted.labels);
    this.paintMarks(marks);
  }

  paintMarks({ selectedRow, hoveredRow, selectedCell, cursor }: Marks): void {
    if (!this.#painted || this.#plotWidth <= 0) return;
    const { theme, labels, rows, columns } = this.#painted;
    const plot = this.#plot(this.#marks, theme);
    const colour = cssColour(theme.colour('--vscode-focusBorder'));
    plot.context.clearRect(0, 0, this.#width, this.#height);
    const outline = (row: number | undefined, dashed: boolean) => {
      if (row === undefined || row >= rows) return;
      paintOutline(plot, this.viewport.boxOf({ row, column: 0 }, 1, columns), { colour, dashed });
      paintMarkedLabels(plot, labels, { row });
    };
    if (selectedCell) paintOutline(plot, this.viewport.boxOf(selectedCell), { colour, dashed: false });
    outline(selectedRow, false);
    outline(cursor?.row ?? hoveredRow, true);
    if (!cursor) return;
    paintOutline(plot, this.viewport.boxOf({ row: 0, column: cursor.column }, rows, 1), { colour, dashed: true });
    paintMarkedLabels(plot, labels, cursor);
  }

  #paintOutlined(plot: Plot, { outlinedRows, outlinedCells, columns, theme }: MatrixContents): void {
    const colour = cssColour(theme.colour('--vscode-descriptionForeground'));
    for (const { from, to } of outlinedRows)
      paintOutline(plot, this.viewport.boxOf({ row: from, column: 0 }, to - from, columns), {
        colour,
        dashed: false,
        width: 1,
      });
    for (const cell of outlinedCells)
      paintOutline(plot, this.viewport.boxOf(cell), { colour: cssColour(theme.ground.foreground), dashed: false });
  }

  /** Where a cell is, in CSS pixels of the element. */
  boxOf(cell: Cell): Box {
    const box = this.viewport.boxOf(cell);
    return { ...box, x: box.x + this.#left };
  }

  cellAt(x: number, y: number): Cell | undefined {
    return this.viewport.cellAt(x - this.#left, y);
  }

  zoom(factor: number, x?: number, y?: number): void {
    this.viewport.zoom(factor, x === undefined ? x : x - this.#left, y);
  }

  /** Where the matrix ends at the right. */
  get right(): number {
    return this.#left + this.viewport.covered.width;
  }

  get #plotWidth(): number {
    return this.#width - this.#left - 2;
  }

  /** Seen whole, a matrix without labels below leaves no room for them. */
  #fitPlot({ rows, columns, isTall }: MatrixContents): void {
    const { viewport } = this;
    viewport.isTall = isTall;
    const resize = (bottom: number) => viewport.resize(this.#plotWidth, this.#height - bottom, rows, columns);
    resize(this.#left);
    if (viewport.isWhole && viewport.scale < LABELLED_CELL) resize(SHORTEST_LABEL + LABEL_GAP);
  }

  /** Of the first rows, of which a matrix with room for labels has few. */
  #longestLabel({ rows, labels, theme }: MatrixContents): number {
    const { context } = this.#plot(this.#cells, theme);
    context.font = `${LABEL_SIZE}px ${this.#family}`;
    const widths = Array.from({ length: Math.min(rows, 100) }, (_, row) => context.measureText(labels.row(row)).width);
    return Math.min(LONGEST_LABEL, this.#width / 5, Math.max(SHORTEST_LABEL, ...widths));
  }

  #plot(context: CanvasRenderingContext2D, theme: Theme): Plot {
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    const { viewport } = this;
    const isTight = [viewport.scale, viewport.rowScale].some((cell) => cell >= LABELLED_CELL && cell <= LABEL_SIZE);
    const size = isTight ? LABELLED_CELL : LABEL_SIZE;
    const room = this.#left - LABEL_GAP;
    return {
      context,
      viewport,
      theme,
      left: this.#left,
      font: `${size}px ${this.#family}`,
      rowLabel: room,
      columnLabel: room,
    };
  }
}

/** A cell of a matrix. */
export interface Cell {
  row: number;
  column: number;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A matrix that fits many times over is not blown up to blocks. */
const LARGEST_FITTED_CELL = 28;
const LARGEST_CELL = 64;
/** Where cells may be higher than wide: so many times at the most. */
const TALLEST = 4;

/** Which part of a matrix is seen, and how large. Cells are squares, or all as high as there is room; lengths are CSS pixels. */
export class Viewport {
  /** Of the plot that the matrix is seen through. */
  width = 0;
  height = 0;
  rows = 0;
  columns = 0;
  /** Whether cells may be higher than wide: of few rows and many columns, squares are a strip. */
  isTall = false;
  /** How many times a cell is as high as it is wide. */
  tall = 1;
  /** Pixels that a cell is wide. */
  scale = 1;
  /** What stands at the plot's corner, in cells. */
  left = 0;
  top = 0;

  /** Another plot or another matrix: what was seen whole is seen whole again. */
  resize(width: number, height: number, rows: number, columns: number): void {
    const wasWhole = this.isWhole || rows !== this.rows || columns !== this.columns;
    Object.assign(this, { width, height, rows, columns });
    if (wasWhole) this.fit();
    else this.#settle(this.scale);
  }

  /** Pixels that a cell is high. */
  get rowScale(): number {
    return this.scale * this.tall;
  }

  get isWhole(): boolean {
    return this.scale <= this.#fitted;
  }

  fit(): void {
    this.left = 0;
    this.top = 0;
    this.tall = this.isTall ? Viewport.tallness(this.#fitted, this.height, this.rows) : 1;
    this.#settle(this.#fitted);
  }

  /** @param x and @param y the place of the plot that stays where it is */
  zoom(factor: number, x = this.width / 2, y = this.height / 2): void {
    const column = this.left + x / this.scale;
    const row = this.top + y / this.rowScale;
    const scale = Math.min(
      Math.max(LARGEST_CELL / this.tall, this.#fitted),
      Math.max(this.#fitted, this.scale * factor),
    );
    this.left = column - x / scale;
    this.top = row - y / (scale * this.tall);
    this.#settle(scale);
  }

  pan(x: number, y: number): void {
    this.left += x / this.scale;
    this.top += y / this.rowScale;
    this.#settle(this.scale);
  }

  /** Moves no further than a cell needs to be seen. */
  reveal({ row, column }: Cell): void {
    this.left = Math.max(Math.min(this.left, column), column + 1 - this.width / this.scale);
    this.top = Math.max(Math.min(this.top, row), row + 1 - this.height / this.rowScale);
    this.#settle(this.scale);
  }

  cellAt(x: number, y: number): Cell | undefined {
    const cell = { row: Math.floor(this.top + y / this.rowScale), column: Math.floor(this.left + x / this.scale) };
    const isInside = x >= 0 && y >= 0 && x < this.width && y < this.height;
    return isInside && cell.row < this.rows && cell.column < this.columns ? cell : undefined;
  }

  boxOf({ row, column }: Cell, rows = 1, columns = 1): Box {
    const { scale, rowScale, left, top } = this;
    return { x: (column - left) * scale, y: (row - top) * rowScale, width: columns * scale, height: rows * rowScale };
  }

  /** The part of the plot that the matrix covers. */
  get covered(): { width: number; height: number } {
    return {
      width: Math.min(this.width, this.columns * this.scale),
      height: Math.min(this.height, this.rows * this.rowScale),
    };
  }

  /** What is seen: [from, to) of rows and of columns. */
  get visible(): { rows: { from: number; to: number }; columns: { from: number; to: number } } {
    const range = (start: number, length: number, scale: number, count: number) => ({
      from: Math.max(0, Math.floor(start)),
      to: Math.min(count, Math.ceil(start + length / scale)),
    });
    return {
      rows: range(this.top, this.height, this.rowScale, this.rows),
      columns: range(this.left, this.width, this.scale, this.columns),
    };
  }

  /** How large cells are in a plot through which a matrix is seen whole. */
  static fitted(width: number, height: number, rows: number, columns: number): number {
    const scale = Math.min(LARGEST_FITTED_CELL, width / Math.max(1, columns), height / Math.max(1, rows));
    // Whole pixels, where that costs little, make every cell the same size.
    return scale > 6 ? Math.floor(scale) : scale;
  }

  /** How many times cells of a width are as high, where so many rows may fill a height. */
  static tallness(width: number, height: number, rows: number): number {
    const highest = Math.min(LARGEST_FITTED_CELL, TALLEST * width, height / Math.max(1, rows));
    return Math.max(width, highest > 6 ? Math.floor(highest) : highest) / width;
  }

  get #fitted(): number {
    return Viewport.fitted(this.width, this.height, this.rows, this.columns);
  }

  #settle(scale: number): void {
    this.scale = scale;
    this.left = Math.max(0, Math.min(this.left, this.columns - this.width / scale));
    this.top = Math.max(0, Math.min(this.top, this.rows - this.height / this.rowScale));
  }
}

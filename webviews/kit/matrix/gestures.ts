import type { Cell, Viewport } from './viewport';

/** A pointer that moved less has clicked. */
const CLICK_DISTANCE = 4;
const KEY_ZOOM = 1.25;

const STEPS: Record<string, [rows: number, columns: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-10, 0],
  PageDown: [10, 0],
};

/** The matrix that gestures move, and that tells others of its cells. */
interface Matrix {
  readonly viewport: Viewport;
  readonly selectedRow: number | undefined;
  zoom(factor: number, x?: number, y?: number): void;
  fit(): void;
  /** What is seen has changed. */
  repaint(): void;
  tell(type: 'cell-hover' | 'cell-select', cell: Cell | undefined): void;
  cellAt(x: number, y: number): Cell | undefined;
  getBoundingClientRect(): DOMRect;
}

/** What pointer, wheel and keys do with a matrix: hover answers, drag pans, wheel and keys zoom, arrows go from cell to cell. */
export class MatrixGestures {
  cursor: Cell | undefined;
  readonly #matrix: Matrix;
  #pressed: { x: number; y: number; dragged: boolean } | undefined;

  constructor(matrix: Matrix) {
    this.#matrix = matrix;
  }

  down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    this.#pressed = { x: event.clientX, y: event.clientY, dragged: false };
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
  };

  move = (event: PointerEvent): void => {
    const pressed = this.#pressed;
    if (!pressed) {
      this.#point(this.#cellUnder(event));
      return;
    }
    const [x, y] = [pressed.x - event.clientX, pressed.y - event.clientY];
    if (!pressed.dragged && Math.hypot(x, y) < CLICK_DISTANCE) return;
    Object.assign(pressed, { x: event.clientX, y: event.clientY, dragged: true });
    this.#matrix.viewport.pan(x, y);
    this.#matrix.repaint();
  };

  up = (event: PointerEvent): void => {
    const pressed = this.#pressed;
    this.#pressed = undefined;
    const cell = this.#cellUnder(event);
    if (pressed && !pressed.dragged && cell) this.#matrix.tell('cell-select', cell);
  };

  leave = (): void => this.#point(undefined);

  wheel = (event: WheelEvent): void => {
    // What cannot get smaller lets the page scroll.
    if (event.deltaY > 0 && this.#matrix.viewport.isWhole) return;
    event.preventDefault();
    const { left, top } = this.#matrix.getBoundingClientRect();
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 * event.deltaY : event.deltaY;
    this.#matrix.zoom(Math.exp(-pixels / 300), event.clientX - left, event.clientY - top);
  };

  key = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (step) this.#go(step);
    else if (event.key === '+' || event.key === '=') this.#matrix.zoom(KEY_ZOOM);
    else if (event.key === '-') this.#matrix.zoom(1 / KEY_ZOOM);
    else if (event.key === '0') this.#matrix.fit();
    else if ((event.key === 'Enter' || event.key === ' ') && this.cursor) this.#matrix.tell('cell-select', this.cursor);
    else return;
    event.preventDefault();
  };

  #go([rows, columns]: [rows: number, columns: number]): void {
    const { viewport, selectedRow } = this.#matrix;
    const from = this.cursor ?? { row: selectedRow ?? 0, column: 0 };
    const within = (index: number, count: number) => Math.max(0, Math.min(count - 1, index));
    const cell = {
      row: within(from.row + (this.cursor ? rows : 0), viewport.rows),
      column: within(from.column + (this.cursor ? columns : 0), viewport.columns),
    };
    viewport.reveal(cell);
    this.#matrix.repaint();
    this.#point(cell);
  }

  #point(cell: Cell | undefined): void {
    if (cell?.row === this.cursor?.row && cell?.column === this.cursor?.column) return;
    this.cursor = cell;
    this.#matrix.tell('cell-hover', cell);
  }

  #cellUnder(event: PointerEvent): Cell | undefined {
    const { left, top } = this.#matrix.getBoundingClientRect();
    return this.#matrix.cellAt(event.clientX - left, event.clientY - top);
  }
}

import { expect, it } from 'vitest';
import { Viewport } from '../../../webviews/kit/matrix/viewport';

function seen(rows: number, columns: number, isTall: boolean): Viewport {
  const viewport = new Viewport();
  viewport.isTall = isTall;
  viewport.resize(800, 560, rows, columns);
  return viewport;
}

it('makes cells of few rows and many columns higher than wide, where they may be', () => {
  expect(seen(12, 128, false).covered).toEqual({ width: 128 * 6, height: 12 * 6 });
  expect(seen(12, 128, true).covered).toEqual({ width: 128 * 6, height: 12 * 24 });
});

it.each([
  [4, 8],
  [600, 600],
  [128, 12],
])('and leaves %i rows of %i squares', (rows, columns) => {
  const { scale, rowScale } = seen(rows, columns, true);
  expect(rowScale).toBe(scale);
});

it('finds cells where they are drawn, also after zoom and pan', () => {
  const viewport = seen(12, 128, true);
  viewport.zoom(2, 400, 100);
  viewport.pan(-30, 40);
  const cell = { row: 5, column: 60 };
  viewport.reveal(cell);
  const { x, y, width, height } = viewport.boxOf(cell);
  expect(height / width).toBeCloseTo(4);
  expect(viewport.cellAt(x + width / 2, y + height / 2)).toEqual(cell);
  expect(viewport.cellAt(x + width / 2, y + height * 0.99)).toEqual(cell);
});

import type { NumberMap } from '../../tokenizer/number-lens';
import type { Screen } from '../output';

/** Integers a row: a hundred where there is room for them, else half as many. */
const WIDE = 100;
const NARROW = 50;

/** Every integer from 0 to 9999 as a pixel, by how many tokens it is; without colours, as that digit. */
export function mapLines(vocabulary: string, map: NumberMap, { palette, width }: Screen): string[] {
  const legend = [1, 2, 3, 4].map(
    (tokens) => `${palette.hasColours ? palette.pixels(tokens, tokens) : tokens} ${tokens}`,
  );
  const side = width >= WIDE ? WIDE : NARROW;
  const title = `${vocabulary}: tokens of 0 to 9999, ${side} a row`;
  const rows = palette.hasColours ? pixelRows(map.counts, side, palette) : digitRows(map.counts, side);
  return [palette.bold(title), ...rows, `tokens: ${palette.hasColours ? legend.join('  ') : '1 to 4'}`];
}

function pixelRows(counts: Uint8Array, side: number, palette: Screen['palette']): string[] {
  return Array.from({ length: counts.length / side / 2 }, (_, row) =>
    Array.from({ length: side }, (_, column) => {
      const upper = 2 * row * side + column;
      return palette.pixels(counts[upper] ?? 0, counts[upper + side] ?? 0);
    }).join(''),
  );
}

function digitRows(counts: Uint8Array, side: number): string[] {
  return Array.from({ length: counts.length / side }, (_, row) =>
    counts.subarray(row * side, (row + 1) * side).join(''),
  );
}

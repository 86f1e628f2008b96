import type { NumberMap } from '../../tokenizer/number-lens';
import type { Screen } from '../output';

/** The map has a row for every hundred. */
const SIDE = 100;

/** Every integer from 0 to 9999 as a pixel, by how many tokens it is; without colours, as that digit. */
export function mapLines(vocabulary: string, map: NumberMap, { palette }: Screen): string[] {
  const legend = [1, 2, 3, 4].map(
    (tokens) => `${palette.hasColours ? palette.pixels(tokens, tokens) : tokens} ${tokens}`,
  );
  const title = `${vocabulary}: tokens of 0 to 9999, a row a hundred`;
  const rows = palette.hasColours ? pixelRows(map.counts, palette) : digitRows(map.counts);
  return [palette.bold(title), ...rows, `tokens: ${palette.hasColours ? legend.join('  ') : '1 to 4'}`];
}

function pixelRows(counts: Uint8Array, palette: Screen['palette']): string[] {
  return Array.from({ length: SIDE / 2 }, (_, row) =>
    Array.from({ length: SIDE }, (_, column) => {
      const upper = 2 * row * SIDE + column;
      return palette.pixels(counts[upper] ?? 0, counts[upper + SIDE] ?? 0);
    }).join(''),
  );
}

function digitRows(counts: Uint8Array): string[] {
  return Array.from({ length: SIDE }, (_, row) => counts.subarray(row * SIDE, (row + 1) * SIDE).join(''));
}

import { cssColour } from '../../../src/display/colour-scale';
import { attentionShare } from '../../../src/display/scales';
import type { AttentionPattern, Thumbnails } from '../../../src/shared/engine-api';
import { bitmapOf, type Palette, pixelOf } from '../../kit/palette';
import type { Theme } from '../../kit/theme';

/** How weights become colours. */
interface Inks {
  palette: Palette;
  /** Of key 0, where it is hidden. */
  hidden: number;
  masksSink: boolean;
  /** The largest weight that is shown. */
  largest: number;
}

/** How much of the foreground is in the colour that hides a column. */
const HIDDEN = 0.12;

export function hiddenPixel({ ground }: Theme): number {
  const mixed = ground.background.map((from, i) => Math.round(from + HIDDEN * ((ground.foreground[i] ?? 0) - from)));
  return pixelOf([mixed[0] ?? 0, mixed[1] ?? 0, mixed[2] ?? 0]);
}

export const hiddenColour = ({ ground }: Theme): string =>
  `color-mix(in srgb, ${cssColour(ground.background)}, ${cssColour(ground.foreground)} ${100 * HIDDEN}%)`;

/** The largest weight of a pattern; the column of key 0 counts only where it is shown. */
export function largestOf({ maximum, columns }: AttentionPattern, masksSink: boolean): number {
  let largest = 0;
  for (let at = 0; at < maximum.length; at++) {
    if (!(masksSink && at % columns === 0)) largest = Math.max(largest, maximum[at] ?? 0);
  }
  return largest;
}

/** One pixel a cell. */
export function pictureOf({ maximum, rows, columns }: AttentionPattern, inks: Inks): ImageBitmap {
  const { palette, hidden, masksSink, largest } = inks;
  const pixels = new Uint32Array(rows * columns);
  for (let at = 0; at < pixels.length; at++) {
    pixels[at] = masksSink && at % columns === 0 ? hidden : palette.at(attentionShare(maximum[at] as number, largest));
  }
  return bitmapOf(pixels, columns, rows);
}

/** All heads' thumbnails in one picture, a row a layer and a column a head, each `size` cells wide and high. */
export function thumbnailsPicture(
  thumbnails: Thumbnails,
  { layers, heads }: { layers: number; heads: number },
  inks: Omit<Inks, 'largest'>,
): ImageBitmap {
  const { size } = thumbnails;
  const width = heads * size;
  const pixels = new Uint32Array(layers * size * width);
  for (let at = 0; at < pixels.length; at++) {
    const [head, cell] = [Math.floor(at / size ** 2), at % size ** 2];
    const [row, column] = [Math.floor(cell / size), cell % size];
    const to = (Math.floor(head / heads) * size + row) * width + (head % heads) * size + column;
    pixels[to] = pixelAt(thumbnails, at, column, inks);
  }
  return bitmapOf(pixels, width, layers * size);
}

function pixelAt(
  { block, maximum, mean }: Thumbnails,
  at: number,
  column: number,
  { palette, hidden, masksSink }: Omit<Inks, 'largest'>,
): number {
  const largest = maximum[at] as number;
  if (column > 0) return palette.at(attentionShare(largest, 1));
  // A block's largest weight leaves key 0 out, which is alone in its column where a block is one token.
  if (masksSink) return block === 1 ? hidden : palette.at(attentionShare(largest, 1));
  return palette.at(attentionShare(Math.max(largest, block * (mean[at] as number)), 1));
}

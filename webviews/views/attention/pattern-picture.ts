import { cssColour } from '../../../src/display/colour-scale';
import { attentionShare } from '../../../src/display/scales';
import type { AttentionPattern } from '../../../src/shared/engine-api';
import { bitmapOf, type Palette, pixelOf } from '../../kit/palette';
import type { Theme } from '../../kit/theme';

/** How weights become colours. */
export interface Inks {
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

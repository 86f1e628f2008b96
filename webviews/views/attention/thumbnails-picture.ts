import { attentionShare } from '../../../src/display/scales';
import type { Thumbnails } from '../../../src/shared/engine-api';
import { bitmapOf } from '../../kit/palette';
import type { Inks } from './pattern-picture';

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

import { type ColourScale, cssColour } from '../../../src/display/colour-scale';
import type { LayerInfo, Thumbnails } from '../../../src/shared/engine-api';
import { hatch } from '../../kit/hatch';
import type { Box } from '../../kit/matrix/viewport';
import type { Theme } from '../../kit/theme';

/** Of how many layers and heads what is painted. */
interface Painted {
  layers: number;
  heads: number;
  kinds: readonly LayerInfo[];
  thumbnails: Thumbnails | undefined;
  theme: Theme;
}

/** A number of every head, in place of its pattern. */
export interface HeadWorths {
  /** [layer, head]: −1 to 1, on the scale. */
  shares: Float32Array;
  scale: ColourScale;
  /** What to say of a head. @param index in `shares` */
  text(index: number): string;
}

/** Fits a canvas to its place, and paints every head's number on it, a row a layer. */
export function paintWorths(
  context: CanvasRenderingContext2D,
  { shares, scale }: HeadWorths,
  { layers, heads }: Pick<Painted, 'layers' | 'heads'>,
): void {
  const { canvas } = context;
  fitToPlace(canvas);
  const [width, height] = [canvas.width / heads, canvas.height / layers];
  const gap = Math.max(1, Math.round(devicePixelRatio));
  for (const [index, share] of shares.entries()) {
    const [x, y] = [Math.round((index % heads) * width), Math.round(Math.floor(index / heads) * height)];
    const [right, bottom] = [
      Math.round(((index % heads) + 1) * width),
      Math.round((Math.floor(index / heads) + 1) * height),
    ];
    context.fillStyle = cssColour(scale(share));
    context.fillRect(x, y, right - x - gap, bottom - y - gap);
  }
}

function fitToPlace(canvas: HTMLCanvasElement): void {
  canvas.width = Math.round(canvas.clientWidth * devicePixelRatio);
  canvas.height = Math.round(canvas.clientHeight * devicePixelRatio);
}

/** Fits a canvas to its place, and paints every head's thumbnail on it, a row a layer, with what its layer does not reach. */
export function paintHeads(
  context: CanvasRenderingContext2D,
  picture: ImageBitmap | undefined,
  { layers, heads, kinds, thumbnails, theme }: Painted,
): void {
  const { canvas } = context;
  fitToPlace(canvas);
  if (!picture || !thumbnails) return;
  const { size, block } = thumbnails;
  const [width, height] = [canvas.width / heads, canvas.height / layers];
  const gap = Math.max(1, Math.round(devicePixelRatio));
  context.imageSmoothingEnabled = width < size;
  for (let layer = 0; layer < layers; layer++) {
    for (let head = 0; head < heads; head++) {
      const [x, y] = [Math.round(head * width), Math.round(layer * height)];
      const [right, bottom] = [Math.round((head + 1) * width), Math.round((layer + 1) * height)];
      const box = { x, y, width: right - x - gap, height: bottom - y - gap };
      context.drawImage(picture, head * size, layer * size, size, size, x, y, box.width, box.height);
      const reach = kinds[layer]?.slidingWindow;
      if (reach !== undefined && reach < size * block) {
        hatch(context, outOfReach(box, reach / (size * block)), box, theme, devicePixelRatio);
      }
    }
  }
}

/** What lies further back than a share of the text: the lower left corner. */
function outOfReach({ x, y, width, height }: Box, share: number): Path2D {
  const corner = new Path2D();
  corner.moveTo(x, y + share * height);
  corner.lineTo(x, y + height);
  corner.lineTo(x + (1 - share) * width, y + height);
  return corner;
}

import type { Rgb } from '../../src/display/colour';
import type { ColourScale } from '../../src/display/colour-scale';

/** Fine enough that no colour is off by more than 1 of 255. */
const STEPS = 4096;

/** A scale as a table of pixels, for pictures of many cells. */
export interface Palette {
  /** @param share 0 to 1 */
  at(share: number): number;
}

const palettes = new WeakMap<ColourScale, Palette>();

export function paletteOf(scale: ColourScale): Palette {
  const known = palettes.get(scale) ?? makePalette(scale);
  palettes.set(scale, known);
  return known;
}

function makePalette(scale: ColourScale): Palette {
  const pixels = Uint32Array.from({ length: STEPS }, (_, step) => pixelOf(scale(step / (STEPS - 1))));
  return { at: (share) => pixels[Math.round(share * (STEPS - 1))] as number };
}

/** An opaque pixel as canvases keep it: red first, in the order of bytes of all machines that browsers run on. */
export function pixelOf([red, green, blue]: Rgb): number {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** A picture of one pixel a cell. @param pixels [rows, columns] */
export function bitmapOf(pixels: Uint32Array, columns: number, rows: number): ImageBitmap {
  const canvas = new OffscreenCanvas(columns, rows);
  const bytes = new Uint8ClampedArray(pixels.buffer as ArrayBuffer, pixels.byteOffset, pixels.byteLength);
  canvas.getContext('2d')?.putImageData(new ImageData(bytes, columns, rows), 0, 0);
  return canvas.transferToImageBitmap();
}

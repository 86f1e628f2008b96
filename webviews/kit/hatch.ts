import { css } from 'lit';
import { cssColour } from '../../src/display/colour-scale';
import type { Theme } from './theme';

/*
 * What cannot be looked at is hatched, in every picture: an empty cell would be a weight of 0.
 */

/** CSS pixels between two lines. */
const GAP = 4;
const STRENGTH = 0.3;

/** Hatches a part of a canvas. @param pixels of the canvas that a CSS pixel has in its present transform */
export function hatch(
  context: CanvasRenderingContext2D,
  part: Path2D,
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  theme: Theme,
  pixels = 1,
): void {
  context.save();
  context.clip(part);
  context.beginPath();
  for (let offset = 0; offset < width + height; offset += GAP * pixels * Math.SQRT2) {
    context.moveTo(x + offset, y);
    context.lineTo(x + offset - height, y + height);
  }
  context.strokeStyle = cssColour(theme.ground.foreground);
  context.globalAlpha = STRENGTH;
  context.lineWidth = pixels;
  context.stroke();
  context.restore();
}

/** The same as a background. */
export const hatched = css`repeating-linear-gradient(135deg, color-mix(in srgb, currentcolor 30%, transparent) 0 1px, transparent 1px 4px)`;

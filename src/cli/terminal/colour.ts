import { contrastRatio, type Rgb } from '../../display/colour';

const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];

/** Black or white, whichever is easier to read. One of the two always has a contrast of at least √21, 4.58. */
export function textColourOn(background: Rgb): Rgb {
  return contrastRatio(BLACK, background) >= contrastRatio(WHITE, background) ? BLACK : WHITE;
}

const CUBE_LEVELS = [0, 95, 135, 175, 215, 255];

/** The nearest colour of the 6 x 6 x 6 cube that terminals of 256 colours have from number 16 on. */
export function nearestOf256(colour: Rgb): { number: number; colour: Rgb } {
  const [red, green, blue] = colour.map(nearestLevel) as [number, number, number];
  return {
    number: 16 + 36 * red + 6 * green + blue,
    colour: [CUBE_LEVELS[red] ?? 0, CUBE_LEVELS[green] ?? 0, CUBE_LEVELS[blue] ?? 0],
  };
}

function nearestLevel(value: number): number {
  const distances = CUBE_LEVELS.map((level) => Math.abs(level - value));
  return distances.indexOf(Math.min(...distances));
}

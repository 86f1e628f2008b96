import { WriteStream } from 'node:tty';
import { contrastRatio, type Rgb } from '../../display/colour';
import { attentionShare, surprisalShare } from '../../display/scales';
import {
  attentionScale,
  bandColours,
  type Ground,
  lensScale,
  type Scale,
  stepOf,
  surprisalScale,
  tokenCountColours,
} from './scales';

const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];
const CUBE_LEVELS = [0, 95, 135, 175, 215, 255];

/** Black or white, whichever is easier to read. One of the two always has a contrast of at least √21, 4.58. */
export function textColourOn(background: Rgb): Rgb {
  return contrastRatio(BLACK, background) >= contrastRatio(WHITE, background) ? BLACK : WHITE;
}

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

/** Colours a text; each does nothing where there are no colours. */
export interface Palette {
  readonly hasColours: boolean;
  /** @param bits of surprisal; the scale ends at 16. */
  surprisal(text: string, bits: number): string;
  /** @param share from 0 to 1, of the largest weight shown; the scale is its square root. */
  attention(text: string, share: number): string;
  /** @param probability from 0 to 1. */
  lens(text: string, probability: number): string;
  /** @param share from −1, against, to 1, for. */
  signed(text: string, share: number): string;
  /** The quiet tint of a token's band; neighbours differ. */
  band(text: string, index: number): string;
  /** Two pixels of the map of numbers, one above the other, by how many tokens each number is. */
  pixels(upper: number, lower: number): string;
  bold(text: string): string;
  quiet(text: string): string;
}

/** 1 for none, 24 for all, between them 256 colours. */
type ColourDepth = 1 | 8 | 24;

export function createPalette(depth: ColourDepth, ground: Ground): Palette {
  const style = (text: string, on: string, off: string) => (depth === 1 ? text : `\x1b[${on}m${text}\x1b[${off}m`);
  const tint = (text: string, scale: Record<Ground, Scale>, share: number) => {
    const colour = stepOf(scale[ground], share);
    return colour === undefined ? text : style(text, tintCodes(colour, depth), '39;49');
  };
  // A text has many bands of two tints: their codes are made once.
  const bands = bandColours[ground].map((colour) => tintCodes(colour, depth));
  const countColour = (tokens: number) => tokenCountColours[ground][Math.min(tokens, 4) - 1] ?? [0, 0, 0];
  return {
    hasColours: depth !== 1,
    band: (text, index) => style(text, bands[index % bands.length] ?? '', '39;49'),
    pixels: (upper, lower) => style('▀', pixelCodes(countColour(upper), countColour(lower), depth), '39;49'),
    surprisal: (text, bits) => tint(text, surprisalScale, surprisalShare(bits)),
    attention: (text, share) => tint(text, attentionScale, attentionShare(share, 1)),
    lens: (text, probability) => tint(text, lensScale, probability),
    signed: (text, share) => tint(text, share < 0 ? surprisalScale : attentionScale, Math.sqrt(Math.abs(share))),
    bold: (text) => style(text, '1', '22'),
    quiet: (text) => style(text, '2', '22'),
  };
}

/**
 * What a stream can show: `NO_COLOR` and `FORCE_COLOR` decide before the terminal does. An empty `NO_COLOR` says nothing:
 * https://no-color.org
 */
export function colourDepth(isTerminal: boolean, env: NodeJS.ProcessEnv): ColourDepth {
  if (!isTerminal && env.FORCE_COLOR === undefined) return 1;
  const { NO_COLOR, ...others } = env;
  const depth = WriteStream.prototype.getColorDepth(NO_COLOR ? env : others);
  return depth === 1 || depth === 24 ? depth : 8;
}

/** Some terminals say in `COLORFGBG` (`15;0`) what they write on; most that do not are dark. */
export function groundOf(env: NodeJS.ProcessEnv): Ground {
  return /;(7|15)$/.test(env.COLORFGBG ?? '') ? 'light' : 'dark';
}

function tintCodes(background: Rgb, depth: ColourDepth): string {
  return pixelCodes(textColourOn(depth === 24 ? background : nearestOf256(background).colour), background, depth);
}

function pixelCodes(foreground: Rgb, background: Rgb, depth: ColourDepth): string {
  if (depth === 24) return `38;2;${foreground.join(';')};48;2;${background.join(';')}`;
  return `38;5;${nearestOf256(foreground).number};48;5;${nearestOf256(background).number}`;
}

import { WriteStream } from 'node:tty';
import { nearestOf256, type Rgb, textColourOn } from './colour';
import { attentionScale, type Ground, lensScale, type Scale, stepOf, surprisalScale } from './scales';

/** Colours a text; each does nothing where there are no colours. */
export interface Palette {
  /** @param bits of surprisal; the scale ends at 16. */
  surprisal(text: string, bits: number): string;
  /** @param share from 0 to 1, of the largest weight shown; the scale is its square root. */
  attention(text: string, share: number): string;
  /** @param probability from 0 to 1. */
  lens(text: string, probability: number): string;
  bold(text: string): string;
  quiet(text: string): string;
}

/** 1 for none, 24 for all, between them 256 colours. */
export type ColourDepth = 1 | 8 | 24;

const SURPRISAL_END_BITS = 16;

export function createPalette(depth: ColourDepth, ground: Ground): Palette {
  const style = (text: string, on: string, off: string) => (depth === 1 ? text : `\x1b[${on}m${text}\x1b[${off}m`);
  const tint = (text: string, scale: Record<Ground, Scale>, share: number) => {
    const colour = stepOf(scale[ground], share);
    return colour === undefined ? text : style(text, tintCodes(colour, depth), '39;49');
  };
  return {
    surprisal: (text, bits) => tint(text, surprisalScale, bits / SURPRISAL_END_BITS),
    attention: (text, share) => tint(text, attentionScale, Math.sqrt(share)),
    lens: (text, probability) => tint(text, lensScale, probability),
    bold: (text) => style(text, '1', '22'),
    quiet: (text) => style(text, '2', '22'),
  };
}

/** What a stream can show: `NO_COLOR` and `FORCE_COLOR` decide before the terminal does. */
export function colourDepth(isTerminal: boolean, env: NodeJS.ProcessEnv): ColourDepth {
  if (!isTerminal && env.FORCE_COLOR === undefined) return 1;
  const depth = WriteStream.prototype.getColorDepth(env);
  return depth === 1 || depth === 24 ? depth : 8;
}

/** Some terminals say in `COLORFGBG` (`15;0`) what they write on; most that do not are dark. */
export function groundOf(env: NodeJS.ProcessEnv): Ground {
  return /;(7|15)$/.test(env.COLORFGBG ?? '') ? 'light' : 'dark';
}

function tintCodes(background: Rgb, depth: ColourDepth): string {
  if (depth === 24) return `38;2;${textColourOn(background).join(';')};48;2;${background.join(';')}`;
  const nearest = nearestOf256(background);
  return `38;5;${nearestOf256(textColourOn(nearest.colour)).number};48;5;${nearest.number}`;
}

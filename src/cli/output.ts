import { safeText } from '../shared/glyphs';
import { colourDepth, createPalette, groundOf, type Palette } from './terminal/palette';

/** Where tables are drawn. */
export interface Screen {
  /** Columns. */
  width: number;
  palette: Palette;
}

/** Narrower tables would say nothing. */
const LEAST_WIDTH = 60;
const DEFAULT_WIDTH = 80;

export function screenOf(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): Screen {
  return {
    width: Math.max(LEAST_WIDTH, stream.columns || DEFAULT_WIDTH),
    palette: createPalette(colourDepth(stream.isTTY === true, env), groundOf(env)),
  };
}

export function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** A sentence about the run, beside its result. */
export function warn(sentence: string): void {
  // It may quote a file, and a file may hold anything.
  process.stderr.write(`${safeText(sentence)}\n`);
}

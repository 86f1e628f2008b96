import { once } from 'node:events';
import { safeText } from '../display/glyphs';
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

/** UTF-16 units that are written at once. */
const BLOCK = 65_536;

export function screenOf(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): Screen {
  return {
    width: Math.max(LEAST_WIDTH, stream.columns || DEFAULT_WIDTH),
    palette: createPalette(colourDepth(stream.isTTY === true, env), groundOf(env)),
  };
}

export function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Prints what the memory may not hold as a whole, as fast as it is read. */
export async function stream(pieces: Iterable<string> | AsyncIterable<string>): Promise<void> {
  let block = '';
  for await (const piece of pieces) {
    block += piece;
    if (block.length < BLOCK) continue;
    await write(block);
    block = '';
  }
  await write(block);
}

async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

export function* endedLines(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield `${line}\n`;
}

/** A sentence about the run, beside its result. */
export function warn(sentence: string): void {
  // It may quote a file, and a file may hold anything.
  process.stderr.write(`${safeText(sentence)}\n`);
}

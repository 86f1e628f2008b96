import { safeText } from '../../display/glyphs';
import { bitsOf } from '../../display/scales';
import type { Tokenizer } from '../../tokenizer';
import type { Screen } from '../output';
import { padEnd, widthOf } from '../terminal/width';
import type { ReadChat } from './chat-reader';

/** Beside what training counts, and beside what it does not. */
const BARS = { scored: '┃', unscored: '│' };

/** A piece of a token that stands in one line. */
interface Piece {
  token: number;
  shown: string;
  /** Whether a line of the prompt ends with it. */
  endsLine: boolean;
}

/** A line of the terminal: pieces of one message, all of them scored or none. */
interface Row {
  message: number | undefined;
  isScored: boolean;
  pieces: Piece[];
}

/**
 * A prompt with its line breaks; beside what a message says stands in the margin whose it is. A bar says what training counts; control tokens stand in
 * brackets, and what the template adds is quiet. Where a model has read it, a token is tinted by its surprisal.
 */
export function promptLines(read: ReadChat, tokenizer: Tokenizer, logprobs: Float32Array, screen: Screen): string[] {
  const names = contentNames(read);
  const margin = Math.max(0, ...[...names.values()].map(widthOf));
  const named = new Set<number | undefined>();
  return rowsOf(read, piecesOf(read, tokenizer), screen.width - margin - 3).map(({ message, isScored, pieces }) => {
    const isFirst = !named.has(message) && pieces.some(({ token }) => read.parts[token]?.kind === 'content');
    if (isFirst) named.add(message);
    const name = padEnd((isFirst && names.get(message)) || '', margin);
    const bar = isScored ? BARS.scored : BARS.unscored;
    const text = pieces.map((piece) => drawn(read, piece, logprobs, screen)).join('');
    return `${screen.palette.quiet(`${name} ${bar}`)} ${text}`.trimEnd();
  });
}

/** Whose the content of each message is. */
function contentNames({ parts }: ReadChat): Map<number | undefined, string> {
  const contents = parts.filter(({ kind }) => kind === 'content');
  return new Map(contents.map(({ message, role = '' }) => [message, safeText(role)]));
}

export const PROMPT_LEGEND = `${BARS.scored} scored, which is what training counts · ${BARS.unscored} not · [ ] a control token · ⏎ a line break`;

function drawn({ parts, isScored }: ReadChat, { token, shown }: Piece, logprobs: Float32Array, { palette }: Screen) {
  if (parts[token]?.kind === 'template' && isScored[token] === 0) return palette.quiet(shown);
  const bits = bitsOf(logprobs[token] ?? Number.NaN);
  return Number.isNaN(bits) ? shown : palette.surprisal(shown, bits);
}

function piecesOf({ rendered: { text }, tokens: { ids, starts, ends } }: ReadChat, tokenizer: Tokenizer): Piece[] {
  let done = 0;
  return Array.from(ids).flatMap((id, token) => {
    // A character that tokens share stands with the first of them.
    const from = Math.max(done, starts[token] as number);
    const own = text.slice(from, Math.max(from, ends[token] as number));
    done = from + own.length;
    if (tokenizer.isControl(id)) return [{ token, shown: `[${safeText(own)}]`, endsLine: false }];
    const lines = own.split('\n');
    return lines.flatMap((line, index) => {
      const endsLine = index < lines.length - 1;
      const shown = safeText(line) + (endsLine ? '⏎' : '');
      return shown === '' ? [] : [{ token, shown, endsLine }];
    });
  });
}

function rowsOf({ parts, isScored }: ReadChat, pieces: readonly Piece[], width: number): Row[] {
  const rows: Row[] = [];
  let used = 0;
  let isEnded = true;
  for (const piece of pieces) {
    const { message } = parts[piece.token] ?? {};
    const scored = isScored[piece.token] === 1;
    const columns = widthOf(piece.shown);
    const last = rows.at(-1);
    const goesOn = !isEnded && last?.message === message && last?.isScored === scored && used + columns <= width;
    if (goesOn) last?.pieces.push(piece);
    else rows.push({ message, isScored: scored, pieces: [piece] });
    used = goesOn ? used + columns : columns;
    isEnded = piece.endsLine;
  }
  return rows;
}

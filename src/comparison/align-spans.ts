import type { Span } from '../shared/tokens';
import { isCounted, type ReadTokens } from './read-tokens';

/** Tokens of a trace, [from, to), by their positions there. */
export interface TokenRange {
  from: number;
  to: number;
}

/** A part of the text that both models predict and cut off at the same characters. Offsets in UTF-16 units. */
export interface AlignedSpan extends Span {
  a: TokenRange;
  b: TokenRange;
}

/** Tokens that share characters with each other and with no other: mostly one. Their range is of positions in the trace. */
interface Piece extends Span, TokenRange {
  /** Whether something predicts all of them, they are of the text, and they are all of their characters. */
  isCounted: boolean;
}

/** The parts of a text at whose borders tokens of both readings end, as far as both predict it. */
export function alignSpans(a: ReadTokens, b: ReadTokens): AlignedSpan[] {
  const [piecesA, piecesB] = [piecesOf(a), piecesOf(b)];
  const spans: AlignedSpan[] = [];
  let [i, j] = [0, 0];
  while (i < piecesA.length && j < piecesB.length) {
    const [atA, atB] = [(piecesA[i] as Piece).start, (piecesB[j] as Piece).start];
    if (atA !== atB) {
      if (atA < atB) i++;
      else j++;
      continue;
    }
    const [toA, toB, isWhole] = commonEnd(piecesA, i, piecesB, j);
    const [ofA, ofB] = [piecesA.slice(i, toA), piecesB.slice(j, toB)];
    if (isWhole && [...ofA, ...ofB].every((piece) => piece.isCounted)) {
      const end = (ofA.at(-1) as Piece).end;
      spans.push({ start: atA, end, a: rangeOf(ofA), b: rangeOf(ofB) });
    }
    [i, j] = [toA, toB];
  }
  return spans;
}

/**
 * From a character at which a piece of both begins to the next at which one of both ends, without a character between that
 * one of them has not read.
 *
 * @returns the first pieces after it, or after such a character, and whether there is none
 */
function commonEnd(
  piecesA: readonly Piece[],
  i: number,
  piecesB: readonly Piece[],
  j: number,
): [toA: number, toB: number, isWhole: boolean] {
  let [a, b] = [piecesA[i] as Piece, piecesB[j] as Piece];
  while (a.end !== b.end) {
    const [pieces, at] = a.end < b.end ? [piecesA, ++i] : [piecesB, ++j];
    const next = pieces[at];
    const isGap = next === undefined || next.start !== Math.min(a.end, b.end);
    if (isGap) return [i, j, false];
    if (a.end < b.end) a = next;
    else b = next;
  }
  return [i + 1, j + 1, true];
}

const rangeOf = (pieces: readonly Piece[]): TokenRange => ({
  from: (pieces[0] as Piece).from,
  to: (pieces.at(-1) as Piece).to,
});

/** A token of no characters goes with what follows it, unless it is none of the text's own. */
function piecesOf(tokens: ReadTokens): Piece[] {
  const { starts, ends, first = 0 } = tokens;
  const pieces: Piece[] = [];
  let from = 0;
  for (const [entry, start] of starts.entries()) {
    const end = ends[entry] as number;
    const counts = isCounted(tokens, entry);
    if (start === end) {
      if (!counts) from = entry + 1;
      continue;
    }
    const last = pieces.at(-1);
    if (last && start < last.end) {
      last.end = Math.max(last.end, end);
      last.to = first + entry + 1;
      last.isCounted &&= counts;
    } else {
      pieces.push({ start, end, from: first + from, to: first + entry + 1, isCounted: counts });
    }
    from = entry + 1;
  }
  leaveOut(pieces, tokens.dropped ?? []);
  return pieces;
}

/** A character of which a vocabulary holds some bytes only is one that its model has not read. Both are in order. */
function leaveOut(pieces: readonly Piece[], dropped: readonly Span[]): void {
  let at = 0;
  for (const { start, end } of dropped) {
    while (at < pieces.length && (pieces[at] as Piece).end <= start) at++;
    for (let i = at; i < pieces.length && (pieces[i] as Piece).start < end; i++) (pieces[i] as Piece).isCounted = false;
  }
}

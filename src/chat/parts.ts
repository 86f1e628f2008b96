import type { ChatMessage, RenderedPart, TextSource } from '../shared/chat';
import type { Span } from '../shared/tokens';
import type { RenderedPiece } from './render-pieces';

/** The parts of a rendered prompt: its pieces with their roles and their places in the document, cut where scores begin and end. */
export function partsOf(
  pieces: readonly RenderedPiece[],
  scored: readonly Span[],
  messages: readonly ChatMessage[],
): RenderedPart[] {
  return pieces.flatMap((piece) => {
    const inside = (at: number) => at > piece.start && at < piece.end;
    const cuts = scored.flatMap(({ start, end }) => [start, end]).filter(inside);
    const borders = [...new Set([piece.start, ...cuts, piece.end])].sort((a, b) => a - b);
    return borders.slice(1).map((end, i) => partOf(piece, borders[i] as number, end, scored, messages));
  });
}

function partOf(
  { start: pieceStart, message, isContent, from }: RenderedPiece,
  start: number,
  end: number,
  scored: readonly Span[],
  messages: readonly ChatMessage[],
): RenderedPart {
  const own = message === undefined ? undefined : messages[message];
  const part: RenderedPart = {
    start,
    end,
    role: own?.role,
    message,
    kind: isContent ? 'content' : 'template',
    isScored: scored.some((range) => range.start <= start && end <= range.end),
  };
  if (!isContent || from < 0 || own?.source === undefined) return part;
  const first = from + start - pieceStart;
  return { ...part, source: slice(own.source, first, first + end - start) };
}

const slice = ({ starts, ends }: TextSource, start: number, end: number): TextSource => ({
  starts: starts.subarray(start, end),
  ends: ends.subarray(start, end),
});

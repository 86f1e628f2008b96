import type { Piece } from './jinja/output';

/** A part of a rendered text, before it is known where it stands in a document. */
export interface RenderedPiece {
  start: number;
  end: number;
  message: number | undefined;
  isContent: boolean;
  /** Of content, where it stands in the message's; −1 where it is not there unit by unit. */
  from: number;
}

/** What a template has written, cut into what is its own and what is a message's. */
export function piecesOf(written: readonly Piece[]): RenderedPiece[] {
  const pieces: RenderedPiece[] = [];
  let at = 0;
  for (const { text, message } of written) {
    let done = 0;
    const template = (end: number) => {
      if (end > done) add(pieces, { start: at + done, end: at + end, message, isContent: false, from: -1 });
    };
    for (const mark of text.marks) {
      template(mark.start);
      add(pieces, {
        start: at + mark.start,
        end: at + mark.end,
        message: mark.message,
        isContent: true,
        from: mark.from,
      });
      done = mark.end;
    }
    template(text.length);
    at += text.length;
  }
  return pieces;
}

/** Joins to the last what goes on with it. */
function add(pieces: RenderedPiece[], piece: RenderedPiece): void {
  const last = pieces.at(-1);
  if (last && goesOn(last, piece)) last.end = piece.end;
  else pieces.push(piece);
}

function goesOn(last: RenderedPiece, { message, isContent, from }: RenderedPiece): boolean {
  if (last.message !== message || last.isContent !== isContent) return false;
  return from < 0 ? last.from < 0 : last.from >= 0 && last.from + last.end - last.start === from;
}

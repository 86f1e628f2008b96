import type { RenderedPiece } from './render-pieces';

/**
 * What a template writes before the first message need not all be of that message: it may be a system prompt of the template's
 * own, or what stands before every chat. Of the message is what the template writes before it where it is not the first.
 *
 * @param header that; undefined where it is not known
 * @returns the same pieces, with what else is written first as one of no message
 */
export function withoutOwnPrompt(
  pieces: readonly RenderedPiece[],
  text: string,
  header: string | undefined,
): RenderedPiece[] {
  const at = pieces.findIndex(({ message }) => message !== undefined);
  const first = pieces[at];
  if (!first || first.isContent || !header) return [...pieces];
  const written = text.slice(first.start, first.end);
  const border = first.end - header.length;
  if (border <= first.start || !written.endsWith(header)) return [...pieces];
  const before = { ...first, end: border, message: undefined };
  return [...pieces.slice(0, at), before, { ...first, start: border }, ...pieces.slice(at + 1)];
}

/** What a template writes before a message. */
export function headerOf(message: number, pieces: readonly RenderedPiece[], text: string): string | undefined {
  const first = pieces.find((piece) => piece.message === message);
  return first && !first.isContent ? text.slice(first.start, first.end) : undefined;
}

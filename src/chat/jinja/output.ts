import { concat, type Text } from './text';

/** What one statement has written. */
export interface Piece {
  text: Text;
  /** The message that it belongs to, where that is known. */
  message: number | undefined;
  /** Whether that is known because it stands in the loop over messages. */
  isInLoop: boolean;
}

/** What a template writes, statement by statement. */
export class Output {
  readonly pieces: Piece[] = [];
  length = 0;

  /** @param message whose turn it is in a loop over messages */
  write(text: Text, message: number | undefined): void {
    if (text.length === 0) return;
    this.pieces.push({ text, message: message ?? onlyMessageOf([text]), isInLoop: message !== undefined });
    this.length += text.length;
  }

  /**
   * Says of which message the pieces from `first` on are, where that of one alone is among them and no loop has said it:
   * the border tokens of a system message that a template writes before it goes over the others.
   */
  attribute(first: number): void {
    const pieces = this.pieces.slice(first);
    if (pieces.some(({ isInLoop }) => isInLoop)) return;
    const messages = new Set(
      pieces.flatMap(({ text, message }) => [message, ...text.marks.map((mark) => mark.message)]),
    );
    messages.delete(undefined);
    const [message] = messages;
    if (messages.size === 1) for (const piece of pieces) piece.message = message;
  }

  text(): Text {
    return concat(this.pieces.map(({ text }) => text));
  }
}

function onlyMessageOf(texts: readonly Text[]): number | undefined {
  const messages = new Set(texts.flatMap(({ marks }) => marks.map(({ message }) => message)));
  return messages.size === 1 ? [...messages][0] : undefined;
}

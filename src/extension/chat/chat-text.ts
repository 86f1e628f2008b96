import { placeOf, sourcedParts, tokenPlaces, unitAt } from '../../chat/token-places';
import type { Conversation, RenderedChat } from '../../shared/chat';
import type { Span } from '../../shared/tokens';
import type { Places, TextApart } from '../readings/apart';

/** A conversation of a document, as its template writes it. */
export class ChatText implements TextApart {
  readonly conversation: Conversation;
  readonly rendered: RenderedChat;
  readonly #isTaken: ((place: Span) => boolean) | undefined;

  /** @param before another conversation of the same text, with the same question: what that has is not this one's too */
  constructor(conversation: Conversation, rendered: RenderedChat, before: Conversation | undefined) {
    this.conversation = conversation;
    this.rendered = rendered;
    const taken = before && spansOf(before);
    this.#isTaken = taken && (({ start, end }) => taken.some((span) => span.start <= start && end <= span.end));
  }

  get text(): string {
    return this.rendered.text;
  }

  get span(): Span {
    return this.conversation.span;
  }

  placesOf(tokens: Places): Places[] {
    return tokenPlaces(this.rendered.parts, tokens, this.#isTaken);
  }

  /** Whether something that is said here, and not in the other of a pair of answers, stands at an offset of the document. */
  has(offset: number): boolean {
    return spansOf(this.conversation).some(
      (span) => span.start <= offset && offset <= span.end && !this.#isTaken?.(span),
    );
  }

  /** The span of the prompt that stands in a span of the document; undefined where none does. */
  spanAt({ start, end }: Span): Span | undefined {
    const parts = sourcedParts(this.rendered.parts);
    const [first, last] = [unitAt(parts, start), unitAt(parts, Math.max(start, end - 1))];
    return first === undefined || last === undefined ? undefined : { start: first, end: last + 1 };
  }

  /** Where a span of the prompt stands in the document; undefined where it does not. */
  placeOf(span: Span): Span | undefined {
    return placeOf(sourcedParts(this.rendered.parts), span);
  }
}

/** Where the contents of a conversation stand. */
function spansOf({ messages }: Conversation): Span[] {
  return messages.flatMap(({ source }) => {
    const [start, end] = [source?.starts[0], source?.ends.at(-1)];
    return start === undefined || end === undefined ? [] : [{ start, end }];
  });
}

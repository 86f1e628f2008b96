import { firstAtLeast } from '../../shared/sorted';
import type { Span } from '../../shared/tokens';
import type { OpenVocabulary } from '../vocabularies';

/** A text as one vocabulary reads it. */
export interface TokenizedText {
  vocabulary: OpenVocabulary;
  text: string;
  /** How many tokens it has. */
  count: number;
  /** The token at a place, counted from 0. Made when it is asked for: a long text has millions. */
  tokenAt(place: number): TextToken | undefined;
  /** Whether a token covers just these characters. */
  hasToken(span: Span): boolean;
  /** Characters that the vocabulary cannot hold. */
  dropped: Span[];
}

export interface TextToken {
  id: number;
  /** The characters of the text that it has a part in, [start, end) in UTF-16 units. */
  text: string;
  /** Its bytes of the text, in hexadecimal. */
  bytes: string;
  start: number;
  end: number;
}

export function tokenizeText(vocabulary: OpenVocabulary, text: string, special: boolean): TokenizedText {
  const { ids, starts, ends, byteStarts, byteEnds, dropped } = vocabulary.tokenizer.encode(text, { special });
  const bytes = Buffer.from(text);
  const tokenAt = (place: number): TextToken | undefined => {
    const [id, start = 0, end = 0] = [ids[place], starts[place], ends[place]];
    return id === undefined
      ? undefined
      : {
          id,
          text: text.slice(start, end),
          bytes: bytes.toString('hex', byteStarts[place], byteEnds[place]),
          start,
          end,
        };
  };
  const hasToken = (span: Span): boolean => {
    let place = firstAtLeast(starts, span.start);
    // Tokens that share a character can share a start.
    while (starts[place] === span.start && ends[place] !== span.end) place++;
    return starts[place] === span.start;
  };
  return { vocabulary, text, count: ids.length, tokenAt, hasToken, dropped };
}

export function* tokensOf({ count, tokenAt }: TokenizedText): Generator<TextToken> {
  for (let place = 0; place < count; place++) {
    const token = tokenAt(place);
    if (token) yield token;
  }
}

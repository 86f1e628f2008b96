import type { Span } from '../../shared/tokens';
import type { OpenVocabulary } from '../vocabularies';

/** A text as one vocabulary reads it. */
export interface TokenizedText {
  vocabulary: OpenVocabulary;
  text: string;
  tokens: TextToken[];
  /** Characters that the vocabulary cannot hold. */
  dropped: Span[];
}

export interface TextToken {
  id: number;
  /** The characters of the text that it has a part in, [start, end) in UTF-16 units. */
  text: string;
  start: number;
  end: number;
  /** Its bytes of the text, in hexadecimal. */
  bytes: string;
}

export function tokenizeText(vocabulary: OpenVocabulary, text: string, special: boolean): TokenizedText {
  const { ids, starts, ends, byteStarts, byteEnds, dropped } = vocabulary.tokenizer.encode(text, { special });
  const bytes = Buffer.from(text);
  const tokens = Array.from(ids, (id, i) => {
    const [start = 0, end = 0] = [starts[i], ends[i]];
    return { id, text: text.slice(start, end), start, end, bytes: bytes.toString('hex', byteStarts[i], byteEnds[i]) };
  });
  return { vocabulary, text, tokens, dropped };
}

/** The object that `--json` prints. */
export function tokenizedJson({ vocabulary, text, tokens, dropped }: TokenizedText): object {
  const unseen = dropped.map(({ start, end }) => ({ text: text.slice(start, end), start, end }));
  return {
    vocab: vocabulary.name,
    text,
    tokens,
    count: tokens.length,
    ...(unseen.length > 0 ? { dropped: unseen } : {}),
  };
}

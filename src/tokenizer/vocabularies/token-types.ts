import { sentence, VitrineError } from '../../shared/errors';
import type { GgufVocabulary } from '../../shared/tokens';

/** `tokenizer.ggml.token_type` of a GGUF file. */
export const TokenType = { Normal: 1, Unknown: 2, Control: 3, UserDefined: 4, Unused: 5, Byte: 6 } as const;

/** More tokens than this are no vocabulary; the merging heap counts on it too. */
export const MOST_TOKENS = 2 ** 21;

/** A file that names no types holds normal tokens only. */
export function typeOf(source: GgufVocabulary, id: number): number {
  return source.tokenTypes?.[id] ?? TokenType.Normal;
}

/** Whether tokens of this type are looked for in the text itself and take no part in merging. */
export function isAdded(type: number): boolean {
  return type === TokenType.Unknown || type === TokenType.Control || type === TokenType.UserDefined;
}

/** @throws VitrineError where there are no tokens, or far too many */
export function checkSizes(source: GgufVocabulary): void {
  const size = source.tokens.length;
  if (size === 0 || size > MOST_TOKENS || (source.merges?.length ?? 0) > MOST_TOKENS) {
    throw new VitrineError(
      'tokenizer.size',
      sentence`A vocabulary of ${size} tokens and ${source.merges?.length ?? 0} merges cannot be used: there must be 1 to ${MOST_TOKENS} tokens and no more merges than that.`,
    );
  }
}

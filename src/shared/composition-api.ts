/* What the tokens of a vocabulary are, by their texts. */

/**
 * Letters behind a space, letters without one (both Latin), letters of another script, numerals, what has other signs in it
 * or a capital after a small letter, bytes that are no whole character, control tokens.
 */
export const TOKEN_KINDS = ['word', 'fragment', 'script', 'digits', 'code', 'bytes', 'control'] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];

export interface TokenGroup {
  count: number;
  /** Some of them, from all over the vocabulary; of bytes as `\xE2`. */
  examples: readonly string[];
}

/** Ids that are no token are left out. */
export interface Composition {
  tokens: number;
  /** Every kind that there is, in the order of `TOKEN_KINDS`. */
  kinds: readonly (TokenGroup & { kind: TokenKind })[];
  /** Those of the kind `script`, by ISO 15924, the most first. */
  scripts: readonly (TokenGroup & { script: string })[];
}

import type { Tokenizer } from '../tokenizer';

/** A token of a number, with the characters of the number that it covers: [start, end). */
export interface NumberToken {
  id: number;
  text: string;
  start: number;
  end: number;
}

/** The tokens of a number, or of any text that has one, standing alone. */
export function cut(tokenizer: Tokenizer, text: string): NumberToken[] {
  const { ids, starts, ends } = tokenizer.encode(text);
  return Array.from(ids, (id, i) => {
    const start = starts[i] ?? 0;
    const end = ends[i] ?? 0;
    return { id, text: text.slice(start, end), start, end };
    // The space that SentencePiece puts before a text covers nothing of it.
  }).filter((token) => token.end > token.start);
}

/** The digits of a text that a vocabulary has no token for, each once. */
export function missingDigits(tokenizer: Tokenizer, text: string): string[] {
  return [...new Set(text.match(/\d/g))].filter((digit) => !isHeld(tokenizer, digit));
}

/** Whether the tokens of a text say all of it: none of its characters is dropped, or stood for by the unknown token. */
function isHeld(tokenizer: Tokenizer, text: string): boolean {
  return tokenizer.decode(tokenizer.encode(text).ids) === text;
}

/** Between which characters of the text the tokens are cut: an edge at n is before character n. */
export function edgesOf(tokens: readonly NumberToken[]): number[] {
  return tokens.slice(1).map((token) => token.start);
}

import type { Tokenizer } from '../tokenizer';

/** The token that a text begins with. */
export interface FirstToken {
  id: number;
  /** How many tokens the text has. */
  of: number;
}

/** @returns undefined where the vocabulary holds nothing of the text. */
export function firstTokenOf(tokenizer: Tokenizer, text: string): FirstToken | undefined {
  const { ids } = tokenizer.encode(text, { special: true });
  return ids[0] === undefined ? undefined : { id: ids[0], of: ids.length };
}

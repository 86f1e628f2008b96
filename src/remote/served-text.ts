import type { Tokenizer } from '../tokenizer';

/** A text as a served model is to read it: its ids, and for servers that take none, the text behind what is put before it. */
export interface ServedText {
  ids: Uint32Array;
  text: string;
}

/** A text with the tokens that its model wants before every text. */
export function servedText(tokenizer: Tokenizer, text: string): ServedText {
  return { ids: Uint32Array.from([...tokenizer.begin, ...tokenizer.encode(text).ids]), text };
}

/** The text of some ids, without those that the model wants before it. */
export function textOf(tokenizer: Tokenizer, ids: Uint32Array): string {
  const { begin } = tokenizer;
  return tokenizer.decode(hasBegin(begin, ids) ? ids.subarray(begin.length) : ids);
}

export const hasBegin = (begin: readonly number[], ids: Uint32Array): boolean => begin.every((id, i) => ids[i] === id);

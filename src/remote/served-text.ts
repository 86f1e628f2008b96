import type { ServedTokenizer } from './served-tokenizer';

/** A text as a served model is to read it: its ids, and for servers that take none, the text behind what is put before it. */
export interface ServedText {
  ids: Uint32Array;
  text: string;
}

/** A text with the tokens that its model wants before every text. */
export async function servedText(tokenizer: ServedTokenizer, text: string, signal: AbortSignal): Promise<ServedText> {
  const { ids } = await tokenizer.encode(text, { special: false, signal });
  return { ids: Uint32Array.from([...tokenizer.begin, ...ids]), text };
}

import type { TokenDescription } from '../shared/engine-api';
import type { Tokenization, VocabularySpecification } from '../shared/tokens';
import { encodeInSlices, type Tokenizer } from '../tokenizer';

/** The vocabulary of a model that a server has, where it is known here. */
export interface KnownVocabulary {
  tokenizer: Tokenizer;
  /** What the tokenizer was made of. */
  specification: VocabularySpecification;
}

/** Makes tokens of texts for a model on a server: by its vocabulary, or by asking the server. */
export interface ServedTokenizer {
  /** Of the vocabulary, as people know it. */
  name: string;
  /** The tokens that the model wants before every text. */
  begin: readonly number[];
  /** How many ids there are; undefined where only the server knows. */
  size: number | undefined;
  /** The tokens of a text, without those before it. */
  encode(text: string, asked: { special: boolean; signal: AbortSignal }): Promise<Tokenization>;
  /** The text of tokens, without those that the model wants before every text. Ids that are no token have none. */
  decode(ids: Uint32Array, signal: AbortSignal): Promise<string>;
  describe(ids: readonly number[], signal: AbortSignal): Promise<TokenDescription[]>;
}

/** One that asks nobody. */
export function knownTokenizer(tokenizer: Tokenizer): ServedTokenizer {
  const { name, begin, size } = tokenizer;
  return {
    name,
    begin,
    size,
    // Who asks may be the editor's thread, and a long text takes a while.
    encode: (text, { special }) => encodeInSlices(tokenizer, text, { special }),
    decode: async (ids) =>
      tokenizer.decode((hasBegin(begin, ids) ? ids.subarray(begin.length) : ids).filter((id) => tokenizer.hasText(id))),
    describe: async (ids) =>
      ids.map((id) => ({
        text: tokenizer.textOrNone(id),
        bytes: tokenizer.hasText(id) ? Buffer.from(tokenizer.tokenBytes(id)).toString('hex') : '',
        control: tokenizer.isControl(id),
        // Which tokens end a text the server knows.
        ends: false,
      })),
  };
}

export const hasBegin = (begin: readonly number[], ids: Uint32Array): boolean => begin.every((id, i) => ids[i] === id);

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

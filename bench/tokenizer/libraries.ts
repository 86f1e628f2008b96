import { get_encoding } from 'tiktoken';
import manifest from '../../package.json';
import { createTokenizer, isTiktokenName, loadTiktoken } from '../../src/tokenizer';
import { nativeByteLevel } from '../../test/support/native-tokenizer';
import { defaultVocabulary } from '../../test/support/vocabularies';

/** Counts the tokens of a text. */
export type Count = (text: string) => number | Promise<number>;

export const MODEL = 'SmolLM2';

/** The references and their versions. */
export const LIBRARIES = [
  `tiktoken ${manifest.dependencies.tiktoken}`,
  `tokenizers ${manifest.devDependencies.tokenizers}`,
];

/** Our tokenizer of a vocabulary. */
export async function ours(vocabulary: string): Promise<Count> {
  const tokenizer = isTiktokenName(vocabulary) ? await loadTiktoken(vocabulary) : createTokenizer(defaultVocabulary());
  return (text) => tokenizer.encode(text).ids.length;
}

/** The vocabulary's own reference: tiktoken, or native tokenizers for the default model's. */
export function reference(vocabulary: string): Count {
  if (isTiktokenName(vocabulary)) {
    const encoding = get_encoding(vocabulary);
    return (text) => encoding.encode_ordinary(text).length;
  }
  const native = nativeByteLevel(defaultVocabulary(), 'smollm', false);
  return async (text) => (await native.encode(text, null, { addSpecialTokens: false })).getLength();
}

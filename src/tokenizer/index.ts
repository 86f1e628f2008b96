import type { GgufVocabulary, Tokenization } from '../shared/tokens';
import { atOnce, breath, inSlices } from './slices';
import { type EncodeOptions, Tokenizer } from './tokenizer';
import { ggufVocabulary } from './vocabularies/gguf';
import { readTiktoken, type TiktokenName, tiktokenVocabulary } from './vocabularies/tiktoken';

export { type Derivation, isMerge, type Merge } from './derivation';
export type { DocumentTokens } from './document/document-tokens';
export { TokenizedDocument } from './document/tokenized-document';
export { printable } from './printable';
export { atOnce, inSlices } from './slices';
export { type EncodeOptions, Tokenizer } from './tokenizer';
export { isTiktokenName, TIKTOKEN_NAMES, type TiktokenName } from './vocabularies/tiktoken';

/**
 * The tokenizer of a GGUF file's vocabulary.
 *
 * @throws VitrineError where the vocabulary is damaged, or of a kind or with a split that is not known
 */
export function createTokenizer(vocabulary: GgufVocabulary): Tokenizer {
  return new Tokenizer(atOnce(ggufVocabulary(vocabulary)));
}

/** The same, in slices of 8 ms, for a thread that may not be held up. */
export async function createTokenizerInSlices(vocabulary: GgufVocabulary): Promise<Tokenizer> {
  return new Tokenizer(await inSlices(ggufVocabulary(vocabulary)));
}

/** The tokenizer of one of tiktoken's vocabularies, in slices of 8 ms. */
export async function loadTiktoken(name: TiktokenName): Promise<Tokenizer> {
  const encoding = await readTiktoken(name);
  // The two megabytes of the largest were a slice of their own.
  await breath();
  return new Tokenizer(await inSlices(tiktokenVocabulary(name, encoding)));
}

/** The tokens of a text, as `encode` gives them, in slices of 8 ms. */
export function encodeInSlices(tokenizer: Tokenizer, text: string, options: EncodeOptions): Promise<Tokenization> {
  return inSlices(encodeSteps(tokenizer, text, options));
}

function* encodeSteps(tokenizer: Tokenizer, text: string, options: EncodeOptions): Generator<undefined, Tokenization> {
  const scan = tokenizer.scan(text, options, true);
  while (!scan.done) {
    scan.step();
    yield;
  }
  return scan.take();
}

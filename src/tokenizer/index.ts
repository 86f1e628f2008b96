import type { Tokenization, VocabularySpecification } from '../shared/tokens';
import { huggingFaceVocabulary } from './hugging-face/vocabulary';
import { atOnce, breath, inSlices } from './slices';
import { type EncodeOptions, Tokenizer } from './tokenizer';
import { ggufVocabulary } from './vocabularies/gguf';
import { readTiktoken, type TiktokenName, tiktokenVocabulary } from './vocabularies/tiktoken';
import type { Vocabulary } from './vocabulary';

export { compositionOf } from './composition';
export { type Derivation, isMerge, type Merge } from './derivation';
export type { DocumentTokens } from './document/document-tokens';
export { TokenizedDocument } from './document/tokenized-document';
export { printable } from './printable';
export { isSameVocabulary } from './same-vocabulary';
export { atOnce, inSlices } from './slices';
export { type EncodeOptions, Tokenizer } from './tokenizer';
export { isTiktokenName, TIKTOKEN_NAMES, type TiktokenName } from './vocabularies/tiktoken';

/**
 * The tokenizer of a checkpoint's vocabulary.
 *
 * @throws VitrineError where the vocabulary is damaged, or of a kind or with a split that is not known
 */
export function createTokenizer(specification: VocabularySpecification): Tokenizer {
  return new Tokenizer(atOnce(vocabularyOf(specification)));
}

/** The same, in slices of 8 ms, for a thread that may not be held up. */
export async function createTokenizerInSlices(specification: VocabularySpecification): Promise<Tokenizer> {
  return new Tokenizer(await inSlices(vocabularyOf(specification)));
}

function vocabularyOf(specification: VocabularySpecification): Generator<undefined, Vocabulary> {
  return specification.format === 'gguf' ? ggufVocabulary(specification) : huggingFaceVocabulary(specification);
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
  const scan = tokenizer.scan(text, options, 'nothing');
  while (!scan.done) {
    scan.step();
    yield;
  }
  return scan.take();
}

import type { GgufVocabulary } from '../shared/tokens';
import { Tokenizer } from './tokenizer';
import { ggufVocabulary } from './vocabularies/gguf';

export { type EncodeOptions, Tokenizer } from './tokenizer';

/**
 * The tokenizer of a GGUF file's vocabulary.
 *
 * @throws VitrineError where the vocabulary is damaged, or of a kind or with a split that is not known
 */
export function createTokenizer(vocabulary: GgufVocabulary): Tokenizer {
  const steps = ggufVocabulary(vocabulary);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return new Tokenizer(step.value);
}

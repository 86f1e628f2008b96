import { sentence, VitrineError } from '../shared/errors';
import type { Tokenizer } from '../tokenizer';
import type { ModelConfig } from './config';

/**
 * Refuses a vocabulary that was made for another model: it has tokens for which this one has no row. What is looked for in
 * the text itself may be beyond the rows, for images and sounds have such tokens; a text that has one is refused by itself.
 *
 * @param path names the model in the error
 * @throws VitrineError `model.vocabulary`
 */
export function refuseOtherVocabulary(path: string, tokenizer: Tokenizer, { vocabSize }: ModelConfig): void {
  for (let id = vocabSize; id < tokenizer.size; id++) {
    if (!tokenizer.hasText(id) || tokenizer.isAdded(id)) continue;
    throw new VitrineError(
      'model.vocabulary',
      sentence`${path} has the tokenizer of another model: it has tokens up to ${String(tokenizer.size - 1)}, and the model knows ${vocabSize}, from 0 on. Get the model again, with all its files.`,
    );
  }
}

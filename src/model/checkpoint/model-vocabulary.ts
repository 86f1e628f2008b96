import type { VocabularySpecification } from '../../shared/tokens';
import { inSlices } from '../../tokenizer/slices';
import { readName } from '../gguf/metadata';
import { metadataOf } from '../gguf/parts';
import { vocabularyOf } from '../gguf/vocabulary';
import { folderName } from '../huggingface/model-card';
import { vocabularyOfFolder } from '../huggingface/tokenizer-files';
import { locate } from './locate';

/** A model's vocabulary, and what its file calls the model; empty where it has no name. */
export interface ModelVocabulary {
  name: string;
  vocabulary: VocabularySpecification;
}

/**
 * The vocabulary of a model, in slices of 8 ms, for a thread that may not be held up. Only what says it is read: no weight, no
 * tensor's entry, no engine, and nothing is written.
 *
 * @throws VitrineError in a sentence that names the file.
 */
export const readModelVocabulary = (path: string): Promise<ModelVocabulary> => inSlices(modelVocabularyOf(path));

/** The same with a pause at every yield. */
export function* modelVocabularyOf(path: string): Generator<undefined, ModelVocabulary> {
  const { format, path: place } = locate(path);
  if (format === 'huggingFace') return { name: folderName(place), vocabulary: yield* vocabularyOfFolder(place) };
  const metadata = yield* metadataOf(place);
  return { name: readName(metadata), vocabulary: yield* vocabularyOf(metadata) };
}

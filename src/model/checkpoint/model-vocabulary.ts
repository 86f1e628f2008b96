import type { VocabularySpecification } from '../../shared/tokens';
import { inSlices } from '../../tokenizer/slices';
import { tokenizerFolderOf } from '../adapters/open-adapter';
import { readName } from '../gguf/metadata';
import { metadataOf } from '../gguf/parts';
import { vocabularyOf } from '../gguf/vocabulary';
import { folderName } from '../huggingface/model-card';
import { vocabularyOfFolder } from '../huggingface/tokenizer-files';
import { locate } from './locate';
import { tokenizerFolder } from './tokenizer-folder';

/** A model's vocabulary. */
export interface ModelVocabulary {
  /** What its file calls the model, empty where it has no name; with the adapter's, where the vocabulary is that of the adapter. */
  name: string;
  vocabulary: VocabularySpecification;
}

/**
 * The vocabulary of a model, or of an adapter to it that brings its own, in slices of 8 ms, for a thread that may not be held
 * up. Only what says it is read: no weight, no tensor's entry, no engine, and nothing is written.
 *
 * @throws VitrineError in a sentence that names the file.
 */
export const readModelVocabulary = (path: string, adapter?: string): Promise<ModelVocabulary> =>
  inSlices(modelVocabularyOf(path, adapter));

/** The same with a pause at every yield. */
export function* modelVocabularyOf(path: string, adapter?: string): Generator<undefined, ModelVocabulary> {
  const { format, path: place } = locate(path);
  if (format === 'huggingFace') {
    const own = adapter === undefined ? undefined : tokenizerFolderOf(adapter);
    const name = own === undefined ? folderName(place) : `${folderName(place)} + ${folderName(own)}`;
    return { name, vocabulary: yield* vocabularyOfFolder(own ?? place) };
  }
  const metadata = yield* metadataOf(place);
  return { name: readName(metadata), vocabulary: yield* vocabularyOf(metadata) };
}

/**
 * A vocabulary alone, of a model that is somewhere else: of a model on this machine that has the same, of a folder with the
 * files of a tokenizer and no model, or of its tokenizer.json.
 *
 * @throws VitrineError in a sentence that names the file.
 */
export async function readVocabulary(path: string): Promise<VocabularySpecification> {
  const folder = tokenizerFolder(path);
  return inSlices(folder === undefined ? vocabularyOfModel(path) : vocabularyOfFolder(folder));
}

function* vocabularyOfModel(path: string): Generator<undefined, VocabularySpecification> {
  return (yield* modelVocabularyOf(path)).vocabulary;
}

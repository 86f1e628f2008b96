import type { GgufVocabulary } from '../../shared/tokens';
import { inSlices } from '../../tokenizer/slices';
import { openFile } from '../checkpoint/byte-source';
import { readName } from './metadata';
import { readMetadata } from './reader';
import { vocabularyOf } from './vocabulary';

/** A model's vocabulary, and what its file calls the model; empty where it has no name. */
export interface ModelVocabulary {
  name: string;
  vocabulary: GgufVocabulary;
}

/**
 * The vocabulary of a model file, in slices of 8 ms, for a thread that may not be held up. Only the file's header is read:
 * no weight, no engine, and nothing is written.
 *
 * @throws VitrineError whose code begins with `gguf.`
 */
export async function readModelVocabulary(path: string): Promise<ModelVocabulary> {
  const source = openFile(path);
  try {
    const metadata = await inSlices(readMetadata(source));
    return { name: readName(metadata), vocabulary: await inSlices(vocabularyOf(metadata)) };
  } finally {
    source.close();
  }
}

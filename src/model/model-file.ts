import type { GgufVocabulary } from '../shared/tokens';
import { createTokenizerInSlices, inSlices } from '../tokenizer';
import { architectureOf } from './architectures';
import type { Architecture } from './architectures/architecture';
import { openFile } from './checkpoint/byte-source';
import type { ModelConfig } from './config';
import { type GgufFile, ggufOf } from './gguf/reader';
import { vocabularyOf } from './gguf/vocabulary';
import { checkTensors, type WeightSpec } from './weights';

/** What a file's header says of its model, and what its architecture makes of that. */
export interface ModelFile {
  architecture: Architecture;
  config: ModelConfig;
  vocabulary: GgufVocabulary;
  /** Every array that the graphs read. */
  specs: WeightSpec[];
}

/** Reads what is to be compiled, with a pause at every yield. @throws VitrineError where the model cannot be run. */
export function* modelFileOf(file: GgufFile): Generator<undefined, ModelFile> {
  const architecture = architectureOf(file.metadata.string('general.architecture'), file.path);
  const config = architecture.config(file);
  const vocabulary = yield* vocabularyOf(file.metadata);
  const specs = architecture.weights(file, config);
  checkTensors(file, specs);
  return { architecture, config, vocabulary, specs };
}

/**
 * Whether a model file can be opened, as far as its header tells, in slices of 8 ms for a thread that may not be held up.
 * No weight is read and no engine starts.
 *
 * @throws VitrineError with the reason why it cannot.
 */
export async function checkModelFile(path: string): Promise<void> {
  const source = openFile(path);
  try {
    const file = await inSlices(ggufOf(source));
    const { vocabulary } = await inSlices(modelFileOf(file));
    await createTokenizerInSlices(vocabulary);
  } finally {
    source.close();
  }
}

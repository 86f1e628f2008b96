import type { VocabularySpecification } from '../shared/tokens';
import { architectureOf } from './architectures';
import type { Architecture } from './architectures/architecture';
import type { Checkpoint } from './checkpoint/checkpoint';
import type { ModelConfig } from './config';
import { checkTensors, type WeightSpec } from './weights';

/** What a file's header says of its model, and what its architecture makes of that. */
export interface ModelFile {
  architecture: Architecture;
  config: ModelConfig;
  vocabulary: VocabularySpecification;
  /** Every array that the graphs read. */
  specs: WeightSpec[];
}

/** Reads what is to be compiled, with a pause at every yield. @throws VitrineError where the model cannot be run. */
export function* modelFileOf(checkpoint: Checkpoint): Generator<undefined, ModelFile> {
  const architecture = architectureOf(checkpoint);
  const config = withAdapter(checkpoint, architecture.config(checkpoint));
  const vocabulary = { ...(yield* checkpoint.vocabulary()), vocabSize: config.vocabSize };
  const specs = architecture.weights(checkpoint, config);
  checkTensors(checkpoint, config, specs, architecture.ignores?.(config));
  return { architecture, config, vocabulary, specs };
}

/** What is merged into a model is part of its name. */
function withAdapter<C extends ModelConfig>({ adapter }: Checkpoint, config: C): C {
  return adapter ? { ...config, adapter: adapter.name, notes: [...(config.notes ?? []), ...adapter.notes] } : config;
}

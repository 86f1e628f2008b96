import { defaultModelPath } from '../../models/catalogue';
import { openCheckpoint } from '../../src/model/checkpoint/open';
import { kindOf, type ModelConfig } from '../../src/model/config';
import { modelFileOf } from '../../src/model/model-file';
import { elementsOf } from '../../src/model/tensors/tensor-types';
import { createTokenizer, type Tokenizer } from '../../src/tokenizer';
import { atOnce } from '../../src/tokenizer/slices';

/** A model that is measured. */
export interface BenchModel {
  path: string;
  config: ModelConfig;
  /** Weights of the matrices that every token is multiplied by, the unembedding included. */
  multiplied: number;
  tokenizer: Tokenizer;
}

/** By default the one that comes with Vitrine. */
export function readModel(path = defaultModelPath()): BenchModel {
  const checkpoint = openCheckpoint(path);
  try {
    const { config, specs, vocabulary } = atOnce(modelFileOf(checkpoint));
    const matrices = specs.filter(({ name, shape }) => name.startsWith('layer.') && shape.length === 2);
    const ofLayers = matrices.reduce((sum, { shape }) => sum + elementsOf(shape), 0);
    const multiplied = ofLayers + config.hiddenSize * config.vocabSize;
    return { path, config, multiplied, tokenizer: createTokenizer(vocabulary) };
  } finally {
    checkpoint.close();
  }
}

/**
 * Floating-point operations of a forward pass over T tokens: two for every weight of a matrix product and token (the
 * unembedding of all tokens included), and of the attention's two products the half below the diagonal.
 */
export function forwardFlops({ config, multiplied }: BenchModel, tokens: number): number {
  const widths = config.kindOfLayer.map((_, layer) => config.numAttentionHeads * kindOf(config, layer).headDim);
  const attention = widths.reduce((sum, width) => sum + (4 * tokens ** 2 * width) / 2, 0);
  return 2 * multiplied * tokens + attention;
}

import { defaultModelPath } from '../../models/catalogue';
import { architectureOf } from '../../src/model/architectures';
import type { ModelConfig } from '../../src/model/config';
import { closeGguf, openGguf } from '../../src/model/gguf/reader';
import { readVocabulary } from '../../src/model/gguf/vocabulary';
import { createTokenizer, type Tokenizer } from '../../src/tokenizer';

/** The model that is measured: the one that comes with Vitrine. */
export interface BenchModel {
  path: string;
  config: ModelConfig;
  tokenizer: Tokenizer;
}

export function readModel(): BenchModel {
  const path = defaultModelPath();
  const file = openGguf(path);
  try {
    const config = architectureOf(file.metadata.string('general.architecture'), path).config(file);
    return { path, config, tokenizer: createTokenizer(readVocabulary(file)) };
  } finally {
    closeGguf(file);
  }
}

/**
 * Floating-point operations of a forward pass over T tokens: two for every weight of a matrix product and token (the
 * unembedding of all tokens included), and of the attention's two products the half below the diagonal.
 */
export function forwardFlops(config: ModelConfig, tokens: number): number {
  const { numHiddenLayers, hiddenSize, numAttentionHeads, numKeyValueHeads, headDim, intermediateSize, vocabSize } =
    config;
  const attention = 2 * hiddenSize * headDim * (numAttentionHeads + numKeyValueHeads);
  const weights = numHiddenLayers * (attention + 3 * hiddenSize * intermediateSize) + hiddenSize * vocabSize;
  return 2 * weights * tokens + (4 * tokens ** 2 * numAttentionHeads * headDim * numHiddenLayers) / 2;
}

import { closeSync, cpSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CompiledModel } from '../../src/model/compile';
import type { ModelConfig } from '../../src/model/config';
import { encodeGraphs } from '../../src/model/graphs';
import { WEIGHTS_FILE } from '../../src/model/weights';
import { largestDifference } from '../support/compare';
import { LLAMA_VARIANTS, readWeight } from '../support/llama-fixtures';
import { createLlamaSessions, loadLlama } from '../support/load-llama';
import { runDecoder } from '../support/run-graphs';
import { temporaryFolder } from '../support/temporary-folder';

test.each(LLAMA_VARIANTS)('%s equals PyTorch where the halves of a head rotate together', async (variant) => {
  const { model, reference } = await loadLlama(variant);
  const halves = inHalves(model);
  const { residual } = await runDecoder(await createLlamaSessions(halves), halves, reference.ids);
  expect(largestDifference(residual.at(-1) ?? [], reference.residualOf(model.config.numHiddenLayers))).toBeLessThan(
    1e-4,
  );
});

/** The same model with the rows of queries and keys in the order of Hugging Face. */
function inHalves(model: CompiledModel): CompiledModel {
  const weightsFolder = temporaryFolder();
  cpSync(model.weightsFolder, weightsFolder, { recursive: true });
  const file = openSync(join(weightsFolder, WEIGHTS_FILE), 'r+');
  for (let layer = 0; layer < model.config.numHiddenLayers; layer++) {
    const { query, key } = model.architecture.attentionWeights(layer);
    for (const name of [query, key]) {
      const rows = unpermuted(readWeight(model, name), model.config);
      writeSync(file, rows, 0, rows.byteLength, model.weights.get(name)?.offset);
    }
  }
  closeSync(file);
  const config: ModelConfig = { ...model.config, rope: { ...model.config.rope, pairing: 'halves' } };
  return { ...model, config, weightsFolder, graphs: encodeGraphs(model.architecture, config, model.weights) };
}

/** The opposite of llama.cpp's `LlamaModel.permute`: row 2i + j of a head becomes row i + j·D/2. */
function unpermuted(matrix: Float32Array, { hiddenSize, headDim }: ModelConfig): Float32Array {
  const result = new Float32Array(matrix.length);
  for (let row = 0; row * hiddenSize < matrix.length; row++) {
    const within = row % headDim;
    const to = row - within + Math.floor(within / 2) + (within % 2) * (headDim / 2);
    result.set(matrix.subarray(row * hiddenSize, (row + 1) * hiddenSize), to * hiddenSize);
  }
  return result;
}

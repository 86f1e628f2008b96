import type { Checkpoint } from '../checkpoint/checkpoint';
import type { WeightSpec } from '../weights';
import type { Architecture } from './architecture';
import { addHeadNorms, HEAD_NORM_NAMES, headNormedInputs } from './head-norms';
import { lastLayersWindows } from './layer-windows';
import { LLAMA_NAMES } from './llama-names';
import { modelWeights } from './model-weights';
import { windowNotes } from './notes';
import { addPreNormLayer, gatedFeedForward, normed, type RmsNormConfig, readRmsNorm } from './rms-norm';
import { readRope } from './rope';
import { Settings } from './settings';
import { baseShape, headShape, kindsOf, refusePartialRotation } from './shape';
import { type TensorNames, WeightList } from './weight-list';

/**
 * Qwen 3 (Yang et al. 2025, arXiv 2505.09388): Llama's layers, in which every head of queries and keys has a norm before
 * it rotates. Reference: `Qwen3ForCausalLM` of Hugging Face transformers.
 *
 *     x = x + output(attention(norm(x)))
 *     x = x + down(silu(gate(norm(x))) * up(norm(x)))
 */
export const qwen3: Architecture<RmsNormConfig> = {
  names: { gguf: ['qwen3'], huggingFace: ['qwen3'] },
  config,
  weights,
  attentionInputs: (c, x) => headNormedInputs(c, normed(c, 'attention.norm', x)),
  feedForward: gatedFeedForward(),
  finalNorm: 'rms',
};

/** What `config.json` may leave out, as `Qwen3Config` has it. */
const DEFAULTS = { headDim: 128, rmsNormEps: 1e-6, slidingWindow: 4096, maxWindowLayers: 28 };

const NAMES = { ...LLAMA_NAMES, ...HEAD_NORM_NAMES } as const satisfies TensorNames;

function config(checkpoint: Checkpoint): RmsNormConfig {
  const settings = new Settings(checkpoint, DEFAULTS);
  const shape = baseShape(settings, NAMES);
  const heads = headShape(settings);
  refusePartialRotation(settings, heads.headDim);
  settings.expect('hiddenAct', 'silu');
  const rope = readRope(settings, { headDim: heads.headDim });
  const windows = lastLayersWindows(settings, shape.numHiddenLayers);
  const read = {
    ...shape,
    ...kindsOf(windows.map((slidingWindow) => ({ ...heads, slidingWindow, rope }))),
    ...readRmsNorm(settings),
    notes: windowNotes(checkpoint),
  };
  // The biases are there, or not, as tensors.
  settings.flag('attentionBias', false);
  settings.refuseUnread();
  return read;
}

function weights(checkpoint: Checkpoint, config: RmsNormConfig): WeightSpec[] {
  const list = new WeightList(checkpoint, NAMES);
  return modelWeights(list, config, (layer, kind) => {
    addPreNormLayer(list, layer, config, kind);
    addHeadNorms(list, layer, kind.headDim);
  });
}

import type { Checkpoint } from '../checkpoint/checkpoint';
import { geluTanh } from '../onnx/operations';
import type { WeightSpec } from '../weights';
import type { Architecture } from './architecture';
import { rotatedInputs } from './attention-parts';
import { gainsOf, scaledEmbedding } from './gemma-parts';
import { LLAMA_NAMES } from './llama-names';
import { modelWeights } from './model-weights';
import { addPreNormLayer, gatedFeedForward, normed, type RmsNormConfig, readRmsNorm } from './rms-norm';
import { readRope } from './rope';
import { Settings } from './settings';
import { baseShape, headShape, oneKind, refusePartialRotation } from './shape';
import { WeightList } from './weight-list';

/**
 * Gemma, the first (Gemma Team 2024, arXiv 2403.08295): Llama's layers with GELU in place of SiLU, after an embedding that
 * is multiplied by the root of its width. Reference: `GemmaForCausalLM` of Hugging Face transformers.
 *
 *     x = √C * embedding
 *     x = x + output(attention(norm(x)))
 *     x = x + down(gelu(gate(norm(x))) * up(norm(x)))
 */
export const gemma: Architecture<RmsNormConfig> = {
  names: { gguf: ['gemma'], huggingFace: ['gemma'] },
  config,
  weights,
  embed: scaledEmbedding,
  attentionInputs: (c, x) => rotatedInputs(c, normed(c, 'attention.norm', x)),
  feedForward: gatedFeedForward(geluTanh),
  finalNorm: 'rms',
};

/** What `config.json` may leave out, as `GemmaConfig` has it. */
const DEFAULTS = { headDim: 256, numKeyValueHeads: 16, rmsNormEps: 1e-6 };

function config(checkpoint: Checkpoint): RmsNormConfig {
  const settings = new Settings(checkpoint, DEFAULTS);
  const shape = baseShape(settings, LLAMA_NAMES, { tied: true });
  const heads = headShape(settings);
  refusePartialRotation(settings, heads.headDim);
  // The first folders say gelu and mean the other: transformers reads it so.
  settings.expect('hiddenAct', 'gelu_pytorch_tanh', 'gelu');
  settings.expect('hiddenActivation', 'gelu_pytorch_tanh');
  const rope = readRope(settings, { headDim: heads.headDim });
  const read = { ...shape, ...oneKind(shape.numHiddenLayers, { ...heads, rope }), ...readRmsNorm(settings) };
  // The biases are there, or not, as tensors.
  settings.flag('attentionBias', false);
  settings.refuseUnread();
  return read;
}

function weights(checkpoint: Checkpoint, config: RmsNormConfig): WeightSpec[] {
  const list = new WeightList(checkpoint, LLAMA_NAMES);
  const norm = gainsOf(list);
  return modelWeights(list, config, (layer, kind) => addPreNormLayer(list, layer, config, kind, { norm }), norm);
}

import type { Checkpoint } from '../checkpoint/checkpoint';
import type { WeightSpec } from '../weights';
import type { Architecture } from './architecture';
import { rotatedInputs } from './attention-parts';
import { lastLayersWindows } from './layer-windows';
import { LLAMA_NAMES } from './llama-names';
import { modelWeights } from './model-weights';
import { windowNotes } from './notes';
import { addPreNormLayer, gatedFeedForward, normed, type RmsNormConfig, readRmsNorm } from './rms-norm';
import { readRope } from './rope';
import { Settings } from './settings';
import { baseShape, headShape, kindsOf, refusePartialRotation } from './shape';
import { WeightList } from './weight-list';

/**
 * Qwen 2 and 2.5 (Yang et al. 2024, arXiv 2407.10671): Llama's layers with biases of queries, keys and values, and, in
 * the last layers of some models, a window of keys. Reference: `Qwen2ForCausalLM` of Hugging Face transformers.
 *
 *     x = x + output(attention(norm(x)))
 *     x = x + down(silu(gate(norm(x))) * up(norm(x)))
 */
export const qwen2: Architecture<RmsNormConfig> = {
  names: { gguf: ['qwen2'], huggingFace: ['qwen2'] },
  config,
  weights,
  attentionInputs: (c, x) => rotatedInputs(c, normed(c, 'attention.norm', x)),
  feedForward: gatedFeedForward(),
  finalNorm: 'rms',
};

/** What `config.json` may leave out, as `Qwen2Config` has it. */
const DEFAULTS = { rmsNormEps: 1e-6, slidingWindow: 4096, maxWindowLayers: 28 };

function config(checkpoint: Checkpoint): RmsNormConfig {
  const settings = new Settings(checkpoint, DEFAULTS);
  const shape = baseShape(settings, LLAMA_NAMES);
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
  settings.refuseUnread();
  return read;
}

function weights(checkpoint: Checkpoint, config: RmsNormConfig): WeightSpec[] {
  const list = new WeightList(checkpoint, LLAMA_NAMES);
  return modelWeights(list, config, (layer, kind) => addPreNormLayer(list, layer, config, kind));
}

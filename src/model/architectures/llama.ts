import type { Checkpoint } from '../checkpoint/checkpoint';
import type { LayerKind } from '../config';
import type { WeightSpec } from '../weights';
import type { Architecture } from './architecture';
import { rotatedInputs } from './attention-parts';
import { layerWindows } from './layer-windows';
import { LLAMA_NAMES } from './llama-names';
import { modelWeights } from './model-weights';
import { windowNotes } from './notes';
import { addPreNormLayer, gatedFeedForward, normed, type RmsNormConfig, readRmsNorm } from './rms-norm';
import { readRope, rotaryOrder } from './rope';
import { Settings } from './settings';
import { baseShape, headShape, kindsOf, refusePartialRotation } from './shape';
import { WeightList } from './weight-list';

/**
 * Llama (Touvron et al. 2023, arXiv 2302.13971; grouped queries: arXiv 2307.09288) and what shares its forward pass:
 * SmolLM2, TinyLlama, Mistral (Jiang et al. 2023, arXiv 2310.06825), whose layers see a window of keys. Reference:
 * `LlamaForCausalLM` and `MistralForCausalLM` of Hugging Face transformers.
 *
 * Every layer adds two things to the residual stream x [T, C]:
 *
 *     x = x + output(attention(norm(x)))
 *     x = x + down(silu(gate(norm(x))) * up(norm(x)))
 */
export const llama: Architecture<RmsNormConfig> = {
  names: { gguf: ['llama'], huggingFace: ['llama', 'mistral', 'ministral'] },
  config,
  weights,
  attentionInputs: (c, x) => rotatedInputs(c, normed(c, 'attention.norm', x)),
  feedForward: gatedFeedForward(),
  finalNorm: 'rms',
};

/** What `config.json` may leave out, as the classes have it. */
const DEFAULTS = { rmsNormEps: 1e-6 };
const MISTRAL_DEFAULTS = { ...DEFAULTS, numKeyValueHeads: 8, slidingWindow: 4096 };

function config(checkpoint: Checkpoint): RmsNormConfig {
  const isLlama = checkpoint.format === 'huggingFace' && checkpoint.metadata.architecture === 'llama';
  const settings = new Settings(checkpoint, isLlama ? DEFAULTS : MISTRAL_DEFAULTS);
  const shape = baseShape(settings, LLAMA_NAMES);
  const heads = headShape(settings);
  refusePartialRotation(settings, heads.headDim);
  settings.expect('hiddenAct', 'silu');
  // Files of 2023 say that neighbours rotate together.
  settings.expect('tensorDataLayout', 'Meta AI original pth');
  // Falcon 3 says it once more.
  settings.expect('activation', 'swiglu');
  const rope = readRope(settings, { headDim: heads.headDim });
  const window = isLlama ? undefined : settings.optionalCount('slidingWindow');
  const windows = layerWindows(settings, shape.numHiddenLayers, window, () => true);
  const read = {
    ...shape,
    ...kindsOf(windows.map((slidingWindow) => ({ ...heads, slidingWindow, rope }))),
    ...readRmsNorm(settings),
    notes: MISTRAL.test(shape.name) && window === undefined ? windowNotes(checkpoint) : [],
  };
  // The biases are there, or not, as tensors.
  for (const setting of ['attentionBias', 'mlpBias'] as const) settings.flag(setting, false);
  settings.refuseUnread();
  return read;
}

/** Of the models whose GGUF files are called Llama's, those whose layers may have a window. */
const MISTRAL = /mistral|zephyr/i;

function weights(checkpoint: Checkpoint, config: RmsNormConfig): WeightSpec[] {
  const list = new WeightList(checkpoint, LLAMA_NAMES);
  const [{ headDim }] = config.layerKinds as [LayerKind];
  // The converter stores the rows of queries and keys so that neighbours rotate together.
  const order = rotaryOrder(headDim, headDim, list.isGguf ? 'neighbours' : 'halves');
  return modelWeights(list, config, (layer, kind) => addPreNormLayer(list, layer, config, kind, { order }));
}

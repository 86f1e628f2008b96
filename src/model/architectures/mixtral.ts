import type { Checkpoint } from '../checkpoint/checkpoint';
import type { WeightSpec } from '../weights';
import type { Architecture } from './architecture';
import { addAttention, rotatedInputs } from './attention-parts';
import { addExperts, EXPERT_NAMES, GATING, readExperts } from './expert-weights';
import { gatedExperts } from './experts';
import { layerWindows } from './layer-windows';
import { LLAMA_NAMES } from './llama-names';
import { modelWeights } from './model-weights';
import { windowNotes } from './notes';
import { normed, type RmsNormConfig, readRmsNorm } from './rms-norm';
import { readRope, rotaryOrder } from './rope';
import { Settings } from './settings';
import { baseShape, headShape, kindsOf, refusePartialRotation } from './shape';
import { type TensorNames, WeightList } from './weight-list';

/**
 * Mixtral (Jiang et al. 2024, arXiv 2401.04088): Llama's layers with experts, of which two see each token; their weights
 * sum to 1. GGUF files call it Llama too. Reference: `MixtralForCausalLM` of Hugging Face transformers.
 *
 *     x = x + output(attention(norm(x)))
 *     x = x + Σ weight · down(silu(gate(norm(x))) * up(norm(x))) over the experts of the token
 */
export const mixtral: Architecture<RmsNormConfig> = {
  names: { gguf: ['llama'], huggingFace: ['mixtral'] },
  accepts: ({ format, metadata }) => format === 'huggingFace' || Boolean(metadata.get('expert_count')),
  config,
  weights,
  attentionInputs: (c, x) => rotatedInputs(c, normed(c, 'attention.norm', x)),
  feedForward: gatedExperts(() => true),
  finalNorm: 'rms',
};

/** What `config.json` may leave out, as `MixtralConfig` has it. */
const DEFAULTS = { rmsNormEps: 1e-5, numKeyValueHeads: 8, numExperts: 8, numExpertsPerTok: 2, ropeTheta: 1e6 };

const NAMES = {
  ...LLAMA_NAMES,
  'layer.router': ['blk.#.ffn_gate_inp', 'model.layers.#.block_sparse_moe.gate'],
  'layer.expert.gate': [EXPERT_NAMES['layer.expert.gate'][0], 'model.layers.#.block_sparse_moe.experts.@.w1'],
  'layer.expert.up': [EXPERT_NAMES['layer.expert.up'][0], 'model.layers.#.block_sparse_moe.experts.@.w3'],
  'layer.expert.down': [EXPERT_NAMES['layer.expert.down'][0], 'model.layers.#.block_sparse_moe.experts.@.w2'],
} as const satisfies TensorNames;

function config(checkpoint: Checkpoint): RmsNormConfig {
  const settings = new Settings(checkpoint, DEFAULTS);
  const shape = baseShape(settings, NAMES);
  const heads = headShape(settings);
  refusePartialRotation(settings, heads.headDim);
  settings.expect('hiddenAct', 'silu');
  settings.expect('expertGatingFunc', GATING.softmax);
  const experts = readExperts(settings);
  const rope = readRope(settings, { headDim: heads.headDim });
  const window = settings.optionalCount('slidingWindow');
  const windows = layerWindows(settings, shape.numHiddenLayers, window, () => true);
  const read = {
    ...shape,
    ...kindsOf(windows.map((slidingWindow) => ({ ...heads, slidingWindow, rope, experts }))),
    ...readRmsNorm(settings),
    notes: windowNotes(checkpoint),
  };
  settings.expect('moeIntermediateSize', read.intermediateSize);
  settings.refuseUnread();
  return read;
}

function weights(checkpoint: Checkpoint, config: RmsNormConfig): WeightSpec[] {
  const list = new WeightList(checkpoint, NAMES);
  return modelWeights(list, config, (layer, kind) => {
    // The converter stores the rows of queries and keys so that neighbours rotate together.
    const order = rotaryOrder(kind.headDim, kind.headDim, list.isGguf ? 'neighbours' : 'halves');
    list.ofLayer(layer, 'attention.norm', [config.hiddenSize]);
    addAttention(list, layer, config, kind, order);
    list.ofLayer(layer, 'feedforward.norm', [config.hiddenSize]);
    addExperts(list, layer, config, kind, config.intermediateSize);
  });
}

import type { Checkpoint } from '../checkpoint/checkpoint';
import type { Value } from '../onnx/graph';
import type { WeightSpec } from '../weights';
import type { Architecture, AttentionInputs, LayerContext } from './architecture';
import { addAttention, project, rotate } from './attention-parts';
import { addGatedFeedForward, gatedNeurons } from './feed-forward';
import { HEAD_NORM_NAMES } from './head-norms';
import { lastOf, layerWindows } from './layer-windows';
import { LLAMA_NAMES } from './llama-names';
import { modelWeights } from './model-weights';
import { normed, normedTerm, type RmsNormConfig, readRmsNorm } from './rms-norm';
import { readRope } from './rope';
import { Settings } from './settings';
import { baseShape, headShape, kindsOf, refusePartialRotation } from './shape';
import { type TensorNames, WeightList } from './weight-list';

/**
 * OLMo 2 (Team OLMo 2024, arXiv 2501.00656) and OLMo 3 (Team OLMo 2025, arXiv 2512.13961): norms stand after what they
 * norm, and one norm goes over all queries of a position and one over all keys. Of four layers of OLMo 3 three see a
 * window of keys, and only the fourth has its positions scaled. References: `Olmo2ForCausalLM` and `Olmo3ForCausalLM` of
 * Hugging Face transformers.
 *
 *     x = x + norm(output(attention(x)))
 *     x = x + norm(down(silu(gate(x)) * up(x)))
 */
export const olmo2: Architecture<RmsNormConfig> = {
  names: { gguf: ['olmo2'], huggingFace: ['olmo2', 'olmo3'] },
  config,
  weights,
  attentionInputs,
  feedForward: { input: (_c, _x, h) => h, neurons: gatedNeurons },
  afterPart: (c, part, value, whole) =>
    normedTerm(c, part === 'attention' ? 'attention.norm' : 'feedforward.norm', value, whole),
  finalNorm: 'rms',
  mixesHeads: true,
};

const NAMES = {
  ...LLAMA_NAMES,
  ...HEAD_NORM_NAMES,
  'layer.attention.norm': ['blk.#.post_attention_norm', 'model.layers.#.post_attention_layernorm'],
  'layer.feedforward.norm': ['blk.#.post_ffw_norm', 'model.layers.#.post_feedforward_layernorm'],
} as const satisfies TensorNames;

function attentionInputs(c: LayerContext<RmsNormConfig>, x: Value): AttentionInputs {
  return {
    queries: rotate(c, normed(c, 'query.norm', project(c, 'query', x))),
    keys: rotate(c, normed(c, 'key.norm', project(c, 'key', x))),
    values: project(c, 'value', x),
  };
}

/** What `config.json` may leave out, as `Olmo2Config` and `Olmo3Config` have it. */
const OLMO2_DEFAULTS = { rmsNormEps: 1e-5 };
const OLMO3_DEFAULTS = { ...OLMO2_DEFAULTS, slidingWindow: 4096, ropeTheta: 500_000 };

function config(checkpoint: Checkpoint): RmsNormConfig {
  const isOlmo3 = checkpoint.metadata.architecture === 'olmo3';
  const settings = new Settings(checkpoint, isOlmo3 ? OLMO3_DEFAULTS : OLMO2_DEFAULTS);
  const shape = baseShape(settings, NAMES);
  const heads = headShape(settings);
  refusePartialRotation(settings, heads.headDim);
  settings.expect('hiddenAct', 'silu');
  const global = readRope(settings, { headDim: heads.headDim, layerType: 'full_attention' });
  const local = readRope(settings, { headDim: heads.headDim, layerType: 'sliding_attention' });
  const windows = layerWindows(settings, shape.numHiddenLayers, settings.optionalCount('slidingWindow'), lastOf(4));
  const read = {
    ...shape,
    ...kindsOf(windows.map((slidingWindow) => ({ ...heads, slidingWindow, rope: slidingWindow ? local : global }))),
    ...readRmsNorm(settings),
  };
  // The biases are there, or not, as tensors.
  settings.flag('attentionBias', false);
  settings.refuseUnread();
  return read;
}

function weights(checkpoint: Checkpoint, config: RmsNormConfig): WeightSpec[] {
  const { hiddenSize, numAttentionHeads, intermediateSize } = config;
  const list = new WeightList(checkpoint, NAMES);
  return modelWeights(list, config, (layer, kind) => {
    addAttention(list, layer, config, kind);
    list.ofLayer(layer, 'query.norm', [numAttentionHeads * kind.headDim]);
    list.ofLayer(layer, 'key.norm', [kind.numKeyValueHeads * kind.headDim]);
    list.ofLayer(layer, 'attention.norm', [hiddenSize]);
    addGatedFeedForward(list, layer, hiddenSize, intermediateSize);
    list.ofLayer(layer, 'feedforward.norm', [hiddenSize]);
  });
}

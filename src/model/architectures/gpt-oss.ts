import type { Checkpoint } from '../checkpoint/checkpoint';
import type { Value } from '../onnx/graph';
import { add, atLeast, atMost, multiply, scaledSilu } from '../onnx/operations';
import type { WeightSpec } from '../weights';
import type { Architecture, LayerContext } from './architecture';
import { addAttention, project, rotatedInputs } from './attention-parts';
import { GATING, readExperts } from './expert-weights';
import { routedByLogits } from './experts';
import { addGptOssExperts, GPT_OSS_EXPERT_NAMES } from './gpt-oss-experts';
import { layerWindows } from './layer-windows';
import { LLAMA_NAMES } from './llama-names';
import { modelWeights } from './model-weights';
import { normed, type RmsNormConfig, readRmsNorm } from './rms-norm';
import { readRope } from './rope';
import { Settings } from './settings';
import { baseShape, headShape, kindsOf, refusePartialRotation } from './shape';
import { type TensorNames, WeightList } from './weight-list';

/**
 * gpt-oss (OpenAI 2025, arXiv 2508.10925): every head has a sink, every other layer a window of keys, and the gates of
 * experts are clamped. Reference: `GptOssForCausalLM` of Hugging Face transformers.
 *
 *     x = x + output(attention(norm(x)))
 *     x = x + Σ weight · down((up + 1) * gate * sigmoid(α · gate)) over the experts of the token
 *
 * where gate ≤ limit and -limit ≤ up ≤ limit, of norm(x); every product has a bias.
 */
export const gptOss: Architecture<GptOssConfig> = {
  names: { gguf: ['gpt-oss'], huggingFace: ['gpt_oss'] },
  config,
  weights,
  attentionInputs: (c, x) => rotatedInputs(c, normed(c, 'attention.norm', x)),
  feedForward: {
    input: (c, _x, h) => normed(c, 'feedforward.norm', h),
    experts: { route: routedByLogits, neurons: expertNeurons },
  },
  finalNorm: 'rms',
};

interface GptOssConfig extends RmsNormConfig {
  swigluAlpha: number;
  swigluLimit: number;
}

/** What `config.json` may leave out, as `GptOssConfig` has it. */
const DEFAULTS = {
  rmsNormEps: 1e-5,
  numKeyValueHeads: 8,
  headDim: 64,
  intermediateSize: 2880,
  slidingWindow: 128,
  numExperts: 128,
  numExpertsPerTok: 4,
  ropeTheta: 150_000,
};

/** Where `config.json` has none, or null. GGUF files do not say that the range is not rounded. */
const SCALING = { rope_type: 'yarn', factor: 32, original_max_position_embeddings: 4096, truncate: false };

const NAMES = {
  ...LLAMA_NAMES,
  ...GPT_OSS_EXPERT_NAMES,
  'layer.sinks': ['blk.#.attn_sinks', 'model.layers.#.self_attn.sinks'],
  'layer.feedforward.norm': ['blk.#.post_attention_norm', 'model.layers.#.post_attention_layernorm'],
} as const satisfies TensorNames;

function expertNeurons(c: LayerContext<GptOssConfig>, number: number, x: Value): Value {
  const { g } = c;
  const { swigluAlpha, swigluLimit: limit } = c.config;
  const gate = atMost(g, project(c, `expert.${number}.gate`, x), limit);
  const up = atLeast(g, atMost(g, project(c, `expert.${number}.up`, x), limit), -limit);
  return multiply(g, add(g, up, g.constant('float32', [1])), scaledSilu(g, gate, swigluAlpha));
}

function config(checkpoint: Checkpoint): GptOssConfig {
  const settings = new Settings(checkpoint, DEFAULTS);
  const shape = baseShape(settings, NAMES);
  const heads = headShape(settings);
  refusePartialRotation(settings, heads.headDim);
  settings.expect('hiddenAct', 'silu');
  settings.expect('expertGatingFunc', GATING.softmaxOfChosen);
  const experts = readExperts(settings);
  const rope = readRope(settings, { headDim: heads.headDim, scaling: SCALING, truncate: checkpoint.format !== 'gguf' });
  const window = settings.optionalCount('slidingWindow');
  const windows = layerWindows(settings, shape.numHiddenLayers, window, (layer) => layer % 2 === 0);
  const read = {
    ...shape,
    ...kindsOf(windows.map((slidingWindow) => ({ ...heads, slidingWindow, rope, hasSinks: true, experts }))),
    ...readRmsNorm(settings),
    swigluAlpha: settings.positive('swigluAlpha', 1.702),
    swigluLimit: settings.positive('swigluLimit', 7),
  };
  settings.expect('moeIntermediateSize', read.intermediateSize);
  // The biases are there, or not, as tensors.
  settings.flag('attentionBias', true);
  settings.refuseUnread();
  return read;
}

function weights(checkpoint: Checkpoint, config: GptOssConfig): WeightSpec[] {
  const list = new WeightList(checkpoint, NAMES);
  return modelWeights(list, config, (layer, kind) => {
    list.ofLayer(layer, 'attention.norm', [config.hiddenSize]);
    addAttention(list, layer, config, kind);
    list.ofLayer(layer, 'sinks', [config.numAttentionHeads], { heads: 'query' });
    list.ofLayer(layer, 'feedforward.norm', [config.hiddenSize]);
    if (kind.experts) addGptOssExperts(checkpoint, list, layer, config, kind.experts.numExperts);
  });
}

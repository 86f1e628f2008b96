import type { Checkpoint } from '../checkpoint/checkpoint';
import type { LayerKind } from '../config';
import { sigmoid } from '../onnx/operations';
import type { WeightSpec } from '../weights';
import type { Architecture } from './architecture';
import { project } from './attention-parts';
import { addGatedFeedForward } from './feed-forward';
import { addDeltaNet, DELTA_NET_NAMES, type DeltaNetConfig, mixByDeltaRule, readDeltaNet } from './gated-delta-net';
import { gainsOf } from './gemma-parts';
import { addHeadNorms, HEAD_NORM_NAMES, headNormedInputs } from './head-norms';
import { LLAMA_NAMES } from './llama-names';
import { modelWeights } from './model-weights';
import { qwen35Kinds } from './qwen35-kinds';
import { gatedFeedForward, normed, type RmsNormConfig, readRmsNorm } from './rms-norm';
import { rotaryOrder } from './rope';
import { Settings } from './settings';
import { baseShape, kindsOf } from './shape';
import { headRows, type TensorNames, WeightList } from './weight-list';

/**
 * Qwen 3.5 (Qwen Team 2026), its dense model of language: most layers are gated delta nets, in the others what heads give
 * passes a gate and a part of each head rotates. Reference: `Qwen3_5ForCausalLM` of Hugging Face transformers.
 *
 *     x = x + output(sigmoid(gate(norm(x))) * attention(norm(x))), or
 *     x = x + output(delta net(norm(x)))
 *     x = x + down(silu(gate(norm(x))) * up(norm(x)))
 */
export const qwen35: Architecture<Qwen35Config> = {
  names: { gguf: ['qwen35'], huggingFace: ['qwen3_5_text', 'qwen3_5'] },
  config,
  weights,
  attentionInputs: (c, x) => headNormedInputs(c, normed(c, 'attention.norm', x)),
  mix: (c, x, states) => mixByDeltaRule(c, normed(c, 'attention.norm', x), states),
  outputGate: (c, x) => sigmoid(c.g, project(c, 'query.gate', normed(c, 'attention.norm', x))),
  feedForward: gatedFeedForward(),
  finalNorm: 'rms',
  ignores: ({ numHiddenLayers }) => new RegExp(`^mtp\\.|^blk\\.${numHiddenLayers}\\.`),
};

interface Qwen35Config extends RmsNormConfig, DeltaNetConfig {
  rotaryDim: number;
}

const NAMES = {
  ...LLAMA_NAMES,
  ...HEAD_NORM_NAMES,
  ...DELTA_NET_NAMES,
  'layer.feedforward.norm': ['blk.#.post_attention_norm', LLAMA_NAMES['layer.feedforward.norm'][1]],
} as const satisfies TensorNames;

/** What `config.json` may leave out, as `Qwen3_5TextConfig` has it. */
const DEFAULTS = {
  numAttentionHeads: 16,
  numKeyValueHeads: 4,
  headDim: 256,
  maxPositionEmbeddings: 32_768,
  rmsNormEps: 1e-6,
  fullAttentionInterval: 4,
  linearConvKernelDim: 4,
  linearKeyHeadDim: 128,
  linearValueHeadDim: 128,
  linearNumKeyHeads: 16,
  linearNumValueHeads: 32,
};

function config(checkpoint: Checkpoint): Qwen35Config {
  const settings = new Settings(checkpoint, DEFAULTS, { fullAttentionInterval: 4 });
  const shape = baseShape(settings, NAMES);
  // A layer that predicts one token more comes after the others, and takes no part in predicting the next one.
  const ahead = settings.optionalPositive('nextnPredictLayers') && settings.count('nextnPredictLayers');
  const numHiddenLayers = shape.numHiddenLayers - (ahead ?? 0);
  settings.expect('hiddenAct', 'silu');
  settings.expect('attnOutputGate', true);
  const deltaNet = readDeltaNet(settings);
  const { kinds, rotaryDim } = qwen35Kinds(settings, numHiddenLayers, deltaNet.states);
  const read = { ...shape, numHiddenLayers, ...kindsOf(kinds), ...readRmsNorm(settings), ...deltaNet, rotaryDim };
  // The biases are there, or not, as tensors.
  settings.flag('attentionBias', false);
  settings.refuseUnread();
  return read;
}

function weights(checkpoint: Checkpoint, config: Qwen35Config): WeightSpec[] {
  const list = new WeightList(checkpoint, NAMES);
  const norm = gainsOf(list);
  const { hiddenSize, intermediateSize } = config;
  return modelWeights(
    list,
    config,
    (layer, kind) => {
      list.ofLayer(layer, 'attention.norm', [hiddenSize], norm);
      if (kind.states) addDeltaNet(list, layer, config);
      else addGatedAttention(list, layer, config, kind);
      list.ofLayer(layer, 'feedforward.norm', [hiddenSize], norm);
      addGatedFeedForward(list, layer, hiddenSize, intermediateSize);
    },
    norm,
  );
}

/** One tensor has the rows of a head's queries and then those of its gate. */
function addGatedAttention(
  list: WeightList,
  layer: number,
  { hiddenSize, numAttentionHeads, rotaryDim }: Qwen35Config,
  { headDim, numKeyValueHeads }: LayerKind,
): void {
  const width = numAttentionHeads * headDim;
  const rows = headRows(headDim, rotaryOrder(headDim, rotaryDim, 'halves'));
  const half = (start: number) => ({ start, size: headDim, stride: 2 * headDim });
  const both = { shape: [2 * width, hiddenSize] };
  const queries = { ...both, heads: 'query', rows: { ...rows.rows, ...half(0) } } as const;
  list.linear(layer, 'query', [width, hiddenSize], queries);
  list.linear(layer, 'query.gate', [width, hiddenSize], { ...both, heads: 'query', rows: half(headDim) }, 'query');
  list.linear(layer, 'key', [numKeyValueHeads * headDim, hiddenSize], { heads: 'keyValue', ...rows });
  list.linear(layer, 'value', [numKeyValueHeads * headDim, hiddenSize], { heads: 'keyValue' });
  list.linear(layer, 'output', [hiddenSize, width]);
  addHeadNorms(list, layer, headDim, { ...gainsOf(list), ...rows });
}

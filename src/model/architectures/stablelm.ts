import type { Checkpoint } from '../checkpoint/checkpoint';
import type { Value } from '../onnx/graph';
import type { WeightSpec } from '../weights';
import type { Architecture, AttentionInputs, LayerContext } from './architecture';
import { addAttention } from './attention-parts';
import { addGatedFeedForward, gatedNeurons } from './feed-forward';
import {
  addHeadLayerNorms,
  headLayerNormedInputs,
  type LayerNormConfig,
  layerNormed,
  layerNormWeights,
  readLayerNorm,
} from './layer-norm-parts';
import { LLAMA_NAMES } from './llama-names';
import { readRope, rotaryOrder } from './rope';
import { Settings } from './settings';
import { baseShape, headShape, oneKind, rotaryDimOf } from './shape';
import { type TensorNames, WeightList } from './weight-list';

/**
 * StableLM 2 (Bellagente et al. 2024, arXiv 2402.17834) and StableLM 3B: a part of every head rotates; the 12B model has
 * norms of queries and keys, and both parts of a layer read the same norm. Reference: `StableLmForCausalLM` of Hugging
 * Face transformers.
 *
 *     x = x + output(attention(norm(x)))
 *     x = x + down(silu(gate(norm(x))) * up(norm(x)))
 *
 * or, where `use_parallel_residual` is true, from one norm n of x: x + output(attention(n)) + down(silu(gate(n)) * up(n)).
 */
export const stablelm: Architecture<StableLmConfig> = {
  names: { gguf: ['stablelm'], huggingFace: ['stablelm'] },
  config,
  weights,
  attentionInputs,
  feedForward: {
    input: (c, x, h) =>
      c.config.useParallelResidual ? layerNormed(c, 'attention.norm', x) : layerNormed(c, 'feedforward.norm', h),
    neurons: gatedNeurons,
  },
  finalNorm: 'layer',
};

interface StableLmConfig extends LayerNormConfig {
  intermediateSize: number;
  rotaryDim: number;
  useParallelResidual: boolean;
}

/** Of a head's elements; GGUF files say how many they are. */
const ROTARY_SHARE = 0.25;

const NAMES = {
  ...LLAMA_NAMES,
  'layer.query.norm': ['blk.#.attn_q_norm', 'model.layers.#.self_attn.q_layernorm'],
  'layer.key.norm': ['blk.#.attn_k_norm', 'model.layers.#.self_attn.k_layernorm'],
} as const satisfies TensorNames;

function attentionInputs(c: LayerContext<StableLmConfig>, x: Value): AttentionInputs {
  return headLayerNormedInputs(c, layerNormed(c, 'attention.norm', x));
}

/** What `config.json` may leave out, as `StableLmConfig` has it. */
const DEFAULTS = { numKeyValueHeads: 32 };

function config(checkpoint: Checkpoint): StableLmConfig {
  const settings = new Settings(checkpoint, DEFAULTS);
  const shape = baseShape(settings, NAMES);
  const heads = headShape(settings);
  settings.expect('hiddenAct', 'silu');
  settings.expect('rotaryScalingFactor', 1);
  const rotaryDim = rotaryDimOf(settings, heads.headDim, ROTARY_SHARE);
  const rope = readRope(settings, { headDim: heads.headDim, rotaryDim });
  const read = {
    ...shape,
    ...oneKind(shape.numHiddenLayers, { ...heads, rope }),
    ...readLayerNorm(settings),
    intermediateSize: settings.count('intermediateSize'),
    rotaryDim,
    useParallelResidual: settings.flag('useParallelResidual', false),
  };
  // Norms and biases are there, or not, as tensors.
  for (const setting of ['useQkNorm', 'useQkvBias'] as const) settings.flag(setting, false);
  settings.refuseUnread();
  return read;
}

function weights(checkpoint: Checkpoint, config: StableLmConfig): WeightSpec[] {
  const { hiddenSize, intermediateSize, rotaryDim } = config;
  const list = new WeightList(checkpoint, NAMES);
  return layerNormWeights(list, config, (layer, kind) => {
    const order = rotaryOrder(kind.headDim, rotaryDim, 'halves');
    list.linear(layer, 'attention.norm', [hiddenSize]);
    addAttention(list, layer, config, kind, order);
    addHeadLayerNorms(list, layer, config, kind, order);
    if (!config.useParallelResidual) list.linear(layer, 'feedforward.norm', [hiddenSize]);
    addGatedFeedForward(list, layer, hiddenSize, intermediateSize);
  });
}

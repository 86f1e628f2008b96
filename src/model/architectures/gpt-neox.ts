import type { Checkpoint } from '../checkpoint/checkpoint';
import type { Value } from '../onnx/graph';

import type { WeightSpec } from '../weights';
import { ACTIVATIONS, type Activation, readActivation } from './activations';
import type { Architecture, AttentionInputs, LayerContext } from './architecture';
import { rotatedInputs } from './attention-parts';
import { addPlainFeedForward, plainNeurons } from './feed-forward';
import { addFusedAttention } from './fused-attention';
import { type LayerNormConfig, layerNormed, layerNormWeights, readLayerNorm } from './layer-norm-parts';
import { readRope, rotaryOrder } from './rope';
import { Settings } from './settings';
import { baseShape, headShape, oneKind, rotaryDimOf } from './shape';
import { type TensorNames, WeightList } from './weight-list';

/**
 * GPT-NeoX (Black et al. 2022, arXiv 2204.06745) and Pythia (Biderman et al. 2023, arXiv 2304.01373): a part of every head
 * rotates, and both parts of a layer read the stream that enters it. Reference: `GPTNeoXForCausalLM` of Hugging Face
 * transformers.
 *
 *     x = x + output(attention(norm1(x))) + down(gelu(up(norm2(x))))
 *
 * or, where `use_parallel_residual` is false, one after another, as in GPT-2.
 */
export const gptNeox: Architecture<GptNeoxConfig> = {
  names: { gguf: ['gptneox'], huggingFace: ['gpt_neox'] },
  config,
  weights,
  attentionInputs,
  feedForward: {
    input: (c, x, h) => layerNormed(c, 'feedforward.norm', c.config.useParallelResidual ? x : h),
    neurons: (c, n) => plainNeurons(c, n, ACTIVATIONS[c.config.hiddenAct]),
  },
  finalNorm: 'layer',
};

interface GptNeoxConfig extends LayerNormConfig {
  intermediateSize: number;
  hiddenAct: Activation;
  rotaryDim: number;
  useParallelResidual: boolean;
}

/** Of a head's elements; GGUF files say how many they are. */
const ROTARY_SHARE = 0.25;

const NAMES = {
  embedding: ['token_embd', 'gpt_neox.embed_in'],
  norm: ['output_norm', 'gpt_neox.final_layer_norm'],
  unembedding: ['output', 'embed_out'],
  'layer.attention.norm': ['blk.#.attn_norm', 'gpt_neox.layers.#.input_layernorm'],
  'layer.qkv': ['blk.#.attn_qkv', 'gpt_neox.layers.#.attention.query_key_value'],
  'layer.output': ['blk.#.attn_output', 'gpt_neox.layers.#.attention.dense'],
  'layer.feedforward.norm': ['blk.#.ffn_norm', 'gpt_neox.layers.#.post_attention_layernorm'],
  'layer.up': ['blk.#.ffn_up', 'gpt_neox.layers.#.mlp.dense_h_to_4h'],
  'layer.down': ['blk.#.ffn_down', 'gpt_neox.layers.#.mlp.dense_4h_to_h'],
} as const satisfies TensorNames;

function attentionInputs(c: LayerContext<GptNeoxConfig>, x: Value): AttentionInputs {
  return rotatedInputs(c, layerNormed(c, 'attention.norm', x));
}

function config(checkpoint: Checkpoint): GptNeoxConfig {
  const settings = new Settings(checkpoint);
  const shape = baseShape(settings, NAMES);
  const heads = headShape(settings);
  const rotaryDim = rotaryDimOf(settings, heads.headDim, ROTARY_SHARE);
  const rope = readRope(settings, { headDim: heads.headDim, rotaryDim });
  const read = {
    ...shape,
    ...oneKind(shape.numHiddenLayers, { ...heads, rope }),
    ...readLayerNorm(settings),
    intermediateSize: settings.count('intermediateSize'),
    hiddenAct: readActivation(settings, 'gelu'),
    rotaryDim,
    useParallelResidual: settings.flag('useParallelResidual', true),
  };
  // The biases are there, or not, as tensors.
  settings.flag('attentionBias', true);
  settings.refuseUnread();
  return read;
}

function weights(checkpoint: Checkpoint, config: GptNeoxConfig): WeightSpec[] {
  const { hiddenSize, intermediateSize, rotaryDim } = config;
  const list = new WeightList(checkpoint, NAMES);
  return layerNormWeights(list, config, (layer, kind) => {
    const order = rotaryOrder(kind.headDim, rotaryDim, 'halves');
    list.linear(layer, 'attention.norm', [hiddenSize]);
    // The converter brings the queries of all heads together.
    addFusedAttention(list, layer, config, kind, { layout: list.isGguf ? 'parts' : 'heads', order });
    list.linear(layer, 'feedforward.norm', [hiddenSize]);
    addPlainFeedForward(list, layer, hiddenSize, intermediateSize);
  });
}

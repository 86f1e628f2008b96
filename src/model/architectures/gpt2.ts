import type { Checkpoint } from '../checkpoint/checkpoint';
import type { Value } from '../onnx/graph';
import { add, gather } from '../onnx/operations';
import type { WeightSpec } from '../weights';
import { ACTIVATIONS, type Activation, readActivation } from './activations';
import type { Architecture, AttentionInputs, LayerContext } from './architecture';
import { rotatedInputs } from './attention-parts';
import { plainNeurons } from './feed-forward';
import { addFusedAttention } from './fused-attention';
import { type LayerNormConfig, layerNormed, layerNormWeights, readLayerNorm } from './layer-norm-parts';
import { Settings } from './settings';
import { baseShape, headShape, kindsOf } from './shape';
import { type TensorNames, WeightList } from './weight-list';

/**
 * GPT-2 (Radford et al. 2019, "Language Models are Unsupervised Multitask Learners"): positions are learned, nothing
 * rotates. Reference: `GPT2LMHeadModel` of Hugging Face transformers.
 *
 *     x = embedding of the token + embedding of the position
 *     x = x + output(attention(norm(x)))
 *     x = x + down(gelu(up(norm(x))))
 */
export const gpt2: Architecture<Gpt2Config> = {
  names: { gguf: ['gpt2'], huggingFace: ['gpt2'] },
  config,
  weights,
  embed: (c, embeddings, positions) => add(c.g, embeddings, gather(c.g, c.weight('positionEmbedding'), positions())),
  attentionInputs,
  feedForward: {
    input: (c, _x, h) => layerNormed(c, 'feedforward.norm', h),
    neurons: (c, n) => plainNeurons(c, n, ACTIVATIONS[c.config.hiddenAct]),
  },
  finalNorm: 'layer',
};

interface Gpt2Config extends LayerNormConfig {
  intermediateSize: number;
  hiddenAct: Activation;
}

const NAMES = {
  embedding: ['token_embd', 'transformer.wte'],
  positionEmbedding: ['position_embd', 'transformer.wpe'],
  norm: ['output_norm', 'transformer.ln_f'],
  unembedding: ['output', 'lm_head'],
  'layer.attention.norm': ['blk.#.attn_norm', 'transformer.h.#.ln_1'],
  'layer.qkv': ['blk.#.attn_qkv', 'transformer.h.#.attn.c_attn'],
  'layer.output': ['blk.#.attn_output', 'transformer.h.#.attn.c_proj'],
  'layer.feedforward.norm': ['blk.#.ffn_norm', 'transformer.h.#.ln_2'],
  'layer.up': ['blk.#.ffn_up', 'transformer.h.#.mlp.c_fc'],
  'layer.down': ['blk.#.ffn_down', 'transformer.h.#.mlp.c_proj'],
} as const satisfies TensorNames;

function attentionInputs(c: LayerContext<Gpt2Config>, x: Value): AttentionInputs {
  return rotatedInputs(c, layerNormed(c, 'attention.norm', x));
}

function config(checkpoint: Checkpoint): Gpt2Config {
  const settings = new Settings(checkpoint);
  const shape = baseShape(settings, NAMES, { tied: true });
  const heads = headShape(settings, { rotates: false });
  const scaling = settings.flag('scaleAttnWeights', true) ? heads.scaling : 1;
  const byLayer = settings.flag('scaleAttnByInverseLayerIdx', false);
  const read = {
    ...shape,
    ...kindsOf(
      Array.from({ length: shape.numHiddenLayers }, (_, layer) => ({
        ...heads,
        scaling: scaling / (byLayer ? layer + 1 : 1),
      })),
    ),
    ...readLayerNorm(settings),
    intermediateSize: settings.count('intermediateSize', 4 * shape.hiddenSize),
    hiddenAct: readActivation(settings, 'gelu_new'),
  };
  settings.refuseUnread();
  return read;
}

function weights(checkpoint: Checkpoint, config: Gpt2Config): WeightSpec[] {
  const { hiddenSize, intermediateSize, contextLength } = config;
  const list = new WeightList(checkpoint, NAMES);
  // A folder's matrices are those of `Conv1D`: [in, out].
  const transposed = !list.isGguf;
  list.add('positionEmbedding', [contextLength, hiddenSize]);
  return layerNormWeights(list, config, (layer, kind) => {
    list.linear(layer, 'attention.norm', [hiddenSize]);
    addFusedAttention(list, layer, config, kind, { layout: 'parts', transposed });
    list.linear(layer, 'feedforward.norm', [hiddenSize]);
    list.linear(layer, 'up', [intermediateSize, hiddenSize], { transposed });
    list.linear(layer, 'down', [hiddenSize, intermediateSize], { transposed });
  });
}

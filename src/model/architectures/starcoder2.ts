import type { Checkpoint } from '../checkpoint/checkpoint';
import type { Value } from '../onnx/graph';

import type { WeightSpec } from '../weights';
import { ACTIVATIONS, type Activation, readActivation } from './activations';
import type { Architecture, AttentionInputs, LayerContext } from './architecture';
import { addAttention, rotatedInputs } from './attention-parts';
import { addPlainFeedForward, plainNeurons } from './feed-forward';
import { type LayerNormConfig, layerNormed, layerNormWeights, readLayerNorm } from './layer-norm-parts';
import { LLAMA_NAMES } from './llama-names';
import { windowNotes } from './notes';
import { readRope } from './rope';
import { Settings } from './settings';
import { baseShape, headShape, oneKind } from './shape';
import { type TensorNames, WeightList } from './weight-list';

/**
 * StarCoder2 (Lozhkov et al. 2024, arXiv 2402.19173): grouped queries over a window of keys, and a plain feed-forward part.
 * Reference: `Starcoder2ForCausalLM` of Hugging Face transformers.
 *
 *     x = x + output(attention(norm(x)))
 *     x = x + down(gelu(up(norm(x))))
 */
export const starcoder2: Architecture<Starcoder2Config> = {
  names: { gguf: ['starcoder2'], huggingFace: ['starcoder2'] },
  config,
  weights,
  attentionInputs,
  feedForward: {
    input: (c, _x, h) => layerNormed(c, 'feedforward.norm', h),
    neurons: (c, n) => plainNeurons(c, n, ACTIVATIONS[c.config.hiddenAct]),
  },
  finalNorm: 'layer',
};

interface Starcoder2Config extends LayerNormConfig {
  intermediateSize: number;
  hiddenAct: Activation;
}

const NAMES = {
  ...LLAMA_NAMES,
  'layer.up': ['blk.#.ffn_up', 'model.layers.#.mlp.c_fc'],
  'layer.down': ['blk.#.ffn_down', 'model.layers.#.mlp.c_proj'],
} as const satisfies TensorNames;

function attentionInputs(c: LayerContext<Starcoder2Config>, x: Value): AttentionInputs {
  return rotatedInputs(c, layerNormed(c, 'attention.norm', x));
}

/** What `config.json` may leave out, as `Starcoder2Config` has it. */
const DEFAULTS = { numKeyValueHeads: 2 };

function config(checkpoint: Checkpoint): Starcoder2Config {
  const settings = new Settings(checkpoint, DEFAULTS);
  const shape = baseShape(settings, NAMES, { tied: true });
  const heads = headShape(settings);
  settings.expect('ropeDim', heads.headDim);
  settings.expect('normType', 'layer_norm');
  settings.expect('mlpType', 'default');
  settings.expect('scaleAttnWeights', true);
  // The biases are there, or not, as tensors.
  settings.flag('useBias', true);
  const read = {
    ...shape,
    ...oneKind(shape.numHiddenLayers, {
      ...heads,
      // A GGUF file does not say that its layers have one.
      slidingWindow: settings.optionalCount('slidingWindow'),
      rope: readRope(settings, { headDim: heads.headDim }),
    }),
    ...readLayerNorm(settings),
    notes: windowNotes(checkpoint),
    intermediateSize: settings.count('intermediateSize'),
    hiddenAct: readActivation(settings, 'gelu_pytorch_tanh'),
  };
  settings.refuseUnread();
  return read;
}

function weights(checkpoint: Checkpoint, config: Starcoder2Config): WeightSpec[] {
  const { hiddenSize, intermediateSize } = config;
  const list = new WeightList(checkpoint, NAMES);
  return layerNormWeights(list, config, (layer, kind) => {
    list.linear(layer, 'attention.norm', [hiddenSize]);
    addAttention(list, layer, config, kind);
    list.linear(layer, 'feedforward.norm', [hiddenSize]);
    addPlainFeedForward(list, layer, hiddenSize, intermediateSize);
  });
}

import type { Checkpoint } from '../checkpoint/checkpoint';
import type { LayerKind } from '../config';
import type { WeightSpec } from '../weights';
import type { Architecture } from './architecture';
import { rotatedInputs } from './attention-parts';
import { addFusedGate } from './feed-forward';
import { addFusedAttention } from './fused-attention';
import { LLAMA_NAMES } from './llama-names';
import { modelWeights } from './model-weights';
import { gatedFeedForward, normed, type RmsNormConfig, readRmsNorm } from './rms-norm';
import { readRope, rotaryOrder } from './rope';
import { Settings } from './settings';
import { baseShape, headShape, oneKind, rotaryDimOf } from './shape';
import { type TensorNames, WeightList } from './weight-list';

/**
 * Phi-3, Phi-3.5 (Abdin et al. 2024, arXiv 2404.14219), Phi-4 (arXiv 2412.08905) and Phi-4-mini (arXiv 2503.01743):
 * Llama's layers, of which one tensor holds queries, keys and values, and another gate and up. Long texts rotate in
 * another way than short ones (LongRoPE), and in Phi-4-mini only a part of each head does. Reference: `Phi3ForCausalLM`
 * of Hugging Face transformers.
 *
 *     x = x + output(attention(norm(x)))
 *     x = x + down(silu(gate(norm(x))) * up(norm(x)))
 */
export const phi3: Architecture<Phi3Config> = {
  names: { gguf: ['phi3'], huggingFace: ['phi3'] },
  config,
  weights,
  attentionInputs: (c, x) => rotatedInputs(c, normed(c, 'attention.norm', x)),
  feedForward: gatedFeedForward(),
  finalNorm: 'rms',
};

interface Phi3Config extends RmsNormConfig {
  rotaryDim: number;
}

const NAMES = {
  ...LLAMA_NAMES,
  'layer.qkv': ['blk.#.attn_qkv', 'model.layers.#.self_attn.qkv_proj'],
  'layer.gateAndUp': ['blk.#.ffn_up', 'model.layers.#.mlp.gate_up_proj'],
} as const satisfies TensorNames;

/** What `config.json` may leave out, as `Phi3Config` has it. */
const DEFAULTS = { rmsNormEps: 1e-5, ropeOriginalContext: 4096 };

function config(checkpoint: Checkpoint): Phi3Config {
  const settings = new Settings(checkpoint, DEFAULTS);
  const shape = baseShape(settings, NAMES);
  const heads = headShape(settings);
  const rotaryDim = rotaryDimOf(settings, heads.headDim);
  settings.expect('hiddenAct', 'silu');
  settings.expect('attentionBias', false);
  const read = {
    ...shape,
    ...oneKind(shape.numHiddenLayers, {
      ...heads,
      slidingWindow: settings.optionalCount('slidingWindow'),
      rope: readRope(settings, { headDim: heads.headDim, rotaryDim }),
    }),
    ...readRmsNorm(settings),
    rotaryDim,
  };
  settings.refuseUnread();
  return read;
}

function weights(checkpoint: Checkpoint, config: Phi3Config): WeightSpec[] {
  const { hiddenSize, intermediateSize, rotaryDim } = config;
  const list = new WeightList(checkpoint, NAMES);
  const [{ headDim }] = config.layerKinds as [LayerKind];
  const order = rotaryOrder(headDim, rotaryDim, 'halves');
  return modelWeights(list, config, (layer, kind) => {
    list.ofLayer(layer, 'attention.norm', [hiddenSize]);
    addFusedAttention(list, layer, config, kind, { layout: 'parts', order });
    list.ofLayer(layer, 'feedforward.norm', [hiddenSize]);
    addFusedGate(list, layer, hiddenSize, intermediateSize);
  });
}

import type { LayerKind } from '../config';
import type { Value } from '../onnx/graph';
import { geluTanh, multiply } from '../onnx/operations';
import type { GraphContext, LayerContext, LayerPart } from './architecture';
import { addAttention } from './attention-parts';
import { addGatedFeedForward } from './feed-forward';
import { LLAMA_NAMES } from './llama-names';
import { gatedFeedForward, normedTerm, type RmsNormConfig } from './rms-norm';
import type { Settings } from './settings';
import type { BaseShape } from './shape';
import type { TensorNames, TensorView, WeightList } from './weight-list';

/* Parts of the Gemma families. T, N: positions, C: the model's width, V: the vocabulary's size. */

export interface GemmaConfig extends RmsNormConfig {
  finalLogitSoftcapping?: number | undefined;
}

/** The tensors of a layer with a norm before and one after each of its two parts. */
export const GEMMA_NAMES = {
  ...LLAMA_NAMES,
  'layer.attention.after': ['blk.#.post_attention_norm', 'model.layers.#.post_attention_layernorm'],
  'layer.feedforward.norm': ['blk.#.ffn_norm', 'model.layers.#.pre_feedforward_layernorm'],
  'layer.feedforward.after': ['blk.#.post_ffw_norm', 'model.layers.#.post_feedforward_layernorm'],
} as const satisfies TensorNames;

/** The embedding times √C, [T, C]. */
export function scaledEmbedding({ g, config }: GraphContext, embeddings: Value): Value {
  return multiply(g, embeddings, g.constant('float32', [Math.sqrt(config.hiddenSize)]));
}

/** h = x + norm(output(heads)), and then h + norm(down(gelu(gate(norm(h))) · up(norm(h)))), and logits with a cap. */
export const NORMED_ON_BOTH_SIDES = {
  feedForward: gatedFeedForward<GemmaConfig>(geluTanh),
  afterPart: (c: LayerContext<GemmaConfig>, part: LayerPart, value: Value, whole: Value) =>
    normedTerm(c, part === 'attention' ? 'attention.after' : 'feedforward.after', value, whole),
  finalNorm: 'rms',
  logitSoftcap: (config: GemmaConfig) => config.finalLogitSoftcapping,
} as const;

/**
 * What products of queries and keys are multiplied by. GGUF files do not say: all models but the largest, which is known
 * by its number of layers, have the width of a head.
 */
export function queryScaling(
  settings: Settings,
  { numHiddenLayers, hiddenSize, numAttentionHeads }: BaseShape,
  headDim: number,
  layersOfLargest: number,
): number {
  const ofFile = numHiddenLayers === layersOfLargest ? hiddenSize / numAttentionHeads : headDim;
  return settings.positive('queryPreAttnScalar', ofFile) ** -0.5;
}

/** Refuses another activation than the one of all models. `hidden_act` stands in some folders, and nothing reads it. */
export function expectGelu(settings: Settings): void {
  settings.expect('hiddenActivation', 'gelu_pytorch_tanh');
  settings.value('hiddenAct');
}

/** How the checkpoint has gains: a folder has them less 1, the converter adds it. */
export const gainsOf = ({ isGguf }: WeightList): TensorView => (isGguf ? {} : { plus: 1 });

/**
 * The weights of a layer that norms on both sides.
 *
 * @param gains how the checkpoint has them
 * @param values of `addAttention`
 */
export function addLayerNormedOnBothSides(
  list: WeightList,
  layer: number,
  config: RmsNormConfig,
  kind: LayerKind,
  { gains = {}, values = 'value' }: { gains?: TensorView; values?: 'value' | 'key' },
): void {
  const { hiddenSize, intermediateSize } = config;
  list.ofLayer(layer, 'attention.norm', [hiddenSize], gains);
  addAttention(list, layer, config, kind, undefined, values);
  list.ofLayer(layer, 'attention.after', [hiddenSize], gains);
  list.ofLayer(layer, 'feedforward.norm', [hiddenSize], gains);
  addGatedFeedForward(list, layer, hiddenSize, intermediateSize);
  list.ofLayer(layer, 'feedforward.after', [hiddenSize], gains);
}

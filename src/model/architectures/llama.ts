import type { Checkpoint } from '../checkpoint/checkpoint';
import type { ModelConfig } from '../config';
import type { Value } from '../onnx/graph';
import { linear } from '../onnx/matrix';
import { add, rmsNorm, silu } from '../onnx/operations';
import type { WeightSpec } from '../weights';
import type { Architecture, AttentionInputs, GraphContext, LayerContext } from './architecture';
import { addAttention, project, rotatedInputs } from './attention-parts';
import { addGatedFeedForward, gatedFeedForward } from './feed-forward';
import { LLAMA_NAMES } from './llama-names';
import { readRope, rotaryOrder } from './rope';
import { Settings } from './settings';
import { baseShape, headShape, oneKind } from './shape';
import { WeightList } from './weight-list';

/**
 * Llama (Touvron et al. 2023, arXiv 2302.13971; grouped queries: arXiv 2307.09288) and what shares its forward pass:
 * SmolLM2, TinyLlama, Mistral (Jiang et al. 2023, arXiv 2310.06825), whose layers see a window of keys. Reference:
 * `LlamaForCausalLM` and `MistralForCausalLM` of Hugging Face transformers.
 *
 * Every layer adds two things to the residual stream x [T, C]:
 *
 *     x = x + output(attention(norm(x)))
 *     x = x + down(silu(gate(norm(x))) * up(norm(x)))
 */
export const llama: Architecture<LlamaConfig> = {
  names: { gguf: ['llama'], huggingFace: ['llama', 'mistral'] },
  config,
  weights,
  attentionInputs,
  layerOutput,
  logits,
};

interface LlamaConfig extends ModelConfig {
  intermediateSize: number;
  rmsNormEps: number;
}

function attentionInputs(c: LayerContext<LlamaConfig>, x: Value): AttentionInputs {
  return rotatedInputs(c, rmsNorm(c.g, x, c.weight('attention.norm'), c.config.rmsNormEps));
}

function layerOutput(c: LayerContext<LlamaConfig>, x: Value, attended: Value): Value {
  const h = add(c.g, x, project(c, 'output', attended));
  const normed = rmsNorm(c.g, h, c.weight('feedforward.norm'), c.config.rmsNormEps);
  return add(c.g, h, gatedFeedForward(c, normed, silu));
}

function logits({ g, config, weight, matrix }: GraphContext<LlamaConfig>, x: Value): Value {
  const normed = rmsNorm(g, x, weight('norm'), config.rmsNormEps);
  return linear(g, normed, matrix(config.tieWordEmbeddings ? 'embedding' : 'unembedding'));
}

function config(checkpoint: Checkpoint): LlamaConfig {
  const settings = new Settings(checkpoint);
  const shape = baseShape(settings, LLAMA_NAMES);
  const heads = headShape(settings);
  settings.expect('ropeDim', heads.headDim);
  settings.expect('hiddenAct', 'silu');
  const read = {
    ...shape,
    ...oneKind(shape.numHiddenLayers, {
      ...heads,
      // A GGUF file of Mistral does not say that its layers have one.
      slidingWindow: settings.optionalPositive('slidingWindow'),
      rope: readRope(settings, { headDim: heads.headDim }),
    }),
    intermediateSize: settings.count('intermediateSize'),
    rmsNormEps: settings.positive('rmsNormEps'),
  };
  // The biases are there, or not, as tensors.
  for (const setting of ['attentionBias', 'mlpBias'] as const) settings.flag(setting, false);
  settings.refuseUnread();
  return read;
}

function weights(checkpoint: Checkpoint, config: LlamaConfig): WeightSpec[] {
  const { hiddenSize, vocabSize, intermediateSize } = config;
  const list = new WeightList(checkpoint, LLAMA_NAMES);
  const [kind] = config.layerKinds as [LlamaConfig['layerKinds'][number]];
  // The converter stores the rows of queries and keys so that neighbours rotate together.
  const order = rotaryOrder(kind.headDim, kind.headDim, list.isGguf ? 'neighbours' : 'halves');
  list.add('embedding', [vocabSize, hiddenSize]);
  list.add('norm', [hiddenSize]);
  for (let layer = 0; layer < config.numHiddenLayers; layer++) {
    list.ofLayer(layer, 'attention.norm', [hiddenSize]);
    addAttention(list, layer, config, kind, order);
    list.ofLayer(layer, 'feedforward.norm', [hiddenSize]);
    addGatedFeedForward(list, layer, hiddenSize, intermediateSize);
  }
  if (!config.tieWordEmbeddings) list.add('unembedding', [vocabSize, hiddenSize]);
  return list.specs;
}

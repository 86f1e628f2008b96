import type { Checkpoint } from '../checkpoint/checkpoint';
import type { Value } from '../onnx/graph';
import { atLeast, atMost } from '../onnx/operations';
import type { WeightSpec } from '../weights';
import type { Architecture, AttentionInputs, LayerContext } from './architecture';
import { addAttention, project, rotate } from './attention-parts';
import { addExperts, EXPERT_NAMES, GATING, readExperts } from './expert-weights';
import { gatedExperts } from './experts';
import { HEAD_NORM_NAMES } from './head-norms';
import { LLAMA_NAMES } from './llama-names';
import { modelWeights } from './model-weights';
import { normed, type RmsNormConfig, readRmsNorm } from './rms-norm';
import { readRope } from './rope';
import { Settings } from './settings';
import { baseShape, headShape, oneKind, refusePartialRotation } from './shape';
import { type TensorNames, WeightList } from './weight-list';

/**
 * OLMoE (Muennighoff et al. 2024, arXiv 2409.02060): one norm goes over all queries of a position and one over all keys,
 * and the weights of a token's experts are their probabilities as they are. Reference: `OlmoeForCausalLM` of Hugging Face
 * transformers.
 *
 *     x = x + output(attention(norm(x)))
 *     x = x + Σ weight · down(silu(gate(norm(x))) * up(norm(x))) over the experts of the token
 */
export const olmoe: Architecture<OlmoeConfig> = {
  names: { gguf: ['olmoe'], huggingFace: ['olmoe'] },
  config,
  weights,
  attentionInputs,
  feedForward: gatedExperts(({ normTopkProb }) => normTopkProb),
  finalNorm: 'rms',
  mixesHeads: true,
};

interface OlmoeConfig extends RmsNormConfig {
  /** Whether the weights of a token's experts sum to 1. */
  normTopkProb: boolean;
  /** Elements of queries, keys and values lie between -clipQkv and clipQkv. */
  clipQkv: number | undefined;
}

/** What `config.json` may leave out, as `OlmoeConfig` has it. */
const DEFAULTS = { rmsNormEps: 1e-5, intermediateSize: 2048, numExperts: 64, numExpertsPerTok: 8 };

const NAMES = { ...LLAMA_NAMES, ...HEAD_NORM_NAMES, ...EXPERT_NAMES } as const satisfies TensorNames;

function attentionInputs(c: LayerContext<OlmoeConfig>, x: Value): AttentionInputs {
  const n = normed(c, 'attention.norm', x);
  const { clipQkv: limit } = c.config;
  const clipped = (value: Value) => (limit === undefined ? value : atLeast(c.g, atMost(c.g, value, limit), -limit));
  return {
    queries: rotate(c, clipped(normed(c, 'query.norm', project(c, 'query', n)))),
    keys: rotate(c, clipped(normed(c, 'key.norm', project(c, 'key', n)))),
    values: clipped(project(c, 'value', n)),
  };
}

function config(checkpoint: Checkpoint): OlmoeConfig {
  const settings = new Settings(checkpoint, DEFAULTS);
  const shape = baseShape(settings, NAMES);
  const heads = headShape(settings);
  refusePartialRotation(settings, heads.headDim);
  settings.expect('hiddenAct', 'silu');
  settings.expect('expertGatingFunc', GATING.softmax);
  const experts = readExperts(settings);
  const rope = readRope(settings, { headDim: heads.headDim });
  const read = {
    ...shape,
    ...oneKind(shape.numHiddenLayers, { ...heads, rope, experts }),
    ...readRmsNorm(settings),
    normTopkProb: settings.flag('normTopkProb', false),
    clipQkv: settings.optionalPositive('clipQkv'),
  };
  settings.expect('moeIntermediateSize', read.intermediateSize);
  // The biases are there, or not, as tensors.
  settings.flag('attentionBias', false);
  settings.refuseUnread();
  return read;
}

function weights(checkpoint: Checkpoint, config: OlmoeConfig): WeightSpec[] {
  const { hiddenSize, intermediateSize, numAttentionHeads } = config;
  const list = new WeightList(checkpoint, NAMES);
  return modelWeights(list, config, (layer, kind) => {
    list.ofLayer(layer, 'attention.norm', [hiddenSize]);
    addAttention(list, layer, config, kind);
    list.ofLayer(layer, 'query.norm', [numAttentionHeads * kind.headDim]);
    list.ofLayer(layer, 'key.norm', [kind.numKeyValueHeads * kind.headDim]);
    list.ofLayer(layer, 'feedforward.norm', [hiddenSize]);
    addExperts(list, layer, config, kind, intermediateSize);
  });
}

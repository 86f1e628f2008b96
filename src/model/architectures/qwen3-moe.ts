import { sentence } from '../../shared/errors';
import type { Checkpoint } from '../checkpoint/checkpoint';
import type { WeightSpec } from '../weights';
import type { Architecture } from './architecture';
import { addAttention } from './attention-parts';
import { addExperts, EXPERT_NAMES, GATING, readExperts } from './expert-weights';
import { gatedExperts } from './experts';
import { addGatedFeedForward } from './feed-forward';
import { addHeadNorms, HEAD_NORM_NAMES, headNormedInputs } from './head-norms';
import { switchedWindow } from './layer-windows';
import { LLAMA_NAMES } from './llama-names';
import { modelWeights } from './model-weights';
import { normed, type RmsNormConfig, readRmsNorm } from './rms-norm';
import { readRope } from './rope';
import { Settings } from './settings';
import { baseShape, headShape, kindsOf, refusePartialRotation } from './shape';
import { type TensorNames, WeightList } from './weight-list';

/**
 * Qwen 3 with experts (Yang et al. 2025, arXiv 2505.09388): Qwen 3's attention; of many small experts eight see each
 * token, and some layers may have a feed-forward part instead. Reference: `Qwen3MoeForCausalLM` of Hugging Face
 * transformers.
 *
 *     x = x + output(attention(norm(x)))
 *     x = x + Σ weight · down(silu(gate(norm(x))) * up(norm(x))) over the experts of the token
 */
export const qwen3Moe: Architecture<Qwen3MoeConfig> = {
  names: { gguf: ['qwen3moe'], huggingFace: ['qwen3_moe'] },
  config,
  weights,
  attentionInputs: (c, x) => headNormedInputs(c, normed(c, 'attention.norm', x)),
  feedForward: gatedExperts(({ normTopkProb }) => normTopkProb),
  finalNorm: 'rms',
};

interface Qwen3MoeConfig extends RmsNormConfig {
  /** The inner width of an expert. */
  moeIntermediateSize: number;
  /** Whether the weights of a token's experts sum to 1. */
  normTopkProb: boolean;
}

/** What `config.json` may leave out, as `Qwen3MoeConfig` has it. */
const DEFAULTS = {
  rmsNormEps: 1e-6,
  numKeyValueHeads: 4,
  slidingWindow: 4096,
  intermediateSize: 6144,
  moeIntermediateSize: 768,
  numExperts: 128,
  numExpertsPerTok: 8,
};
/** GGUF files do not say it; all models do it. */
const GGUF_DEFAULTS = { normTopkProb: true };

const NAMES = { ...LLAMA_NAMES, ...HEAD_NORM_NAMES, ...EXPERT_NAMES } as const satisfies TensorNames;

function config(checkpoint: Checkpoint): Qwen3MoeConfig {
  const settings = new Settings(checkpoint, DEFAULTS, GGUF_DEFAULTS);
  const shape = baseShape(settings, NAMES);
  const heads = headShape(settings);
  refusePartialRotation(settings, heads.headDim);
  settings.expect('hiddenAct', 'silu');
  settings.expect('expertGatingFunc', GATING.softmax);
  settings.expect('useQkNorm', true);
  const experts = readExperts(settings);
  const rope = readRope(settings, { headDim: heads.headDim });
  const common = { ...heads, slidingWindow: switchedWindow(settings), rope };
  // From which layer on there is a window: its class does not ask.
  settings.value('maxWindowLayers');
  const hasExperts = expertLayers(settings);
  const read = {
    ...shape,
    ...kindsOf(
      Array.from({ length: shape.numHiddenLayers }, (_, layer) =>
        hasExperts(layer) ? { ...common, experts } : { ...common },
      ),
    ),
    ...readRmsNorm(settings),
    moeIntermediateSize: settings.count('moeIntermediateSize'),
    normTopkProb: settings.flag('normTopkProb', false),
  };
  // The biases are there, or not, as tensors.
  settings.flag('attentionBias', false);
  settings.refuseUnread();
  return read;
}

function expertLayers(settings: Settings): (layer: number) => boolean {
  const step = settings.count('decoderSparseStep', 1);
  const dense = settings.list('mlpOnlyLayers') ?? [];
  if (!dense.every(Number.isInteger))
    settings.refuse(sentence`${settings.nameOf('mlpOnlyLayers')} is no list of layers`);
  return (layer) => !dense.includes(layer) && (layer + 1) % step === 0;
}

function weights(checkpoint: Checkpoint, config: Qwen3MoeConfig): WeightSpec[] {
  const { hiddenSize, intermediateSize, moeIntermediateSize } = config;
  const list = new WeightList(checkpoint, NAMES);
  return modelWeights(list, config, (layer, kind) => {
    list.ofLayer(layer, 'attention.norm', [hiddenSize]);
    addAttention(list, layer, config, kind);
    addHeadNorms(list, layer, kind.headDim);
    list.ofLayer(layer, 'feedforward.norm', [hiddenSize]);
    if (kind.experts) addExperts(list, layer, config, kind, moeIntermediateSize);
    else addGatedFeedForward(list, layer, hiddenSize, intermediateSize);
  });
}

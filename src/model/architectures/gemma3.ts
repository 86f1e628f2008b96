import { sentence } from '../../shared/errors';
import type { Checkpoint } from '../checkpoint/checkpoint';
import type { WeightSpec } from '../weights';
import type { Architecture } from './architecture';
import {
  addLayerNormedOnBothSides,
  expectGelu,
  GEMMA_NAMES,
  type GemmaConfig,
  gainsOf,
  NORMED_ON_BOTH_SIDES,
  queryScaling,
  scaledEmbedding,
} from './gemma-parts';
import { addHeadNorms, HEAD_NORM_NAMES, headNormedInputs } from './head-norms';
import { lastOf, layerWindows } from './layer-windows';
import { modelWeights } from './model-weights';
import { normed, readRmsNorm } from './rms-norm';
import { readRope } from './rope';
import { Settings } from './settings';
import { baseShape, headShape, kindsOf, refusePartialRotation } from './shape';
import { type TensorNames, WeightList } from './weight-list';

/**
 * Gemma 3 (Gemma Team 2025, arXiv 2503.19786), its model of language: of six layers five see a window of keys and rotate
 * faster, and every head of queries and keys has a norm. Reference: `Gemma3ForCausalLM` of Hugging Face transformers.
 *
 *     x = √C * embedding
 *     x = x + norm(output(attention(norm(x))))
 *     x = x + norm(down(gelu(gate(norm(x))) * up(norm(x))))
 */
export const gemma3: Architecture<GemmaConfig> = {
  names: { gguf: ['gemma3'], huggingFace: ['gemma3_text', 'gemma3'] },
  config,
  weights,
  embed: scaledEmbedding,
  attentionInputs: (c, x) => headNormedInputs(c, normed(c, 'attention.norm', x)),
  ...NORMED_ON_BOTH_SIDES,
};

const NAMES = { ...GEMMA_NAMES, ...HEAD_NORM_NAMES } as const satisfies TensorNames;

/** What `config.json` may leave out, as `Gemma3TextConfig` has it: folders of models that also see leave out much. */
const DEFAULTS = {
  numAttentionHeads: 8,
  numKeyValueHeads: 4,
  headDim: 256,
  queryPreAttnScalar: 256,
  slidingWindow: 4096,
  rmsNormEps: 1e-6,
  maxPositionEmbeddings: 131_072,
  ropeTheta: 1_000_000,
};
const LOCAL_THETA = 10_000;

const LAYERS_OF_27B = 62;

function config(checkpoint: Checkpoint): GemmaConfig {
  const settings = new Settings(checkpoint, DEFAULTS);
  const shape = baseShape(settings, NAMES, { tied: true });
  const heads = headShape(settings);
  const { headDim } = heads;
  refusePartialRotation(settings, headDim);
  expectGelu(settings);
  const kind = { ...heads, scaling: queryScaling(settings, shape, headDim, LAYERS_OF_27B) };
  const global = readRope(settings, { headDim, layerType: 'full_attention' });
  const local = readRope(settings, { headDim, layerType: 'sliding_attention', localTheta: LOCAL_THETA });
  const windows = layerWindows(settings, shape.numHiddenLayers, settings.optionalCount('slidingWindow'), lastOf(6));
  const read = {
    ...shape,
    ...kindsOf(windows.map((slidingWindow) => ({ ...kind, slidingWindow, rope: slidingWindow ? local : global }))),
    ...readRmsNorm(settings),
    finalLogitSoftcapping: settings.optionalPositive('finalLogitSoftcapping'),
    notes: checkpoint.format === 'gguf' ? [NOTE] : [],
  };
  // The biases are there, or not, as tensors.
  settings.flag('attentionBias', false);
  settings.refuseUnread();
  return read;
}

const NOTE = sentence`This GGUF file does not say which layers have a sliding window, nor how scores are scaled; config.json does. It is read as Google's own models are.`;

function weights(checkpoint: Checkpoint, config: GemmaConfig): WeightSpec[] {
  const list = new WeightList(checkpoint, NAMES);
  const gains = gainsOf(list);
  const addLayer = (layer: number, kind: GemmaConfig['layerKinds'][number]) => {
    addLayerNormedOnBothSides(list, layer, config, kind, { gains });
    addHeadNorms(list, layer, kind.headDim, gains);
  };
  return modelWeights(list, config, addLayer, gains);
}

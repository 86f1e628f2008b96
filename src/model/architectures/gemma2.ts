import type { Checkpoint } from '../checkpoint/checkpoint';
import type { WeightSpec } from '../weights';
import type { Architecture } from './architecture';
import { rotatedInputs } from './attention-parts';
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
import { lastOf, layerWindows } from './layer-windows';
import { modelWeights } from './model-weights';
import { normed, readRmsNorm } from './rms-norm';
import { readRope } from './rope';
import { Settings } from './settings';
import { baseShape, headShape, kindsOf, refusePartialRotation } from './shape';
import { WeightList } from './weight-list';

/**
 * Gemma 2 (Gemma Team 2024, arXiv 2408.00118): every other layer sees a window of keys, scores and logits have a cap, and
 * norms stand before and after each part of a layer. Reference: `Gemma2ForCausalLM` of Hugging Face transformers.
 *
 *     x = √C * embedding
 *     x = x + norm(output(attention(norm(x))))
 *     x = x + norm(down(gelu(gate(norm(x))) * up(norm(x))))
 */
export const gemma2: Architecture<GemmaConfig> = {
  names: { gguf: ['gemma2'], huggingFace: ['gemma2'] },
  config,
  weights,
  embed: scaledEmbedding,
  attentionInputs: (c, x) => rotatedInputs(c, normed(c, 'attention.norm', x)),
  ...NORMED_ON_BOTH_SIDES,
};

/** Of all models; the first GGUF files do not say it. */
const ALWAYS = { slidingWindow: 4096, attnLogitSoftcapping: 50, finalLogitSoftcapping: 30 };

/** What `config.json` may leave out, as `Gemma2Config` has it. */
const DEFAULTS = { ...ALWAYS, headDim: 256, numKeyValueHeads: 4, rmsNormEps: 1e-6, queryPreAttnScalar: 256 };

const LAYERS_OF_27B = 46;

function config(checkpoint: Checkpoint): GemmaConfig {
  const settings = new Settings(checkpoint, DEFAULTS, ALWAYS);
  const shape = baseShape(settings, GEMMA_NAMES, { tied: true });
  const heads = headShape(settings);
  refusePartialRotation(settings, heads.headDim);
  expectGelu(settings);
  const kind = {
    ...heads,
    scaling: queryScaling(settings, shape, heads.headDim, LAYERS_OF_27B),
    attnLogitSoftcapping: settings.optionalPositive('attnLogitSoftcapping'),
    rope: readRope(settings, { headDim: heads.headDim }),
  };
  const windows = layerWindows(settings, shape.numHiddenLayers, settings.optionalCount('slidingWindow'), lastOf(2));
  const read = {
    ...shape,
    ...kindsOf(windows.map((slidingWindow) => ({ ...kind, slidingWindow }))),
    ...readRmsNorm(settings),
    finalLogitSoftcapping: settings.optionalPositive('finalLogitSoftcapping'),
  };
  // The biases are there, or not, as tensors.
  settings.flag('attentionBias', false);
  settings.refuseUnread();
  return read;
}

function weights(checkpoint: Checkpoint, config: GemmaConfig): WeightSpec[] {
  const list = new WeightList(checkpoint, GEMMA_NAMES);
  const gains = gainsOf(list);
  const addLayer = (layer: number, kind: GemmaConfig['layerKinds'][number]) =>
    addLayerNormedOnBothSides(list, layer, config, kind, { gains });
  return modelWeights(list, config, addLayer, gains);
}

import type { Checkpoint } from '../checkpoint/checkpoint';
import type { LayerKind } from '../config';
import type { Value } from '../onnx/graph';
import type { WeightSpec } from '../weights';
import type { Architecture, AttentionInputs, LayerContext } from './architecture';
import { project } from './attention-parts';
import {
  addLayerNormedOnBothSides,
  expectGelu,
  GEMMA_NAMES,
  type GemmaConfig,
  NORMED_ON_BOTH_SIDES,
  scaledEmbedding,
} from './gemma-parts';
import { gemma4Kinds } from './gemma4-kinds';
import { addHeadNorms, HEAD_NORM_NAMES, headNormedInputs } from './head-norms';
import { modelWeights } from './model-weights';
import { headsNormed, normed, readRmsNorm } from './rms-norm';
import { Settings } from './settings';
import { baseShape, kindsOf } from './shape';
import { type TensorNames, WeightList } from './weight-list';

/**
 * Gemma 4 (Google DeepMind 2026), its dense model of language: as Gemma 3, but values have a norm as well, without gains,
 * scores are not scaled, layers that see all keys have wider heads, which rotate in part and may take their values from
 * the keys, and a number multiplies what leaves a layer. Reference: `Gemma4ForCausalLM` of Hugging Face transformers.
 *
 *     x = √C * embedding
 *     x = x + norm(output(attention(norm(x))))
 *     x = scale * (x + norm(down(gelu(gate(norm(x))) * up(norm(x)))))
 */
export const gemma4: Architecture<Gemma4Config> = {
  names: { gguf: ['gemma4'], huggingFace: ['gemma4_text', 'gemma4'] },
  config,
  weights,
  embed: scaledEmbedding,
  attentionInputs,
  ...NORMED_ON_BOTH_SIDES,
  layerScale: 'scale',
};

interface Gemma4Config extends GemmaConfig {
  /** Whether layers that see all keys have no values of their own. */
  attentionKEqV: boolean;
}

const NAMES = {
  ...GEMMA_NAMES,
  ...HEAD_NORM_NAMES,
  'layer.scale': ['blk.#.layer_output_scale', 'model.layers.#.layer_scalar'],
} as const satisfies TensorNames;

function attentionInputs(c: LayerContext<Gemma4Config>, x: Value): AttentionInputs {
  const read = normed(c, 'attention.norm', x);
  return { ...headNormedInputs(c, read), values: headsNormed(c, undefined, project(c, 'value', read)) };
}

/** What `config.json` may leave out, as `Gemma4TextConfig` has it. */
const DEFAULTS = {
  numAttentionHeads: 8,
  numKeyValueHeads: 4,
  localHeadDim: 256,
  globalHeadDim: 512,
  slidingWindow: 512,
  rmsNormEps: 1e-6,
  maxPositionEmbeddings: 131_072,
  hiddenSizePerLayerInput: 256,
  ropeParameters: {
    full_attention: { rope_type: 'proportional', partial_rotary_factor: 0.25, rope_theta: 1_000_000 },
    sliding_attention: { rope_type: 'default', rope_theta: 10_000 },
  },
};

function config(checkpoint: Checkpoint): Gemma4Config {
  const settings = new Settings(checkpoint, DEFAULTS);
  const shape = baseShape(settings, NAMES, { tied: true });
  expectGelu(settings);
  settings.expect('hiddenSizePerLayerInput', 0);
  // Of "vision" text sees nothing: only tokens of images look ahead.
  settings.expect('useBidirectionalAttention', false, 'vision');
  const attentionKEqV = settings.flag('attentionKEqV', false);
  const read = {
    ...shape,
    ...kindsOf(gemma4Kinds(settings, shape.numHiddenLayers, attentionKEqV)),
    ...readRmsNorm(settings),
    finalLogitSoftcapping: settings.optionalPositive('finalLogitSoftcapping'),
    attentionKEqV,
  };
  // The biases are there, or not, as tensors.
  settings.flag('attentionBias', false);
  settings.refuseUnread();
  return read;
}

function weights(checkpoint: Checkpoint, config: Gemma4Config): WeightSpec[] {
  const list = new WeightList(checkpoint, NAMES);
  return modelWeights(list, config, (layer, kind) => {
    addLayerNormedOnBothSides(list, layer, config, kind, { values: valuesOf(list, layer, config, kind) });
    addHeadNorms(list, layer, kind.headDim);
    if (list.has('layer.scale', layer)) list.ofLayer(layer, 'scale', [1]);
  });
}

/** Which tensor makes a layer's values. A GGUF file says it by what it lacks. */
function valuesOf(list: WeightList, layer: number, config: Gemma4Config, kind: LayerKind): 'value' | 'key' {
  const isOwn = list.isGguf
    ? list.has('layer.value', layer)
    : !config.attentionKEqV || kind.slidingWindow !== undefined;
  return isOwn ? 'value' : 'key';
}

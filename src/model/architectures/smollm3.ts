import { sentence } from '../../shared/errors';
import type { Checkpoint } from '../checkpoint/checkpoint';
import type { LayerKind } from '../config';
import type { WeightSpec } from '../weights';
import type { Architecture } from './architecture';
import { rotatedInputs } from './attention-parts';
import { lastOf, layerWindows, switchedWindow } from './layer-windows';
import { LLAMA_NAMES } from './llama-names';
import { modelWeights } from './model-weights';
import { addPreNormLayer, gatedFeedForward, normed, type RmsNormConfig, readRmsNorm } from './rms-norm';
import { readRope, rotaryOrder } from './rope';
import { Settings } from './settings';
import { baseShape, headShape, kindsOf, refusePartialRotation } from './shape';
import { WeightList } from './weight-list';

/**
 * SmolLM3 (Hugging Face 2025, "SmolLM3: smol, multilingual, long-context reasoner"): Llama's layers, of which every
 * fourth rotates nothing (Yang et al. 2025, arXiv 2501.18795). Reference: `SmolLM3ForCausalLM` of Hugging Face
 * transformers.
 *
 *     x = x + output(attention(norm(x)))
 *     x = x + down(silu(gate(norm(x))) * up(norm(x)))
 */
export const smollm3: Architecture<RmsNormConfig> = {
  names: { gguf: ['smollm3'], huggingFace: ['smollm3'] },
  config,
  weights,
  attentionInputs: (c, x) => rotatedInputs(c, normed(c, 'attention.norm', x)),
  feedForward: gatedFeedForward(),
  finalNorm: 'rms',
};

/** What `config.json` may leave out, as `SmolLM3Config` has it. */
const DEFAULTS = { rmsNormEps: 1e-6, numKeyValueHeads: 4, ropeTheta: 2_000_000 };

function config(checkpoint: Checkpoint): RmsNormConfig {
  const settings = new Settings(checkpoint, DEFAULTS);
  const shape = baseShape(settings, LLAMA_NAMES, { tied: true });
  const heads = headShape(settings);
  refusePartialRotation(settings, heads.headDim);
  settings.expect('hiddenAct', 'silu');
  const table = readRope(settings, { headDim: heads.headDim });
  const rotates = rotatingLayers(settings, shape.numHiddenLayers);
  const window = switchedWindow(settings);
  const windows = layerWindows(settings, shape.numHiddenLayers, window, (layer) => !rotates[layer]);
  const read = {
    ...shape,
    ...kindsOf(
      windows.map((slidingWindow, layer) => ({ ...heads, slidingWindow, rope: rotates[layer] ? table : undefined })),
    ),
    ...readRmsNorm(settings),
  };
  // It stands in every folder, and nothing reads it.
  settings.value('maxWindowLayers');
  // The biases are there, or not, as tensors.
  for (const setting of ['attentionBias', 'mlpBias'] as const) settings.flag(setting, false);
  settings.refuseUnread();
  return read;
}

/** `no_rope_layers` has a 1 for each layer that rotates. GGUF files do not say which do: all models have the same. */
function rotatingLayers(settings: Settings, count: number): boolean[] {
  const interval = settings.count('noRopeLayerInterval', 4);
  const flags =
    settings.list('noRopeLayers') ?? Array.from({ length: count }, (_, layer) => Number(lastOf(interval)(layer)));
  if (flags.length === count && flags.every((flag) => flag === 0 || flag === 1)) return flags.map((flag) => flag === 1);
  return settings.refuse(sentence`${settings.nameOf('noRopeLayers')} does not say 0 or 1 of each of ${count} layers`);
}

function weights(checkpoint: Checkpoint, config: RmsNormConfig): WeightSpec[] {
  const list = new WeightList(checkpoint, LLAMA_NAMES);
  const [{ headDim }] = config.layerKinds as [LayerKind];
  // As in Llama's files, neighbours rotate together: the converter moves rows of layers that do not rotate as well.
  const order = rotaryOrder(headDim, headDim, list.isGguf ? 'neighbours' : 'halves');
  return modelWeights(list, config, (layer, kind) => addPreNormLayer(list, layer, config, kind, { order }));
}

import { sentence } from '../../shared/errors';
import type { LayerKind, ModelConfig } from '../config';
import { missingTensor } from '../weights';
import type { Setting } from './setting-names';
import type { Settings } from './settings';
import { shownValue } from './shown-value';
import { isTied } from './unembedding';
import { type TensorNames, WeightList } from './weight-list';

/** What every family's configuration begins with. */
export type BaseShape = Omit<ModelConfig, 'layerKinds' | 'kindOfLayer'>;

/** No text is longer: angles of positions are computed for as many as there are. */
const LONGEST_CONTEXT = 2 ** 28;
/** No head is wider: frequencies are computed for its pairs before any tensor contradicts it. */
const WIDEST_HEAD = 2 ** 16;

/** @param family whether the embedding is the unembedding too where `config.json` does not say */
export function baseShape(settings: Settings, names: TensorNames, family: { tied?: boolean } = {}): BaseShape {
  const { checkpoint } = settings;
  const weights = new WeightList(checkpoint, names);
  const numHiddenLayers = settings.count('numHiddenLayers');
  if (numHiddenLayers > checkpoint.tensors.size)
    settings.refuse(
      sentence`${settings.nameOf('numHiddenLayers')} is ${String(numHiddenLayers)}, but the file holds no more than ${checkpoint.tensors.size} tensors`,
    );
  const contextLength = settings.count('maxPositionEmbeddings');
  if (contextLength > LONGEST_CONTEXT)
    settings.refuse(
      sentence`${settings.nameOf('maxPositionEmbeddings')} is ${String(contextLength)}, which is more than any model has`,
    );
  const embedding = weights.tensor('embedding');
  const vocabSize = checkpoint.tensors.get(embedding)?.shape[0];
  if (vocabSize === undefined) throw missingTensor(checkpoint, embedding);
  settings.expect('isCausal', true);
  // Some converters write how many tokens the vocabulary has, which may be fewer than the embedding has rows.
  const stated = weights.isGguf ? vocabSize : settings.optionalNumber('vocabSize');
  if (stated !== undefined && stated !== vocabSize)
    settings.refuse(
      sentence`${settings.nameOf('vocabSize')} is ${String(stated)}, and the embedding has ${vocabSize} rows`,
    );
  const tied = settings.flag('tieWordEmbeddings', family.tied ?? false);
  return {
    architecture: checkpoint.metadata.architecture,
    name: checkpoint.name || 'unnamed model',
    languages: checkpoint.languages,
    numHiddenLayers,
    hiddenSize: settings.count('hiddenSize'),
    numAttentionHeads: settings.count('numAttentionHeads'),
    vocabSize,
    contextLength,
    tieWordEmbeddings: isTied(checkpoint, weights, tied),
  };
}

/** Of layers that have settings of their own, or a known number. */
interface HeadSettings {
  headDim?: Setting;
  valueHeadDim?: Setting;
  /** The width of a head. */
  width?: number | undefined;
  numKeyValueHeads?: number;
  rotates?: boolean;
}

/** Heads of a layer, as most families say them. */
export function headShape(
  settings: Settings,
  of: HeadSettings = {},
): Pick<LayerKind, 'numKeyValueHeads' | 'headDim' | 'scaling'> {
  const { headDim: ofWidth = 'headDim', valueHeadDim: ofValues = 'valueHeadDim', rotates = true } = of;
  const numAttentionHeads = settings.count('numAttentionHeads');
  const numKeyValueHeads = of.numKeyValueHeads ?? settings.countOfLayers('numKeyValueHeads', numAttentionHeads);
  if (numAttentionHeads % numKeyValueHeads !== 0)
    settings.refuse(
      sentence`${settings.nameOf('numKeyValueHeads')} is ${String(numKeyValueHeads)}, which ${numAttentionHeads} query heads cannot share evenly`,
    );
  const headDim = of.width ?? settings.optionalNumber(ofWidth) ?? settings.count('hiddenSize') / numAttentionHeads;
  const wide = sentence`its heads are ${headDim} wide (${settings.nameOf(ofWidth)}, or ${settings.nameOf('hiddenSize')} by ${settings.nameOf('numAttentionHeads')})`;
  if (!Number.isInteger(headDim) || headDim <= 0) settings.refuse(sentence`${wide}, which is no positive count`);
  if (rotates && headDim % 2 !== 0) settings.refuse(sentence`${wide}, and rotary positions need an even width`);
  if (headDim > WIDEST_HEAD) settings.refuse(sentence`${wide}, which is more than any model has`);
  const valueDim = settings.optionalNumber(ofValues) ?? headDim;
  if (valueDim !== headDim)
    settings.refuse(
      sentence`${settings.nameOf(ofValues)} is ${String(valueDim)}, and only the width of a head, ${headDim}, is implemented`,
    );
  return { numKeyValueHeads, headDim, scaling: 1 / Math.sqrt(headDim) };
}

/** Elements of a head that rotate. */
export function rotaryDimOf(settings: Settings, headDim: number, absent = 1): number {
  const parameters = settings.value('ropeParameters') as { partial_rotary_factor?: unknown } | undefined;
  const inside = parameters?.partial_rotary_factor ?? undefined;
  const insideName = `${settings.nameOf('ropeParameters')}.partial_rotary_factor`;
  if (inside !== undefined && typeof inside !== 'number')
    settings.refuse(sentence`${insideName} is ${shownValue(inside)}, which is no number`);
  // As in transformers, where both are there.
  const share = inside ?? settings.optionalPositive('partialRotaryFactor') ?? absent;
  const dim = settings.optionalPositive('ropeDim') ?? Math.floor(headDim * share);
  if (Number.isInteger(dim) && dim % 2 === 0 && dim > 0 && dim <= headDim) return dim;
  return settings.refuse(
    sentence`${dim} of the ${headDim} elements of a head rotate (${settings.nameOf('ropeDim')}), which are no pairs`,
  );
}

/** Refuses a model of a family whose heads rotate as a whole, where only a part of them would. */
export function refusePartialRotation(settings: Settings, headDim: number): void {
  const dim = rotaryDimOf(settings, headDim);
  if (dim === headDim) return;
  const name = settings.nameOf(settings.checkpoint.format === 'gguf' ? 'ropeDim' : 'partialRotaryFactor');
  settings.refuse(sentence`${dim} of the ${headDim} elements of a head rotate (${name}), and only all is implemented`);
}

/** All layers of one kind. */
export function oneKind(numHiddenLayers: number, kind: LayerKind): Pick<ModelConfig, 'layerKinds' | 'kindOfLayer'> {
  return { layerKinds: [kind], kindOfLayer: Array(numHiddenLayers).fill(0) };
}

/** Layers of several kinds, of which only those that there are get a number. */
export function kindsOf(kinds: readonly LayerKind[]): Pick<ModelConfig, 'layerKinds' | 'kindOfLayer'> {
  const keys = kinds.map((kind) => JSON.stringify(kind));
  const known = [...new Set(keys)];
  return {
    layerKinds: known.map((key) => kinds[keys.indexOf(key)] as LayerKind),
    kindOfLayer: keys.map((key) => known.indexOf(key)),
  };
}

import { sentence } from '../../shared/errors';
import type { LayerKind } from '../config';
import { lastOf, layerWindows } from './layer-windows';
import { readRope } from './rope';
import type { Settings } from './settings';
import { headShape } from './shape';

/** Local layers see a window of keys; global ones see all, and have heads of another width and another number. */
const LOCAL = { headDim: 'localHeadDim', valueHeadDim: 'localValueHeadDim', ropeDim: 'localRopeDim' } as const;
const GLOBAL = { headDim: 'globalHeadDim', valueHeadDim: 'valueHeadDim', ropeDim: 'ropeDim' } as const;

/** The kind of every layer of Gemma 4. @param attentionKEqV whether global layers take their values from the keys */
export function gemma4Kinds(settings: Settings, numHiddenLayers: number, attentionKEqV: boolean): LayerKind[] {
  const windows = layerWindows(settings, numHiddenLayers, settings.count('slidingWindow'), lastOf(6));
  return windows.map((slidingWindow, layer) => {
    const names = slidingWindow ? LOCAL : GLOBAL;
    const numKeyValueHeads = keyValueHeads(settings, layer, slidingWindow === undefined && attentionKEqV);
    const heads = headShape(settings, { ...names, numKeyValueHeads });
    settings.expect(names.ropeDim, heads.headDim);
    const layerType = slidingWindow ? 'sliding_attention' : 'full_attention';
    return { ...heads, scaling: 1, slidingWindow, rope: readRope(settings, { headDim: heads.headDim, layerType }) };
  });
}

/** GGUF files have a number of each layer where they differ; a folder has one of layers whose values are their keys. */
function keyValueHeads(settings: Settings, layer: number, hasOwn: boolean): number {
  const ofLayers = settings.value('numKeyValueHeads');
  const own = settings.optionalPositive('numGlobalKeyValueHeads');
  if (ofLayers === undefined || typeof ofLayers === 'number')
    return hasOwn && own !== undefined ? own : settings.count('numKeyValueHeads', settings.count('numAttentionHeads'));
  const ofLayer = settings.list('numKeyValueHeads')?.[layer];
  if (typeof ofLayer === 'number' && Number.isInteger(ofLayer) && ofLayer > 0) return ofLayer;
  return settings.refuse(sentence`${settings.nameOf('numKeyValueHeads')} does not say how many layer ${layer} has`);
}

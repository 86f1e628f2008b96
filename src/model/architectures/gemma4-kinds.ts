import { sentence } from '../../shared/errors';
import type { LayerKind } from '../config';
import { lastOf, layerWindows } from './layer-windows';
import { readRope } from './rope';
import type { Settings } from './settings';
import { headShape } from './shape';
import { shownValue } from './shown-value';

/** Local layers see a window of keys; global ones see all, and have heads of another width and another number. */
const LOCAL = { headDim: 'localHeadDim', valueHeadDim: 'localValueHeadDim', ropeDim: 'localRopeDim' } as const;
const GLOBAL = { headDim: 'globalHeadDim', valueHeadDim: 'valueHeadDim', ropeDim: 'ropeDim' } as const;

/** The kind of every layer of Gemma 4. @param attentionKEqV whether global layers take their values from the keys */
export function gemma4Kinds(settings: Settings, numHiddenLayers: number, attentionKEqV: boolean): LayerKind[] {
  const windows = layerWindows(settings, numHiddenLayers, settings.count('slidingWindow'), lastOf(6));
  // The last layer sees all keys, whatever its type.
  windows[numHiddenLayers - 1] = undefined;
  const perLayer = readPerLayer(settings);
  return windows.map((slidingWindow, layer) => {
    const names = slidingWindow || perLayer ? LOCAL : GLOBAL;
    const own = perLayer?.[layer] ?? {};
    const numKeyValueHeads =
      own.num_key_value_heads ?? keyValueHeads(settings, layer, slidingWindow === undefined && attentionKEqV);
    const heads = headShape(settings, { ...names, width: own.head_dim, numKeyValueHeads });
    settings.expect(names.ropeDim, heads.headDim);
    const layerType = slidingWindow ? 'sliding_attention' : 'full_attention';
    return { ...heads, scaling: 1, slidingWindow, rope: readRope(settings, { headDim: heads.headDim, layerType }) };
  });
}

type PerLayer = Readonly<Record<string, { head_dim?: number; num_key_value_heads?: number }>>;

/** What transformers 5 writes of single layers, by their numbers, in place of what global layers have. */
function readPerLayer(settings: Settings): PerLayer | undefined {
  const all = settings.value('perLayerConfig');
  if (all === undefined) return undefined;
  const fields = Object.values(all as object).flatMap((own) => Object.entries((own ?? {}) as object));
  const bad = fields.find(([name, value]) => !PER_LAYER.includes(name) || !Number.isInteger(value) || value <= 0);
  if (bad === undefined) return all as PerLayer;
  return settings.refuse(
    sentence`${settings.nameOf('perLayerConfig')} says ${bad[0]} ${shownValue(bad[1])}, which is not implemented`,
  );
}

const PER_LAYER = ['head_dim', 'num_key_value_heads'];

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

import { sentence } from '../../shared/errors';
import type { Settings } from './settings';

/**
 * The sliding window of every layer; undefined where it sees all keys before it. Which layers have one, the checkpoint
 * says by `layer_types` of `config.json` or by GGUF's pattern, else the family's rule.
 *
 * @param window of those that have one
 */
export function layerWindows(
  settings: Settings,
  numHiddenLayers: number,
  window: number | undefined,
  rule: (layer: number) => boolean,
): (number | undefined)[] {
  const byPattern = ofPattern(settings, numHiddenLayers);
  const isLocal = ofLayerTypes(settings, numHiddenLayers) ?? byPattern ?? rule;
  return Array.from({ length: numHiddenLayers }, (_, layer) => (isLocal(layer) ? window : undefined));
}

/** Of so many layers the last sees all keys, the others a window. */
export const lastOf = (period: number) => (layer: number) => (layer + 1) % period !== 0;

/**
 * The window of families that have a switch for it, which is off where `config.json` does not say that it is on. GGUF files
 * have neither: a window in one is refused like every key that nobody reads.
 */
export function switchedWindow(settings: Settings): number | undefined {
  if (settings.checkpoint.format === 'gguf') return undefined;
  const window = settings.optionalCount('slidingWindow');
  return settings.flag('useSlidingWindow', false) ? window : undefined;
}

/** The windows of Qwen: switched, and only from one layer on. */
export function lastLayersWindows(settings: Settings, numHiddenLayers: number): (number | undefined)[] {
  const first = settings.number('maxWindowLayers', numHiddenLayers);
  return layerWindows(settings, numHiddenLayers, switchedWindow(settings), (layer) => layer >= first);
}

type Rule = (layer: number) => boolean;

function ofLayerTypes(settings: Settings, count: number): Rule | undefined {
  const types = settings.list('layerTypes');
  if (types === undefined) return undefined;
  const known = ['full_attention', 'sliding_attention'];
  if (types.length === count && types.every((type) => known.includes(type as string)))
    return (layer) => types[layer] === 'sliding_attention';
  return settings.refuse(
    sentence`${settings.nameOf('layerTypes')} does not say of each of ${count} layers that it is one of ${known.join(', ')}`,
  );
}

function ofPattern(settings: Settings, count: number): Rule | undefined {
  const pattern = settings.value('slidingWindowPattern');
  if (pattern === undefined) return undefined;
  if (typeof pattern === 'number') return lastOf(settings.count('slidingWindowPattern'));
  const local = settings.list('slidingWindowPattern') as unknown[];
  if (local.length === count) return (layer) => local[layer] === true || local[layer] === 1;
  return settings.refuse(
    sentence`${settings.nameOf('slidingWindowPattern')} has ${local.length} entries for ${count} layers`,
  );
}

import { sentence } from '../../shared/errors';
import { type LayerKind, type LayerState, NO_HEADS } from '../config';
import { readRope } from './rope';
import type { Settings } from './settings';
import { headShape, rotaryDimOf } from './shape';

/** The share of a head's elements that rotate, where `config.json` does not say. */
const ROTATING = 0.25;

/** The kind of each layer of Qwen 3.5. @param states what those without attention carry */
export function qwen35Kinds(
  settings: Settings,
  numHiddenLayers: number,
  states: readonly LayerState[],
): { kinds: LayerKind[]; rotaryDim: number } {
  const heads = headShape(settings);
  const rotaryDim = rotaryDimOf(settings, heads.headDim, ROTATING);
  const attention = { ...heads, rope: readRope(settings, { headDim: heads.headDim, rotaryDim }) };
  const isRecurrent = recurrentLayers(settings, numHiddenLayers);
  const kinds = Array.from({ length: numHiddenLayers }, (_, layer) =>
    isRecurrent(layer) ? { ...NO_HEADS, states } : attention,
  );
  if (kinds.includes(attention)) return { kinds, rotaryDim };
  return settings.refuse(sentence`none of its ${numHiddenLayers} layers has attention`);
}

/** Which layers have no attention: those that the checkpoint names, else all but every last of an interval. */
function recurrentLayers(settings: Settings, count: number): (layer: number) => boolean {
  const interval = settings.count('fullAttentionInterval');
  const setting = settings.checkpoint.format === 'gguf' ? 'recurrentLayers' : 'layerTypes';
  const listed = settings.list(setting);
  if (listed === undefined) return (layer) => (layer + 1) % interval !== 0;
  const [recurrent, full] = setting === 'layerTypes' ? ['linear_attention', 'full_attention'] : [true, false];
  if (listed.length >= count && listed.every((one) => one === recurrent || one === full))
    return (layer) => listed[layer] === recurrent;
  return settings.refuse(
    sentence`${settings.nameOf(setting)} does not say of each of ${count} layers that it is one of ${`${recurrent}, ${full}`}`,
  );
}

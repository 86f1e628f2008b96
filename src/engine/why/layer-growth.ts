import type { CompiledModel } from '../../model/compile';
import { residualOf, type Trace } from '../trace';
import { layerScaleOf } from './direction';

/** What the two parts of a layer add together to the residual stream of a position, before a factor of what leaves the layer: [C]. */
export function grownBy(model: CompiledModel, trace: Trace, layer: number, position: number): Float64Array {
  const scale = layerScaleOf(model, layer);
  const before = residualOf(trace, layer, position, position + 1);
  const after = residualOf(trace, layer + 1, position, position + 1);
  return Float64Array.from(after, (value, i) => value / scale - (before[i] as number));
}

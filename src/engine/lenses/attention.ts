import { layerPattern } from '../attention/layer-pattern';
import { checkAttention, checkHead, checkRange } from '../ranges';
import type { LensOf } from './lens';

/** The pattern of a head, or the mean of a layer's heads: some rows or all, whole or in a picture of bounded size. */
export const attention: LensOf<'attention'> = {
  runsGraph: true,
  answer({ layer, head, rows, size }, { model, trace }) {
    const range = rows ?? { from: 0, to: trace.ids.length };
    checkHead(model.compiled.config, { layer, head: head ?? 0 });
    checkAttention(model.compiled.config, layer);
    checkRange(trace, range);
    return head === undefined
      ? layerPattern(model.attention, trace, layer, range, size)
      : model.attention.pattern(trace, layer, head, range, size);
  },
};

import { pooledRows } from '../attention/pooled-rows';
import { checkValueWeighted } from '../attention/value-weighted';
import { checkAttention, checkHead, checkRange } from '../ranges';
import type { LensOf } from './lens';

/** The pattern of a head, or the mean of a layer's heads: some rows or all, whole or in a picture of bounded size. */
export const attention: LensOf<'attention'> = {
  runsGraph: true,
  answer({ layer, head, rows, size, valueWeighted }, { model: { attention, compiled }, trace }) {
    const range = rows ?? { from: 0, to: trace.ids.length };
    checkHead(compiled.config, { layer, head: head ?? 0 });
    checkAttention(compiled.config, layer);
    checkRange(trace, range);
    if (valueWeighted) checkValueWeighted(compiled, layer, range);
    if (head === undefined)
      return pooledRows(range, size, (part) => attention.layerMean(trace, layer, part, valueWeighted));
    return valueWeighted
      ? pooledRows(range, size, (part) => attention.valueWeighted(trace, layer, head, part, valueWeighted))
      : attention.pattern(trace, layer, head, range, size);
  },
};

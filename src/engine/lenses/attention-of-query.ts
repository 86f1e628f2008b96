import { checkAttention, checkHead, checkPosition } from '../ranges';
import type { LensOf } from './lens';

/** Where one token looks, in some heads or all. */
export const attentionOfQuery: LensOf<'attentionOfQuery'> = {
  runsGraph: true,
  answer({ query, layer, head, mean, valueWeighted }, { model, trace }) {
    checkHead(model.compiled.config, { layer: layer ?? 0, head: head ?? 0 });
    if (layer !== undefined) checkAttention(model.compiled.config, layer);
    checkPosition(trace, query);
    return model.attention.ofQuery(trace, query, { layer, head, mean, valueWeighted });
  },
};

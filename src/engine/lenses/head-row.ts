import { headRow as rowOf } from '../attention/head-row';
import { checkAttention, checkHead, checkPosition } from '../ranges';
import type { LensOf } from './lens';

/** How the weights of a head at one token come about. */
export const headRow: LensOf<'headRow'> = {
  runsGraph: true,
  answer({ layer, head, query }, { model: { compiled, sessions }, trace }) {
    checkHead(compiled.config, { layer, head });
    checkAttention(compiled.config, layer);
    checkPosition(trace, query);
    return rowOf(sessions, compiled, trace, { layer, head }, query);
  },
};

import { predictionsOf } from '../predictions';
import { checkRange } from '../ranges';
import type { LensOf } from './lens';

/** How probable each token is, and what the model expects after it. */
export const predictions: LensOf<'predictions'> = {
  runsGraph: false,
  answer({ from, to, topK }, { trace }) {
    checkRange(trace, { from, to });
    return predictionsOf(trace, from, to, topK);
  },
};

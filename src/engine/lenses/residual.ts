import { sentence } from '../../shared/errors';
import { checkIndex, checkRange } from '../ranges';
import { residualOf } from '../trace';
import type { LensOf } from './lens';

/** The residual stream at a layer's border, as it is. */
export const residual: LensOf<'residual'> = {
  runsGraph: false,
  answer({ layer, from, to }, { model: { compiled }, trace }) {
    checkIndex(sentence`layer`, layer, compiled.config.numHiddenLayers + 1);
    checkRange(trace, { from, to });
    return residualOf(trace, layer, from, to);
  },
};

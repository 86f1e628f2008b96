import { unembeddingUnder } from '../adapter-gain';
import { checkPosition } from '../ranges';
import { residualOf } from '../trace';
import { logprobsOf } from '../unembed';
import type { LensOf } from './lens';

/** How probable every token of the vocabulary is after a position. */
export const distribution: LensOf<'distribution'> = {
  runsGraph: true,
  answer({ position }, { model: { compiled, sessions }, trace }) {
    checkPosition(trace, position);
    const residual = residualOf(trace, compiled.config.numHiddenLayers, position, position + 1);
    return logprobsOf(unembeddingUnder(sessions, compiled, trace.interventions), compiled.config, residual);
  },
};

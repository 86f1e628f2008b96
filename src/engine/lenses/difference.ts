import { checkPairs } from '../difference/check-pairs';
import { ownRows } from '../difference/logit-rows';
import { measurePairs } from '../difference/measure-pairs';
import { openSharedRows } from '../difference/shared-rows';
import type { LensOf } from './lens';

/** Two traces at pairs of positions, over the whole vocabulary. */
export const difference: LensOf<'difference'> = {
  runsGraph: 'inTurns',
  async answer({ other, positions, ...asked }, { model, trace, signal, progress, turn }) {
    const a = ownRows(model, trace, turn);
    const work = { signal, progress: progress('difference') };
    if (!other.share) {
      const b = ownRows(model, model.traces.get(other.trace), turn);
      return measurePairs(a, b, checkPairs(positions, a, b), asked, work);
    }
    const b = await openSharedRows(other.share, other.trace, signal);
    try {
      return await measurePairs(a, b, checkPairs(positions, a, b), asked, work);
    } finally {
      b.close();
    }
  },
};

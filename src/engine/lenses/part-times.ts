import { collectGarbageSoon } from '../collect-garbage';
import { measurePartTimes } from '../part-times/measure-part-times';
import type { LensOf } from './lens';

/** What reading a text takes, and one token behind it, part by part. */
export const partTimes: LensOf<'partTimes'> = {
  runsGraph: true,
  async answer(_, { model: { compiled, sessions }, trace, signal, progress }) {
    // Those that measure take as much memory: these are there again as soon as they are run.
    for (const session of [sessions.decoder, sessions.unembedding]) await session.rest();
    try {
      return await measurePartTimes(compiled, sessions, trace, { signal, progress: progress('measure') });
    } finally {
      collectGarbageSoon();
    }
  },
};

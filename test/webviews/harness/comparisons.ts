import type { Comparisons } from '../../../src/shared/inspector-api';

/** What views ask about two models. */
export function createComparisons(): Comparisons {
  const notYet = async () => {
    throw new Error('not there yet');
  };
  return {
    differences: notYet,
    divergence: notYet,
    scorePair: notYet,
    compareWith: notYet,
    stopComparing: notYet,
    setAdapterGain: notYet,
  };
}

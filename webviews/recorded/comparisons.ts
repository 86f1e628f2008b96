import type { Recording } from '../../src/recording/recording';
import type { Comparisons } from '../../src/shared/comparisons';
import { answered, unanswered } from './unanswered';

/** What two models said when the file was written, and what was measured of them until then. */
export function recordedComparisons({ comparison }: Recording): Comparisons {
  const refuse = async () => {
    throw unanswered();
  };
  return {
    differences: async () => answered(comparison).differences,
    divergence: async ({ whole, asLlamaCpp }) => {
      const isAsked = (one: { whole: boolean; asLlamaCpp: boolean }) =>
        one.whole === whole && one.asLlamaCpp === asLlamaCpp;
      return answered(comparison?.measured.find(isAsked)).statistics;
    },
    scorePair: refuse,
    sameVocabulary: refuse,
    compareWith: refuse,
    compareForm: refuse,
    stopComparing: refuse,
    setAdapterGain: refuse,
  };
}

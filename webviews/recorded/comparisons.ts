import type { Comparisons } from '../../src/shared/comparisons';
import { unanswered } from './unanswered';

/** What a file answers about two models: nothing. */
export function recordedComparisons(): Comparisons {
  const refuse = async () => {
    throw unanswered();
  };
  return {
    differences: refuse,
    divergence: refuse,
    scorePair: refuse,
    sameVocabulary: refuse,
    compareWith: refuse,
    stopComparing: refuse,
    setAdapterGain: refuse,
  };
}

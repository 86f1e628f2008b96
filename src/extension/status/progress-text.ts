import { formatBytes } from '../../display/format-bytes';
import { formatCount } from '../../display/numbers';
import type { Stage } from '../../shared/engine-api';
import type { TaskProgress } from '../../shared/progress';
import type { Translate } from '../translate';

interface StageProgress extends TaskProgress {
  stage: Stage;
}

/** What the engine is at, and how much of it is done. */
export function progressText({ stage, done, total }: StageProgress, t: Translate): string {
  switch (stage) {
    case 'compile':
      return t('compiling: {0} of {1}', formatBytes(done), formatBytes(total));
    case 'compare':
      return t('comparing with the exact weights: {0} of {1} layers', formatCount(done), formatCount(total));
    case 'load':
      return t('loading the model');
    case 'forward':
      return total === 1
        ? t('reading: 1 token')
        : t('reading: {0} of {1} tokens', formatCount(done), formatCount(total));
    case 'continue':
      return total === 1
        ? t('writing: 1 token')
        : t('writing: {0} of {1} tokens', formatCount(done), formatCount(total));
    case 'rollout':
      return t('following attention: {0} of {1} layers', formatCount(done), formatCount(total));
    case 'ablate':
      // The engine counts layers of a batch of heads, words or patches, of which nobody knows; the inspector says how many it has tried.
      return t('measuring what changes');
    case 'additions':
      return t('measuring what layers add: {0} of {1} layers', formatCount(done), formatCount(total));
    case 'matrix':
      return t('reading the matrix: {0} of {1} rows', formatCount(done), formatCount(total));
    case 'measure':
      return t('measuring each part: {0} of {1} tokens', formatCount(done), formatCount(total));
    case 'difference':
      return t('comparing two models: {0} of {1} tokens', formatCount(done), formatCount(total));
    case 'vocabulary':
      return t('measuring the vocabulary: {0} %', Math.round((100 * done) / total));
  }
}

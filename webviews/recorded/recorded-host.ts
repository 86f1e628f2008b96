import type { Recording } from '../../src/recording/recording';
import type { InspectorHost } from '../../src/shared/inspector-api';
import { recordedComparisons } from './comparisons';
import { recordedHostApi } from './host-api';
import { recordedLenses } from './lenses';
import { refusals } from './refusals';
import { recordedRuns } from './runs';
import { recordedVocabularies } from './vocabularies';

/** A host that answers from an exported file. */
export function recordedHost(recording: Recording): InspectorHost {
  return {
    ...refusals(),
    ...recordedLenses(recording),
    ...recordedRuns(recording),
    ...recordedVocabularies(recording),
    ...recordedComparisons(recording),
    ...recordedHostApi(recording),
  };
}

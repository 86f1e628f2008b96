import type { ComparedForm } from '../../../src/shared/comparisons';
import type { ComparisonKind } from '../../../src/shared/difference-api';
import type { ModelInfo } from '../../../src/shared/engine-api';
import type { ComparisonState } from '../../../src/shared/inspector-api';
import type { ReadingChanges } from '../../../src/shared/steering';

/** What the text is held against: another model, or the same with something changed. */
export interface ComparedWith extends Partial<ReadingChanges> {
  kind: ComparisonKind;
  label: string;
  /** Of a model; the stage's own by default. */
  path?: string;
  /** Of the same model with its weights in another form. */
  weights?: ComparedForm;
  /** Multiplies what steers, as an adapter's gain multiplies the adapter. */
  gain?: number;
  preferenceTraining?: string;
  approximation?: ModelInfo['approximation'];
  takesTurns?: boolean;
  notes?: ModelInfo['notes'];
}

/** Whether an engine of its own reads the text. */
export const isOther = (b: ComparedWith | undefined): b is ComparedWith =>
  b?.path !== undefined || b?.weights !== undefined;

/** What a host knows of a comparison as it begins. @param other what it is that the text is held against */
export function comparisonState(
  model: ModelInfo,
  other: ModelInfo,
  b: ComparedWith,
  revision: number,
): ComparisonState {
  const {
    kind,
    label,
    gain,
    weights,
    preferenceTraining,
    approximation = other.approximation,
    takesTurns = false,
    notes = [],
  } = b;
  return {
    revision,
    kind,
    form: weights,
    a: { label: 'SmolLM2 135M', model },
    b: { label, model: { ...other, preferenceTraining, approximation, notes } },
    adapterGain: gain,
    reading: { kind: 'ready' },
    takesTurns,
  };
}

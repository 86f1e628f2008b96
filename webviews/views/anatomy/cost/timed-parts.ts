import { type PassWork, WORK_PARTS, type Work } from '../../../../src/anatomy/roofline';
import { cssColour } from '../../../../src/display/colour-scale';
import { type PassTimes, TIMED_PARTS, type TimedPart } from '../../../../src/shared/part-times-api';
import type { Theme } from '../../../kit/theme';
import { t } from '../../../l10n';
import { partColour } from '../parts/part-colours';

export const TIMED_PART_TITLES: Readonly<Record<TimedPart, () => string>> = {
  embedding: () => t('Embedding'),
  norm: () => t('Norms'),
  attention: () => t('Attention, its matrices'),
  scores: () => t('Attention, its comparisons'),
  mlp: () => t('MLP'),
  unembedding: () => t('Unembedding'),
  instruments: () => t('Vitrine’s own measurements'),
  outside: () => t('Between operations'),
};

/** Comparisons are a paler blue than the matrices that they are made of; what no model needs is palest. */
export function timedPartColour(part: TimedPart, theme: Theme): string {
  if (part === 'scores') return cssColour(theme.mark('blue')(0.45));
  if (part === 'instruments' || part === 'outside') return cssColour(theme.greyMark(0.2));
  return partColour(part, theme);
}

/** Of all layers together. */
export function measuredSeconds({ parts }: PassTimes, part: TimedPart): number {
  return parts.reduce((sum, time) => sum + (time.part === part ? time.milliseconds / 1000 : 0), 0);
}

/** Those that a table has: the model's own, and what was measured beside. */
export const partsOf = (measured: PassTimes | undefined): readonly TimedPart[] => (measured ? TIMED_PARTS : WORK_PARTS);

/** Nothing of what is no work of the model's own. */
export const workOf = (work: PassWork, part: TimedPart): Work | undefined =>
  part === 'instruments' || part === 'outside' ? undefined : work[part];

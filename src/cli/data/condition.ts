import { formatCount, spokenDigits } from '../../display/numbers';
import type { FilterMeasure } from '../../shared/filters-api';

/** Whether it is or is not so: then there is no number to be told. */
export const isYesNo = ({ slider }: FilterMeasure) => slider.minimum === 0 && slider.maximum === slider.step;

/** When a document goes by a measure, where there is little room: `> 0.2`, `any`; nothing where it is or is not so. */
export function shortCondition(measure: FilterMeasure, threshold: number): string {
  if (isYesNo(measure)) return '';
  if (isAnyEnough(measure, threshold)) return 'any';
  return `${measure.removes === 'above' ? '>' : '<'} ${thresholdText(threshold)}`;
}

/** The same in words: `above 0.2`, `any`. */
export function condition(measure: FilterMeasure, threshold: number): string {
  if (isYesNo(measure) || isAnyEnough(measure, threshold)) return shortCondition(measure, threshold);
  return `${measure.removes} ${thresholdText(threshold)}`;
}

/** `0.125`, `100,000`. */
export const thresholdText = (threshold: number) =>
  Number.isInteger(threshold) ? formatCount(threshold) : spokenDigits(`${threshold}`);

/** Whether there is no number so small that a document stays with it. */
export const isAnyEnough = ({ removes }: FilterMeasure, threshold: number) => removes === 'above' && threshold === 0;

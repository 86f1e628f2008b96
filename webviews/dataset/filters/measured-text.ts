import { formatBitsAlone, formatCount, formatDecimal, spokenDigits } from '../../../src/display/numbers';
import type { FilterMeasure } from '../../../src/shared/filters-api';
import { t } from '../../l10n';

type Draw = FilterMeasure['draw'];

/** Whether all that is measured is if something is there: such a number says no more than the measure's title. */
export const isYesOrNo = ({ slider: { minimum, maximum, step } }: Pick<FilterMeasure, 'slider'>): boolean =>
  maximum - minimum === step;

/** A number that a rule measures. */
export function measuredText(value: number, draw: Draw): string {
  switch (draw) {
    case 'count':
      return formatCount(value);
    case 'bits':
      return formatBitsAlone(value);
    case 'length':
      return Number.isInteger(value) ? formatCount(value) : formatDecimal(value);
    default:
      return formatDecimal(value);
  }
}

/** A measured number in as many digits as tell it from its threshold. */
export function measuredBeside(value: number, threshold: number, draw: Draw): string {
  const other = measuredText(threshold, draw);
  const own = measuredText(value, draw);
  if (own !== other || value === threshold) return own;
  for (let digits = 3; digits < 8; digits++) {
    const text = value.toPrecision(digits);
    if (Number(text) !== Number(threshold.toPrecision(digits))) return spokenDigits(text);
  }
  return spokenDigits(`${value}`);
}

/** What a measure lets pass under a threshold; nothing where all that is measured is if something is there. */
export function thresholdText(
  measure: Pick<FilterMeasure, 'name' | 'removes' | 'draw' | 'slider'>,
  threshold: number,
): string {
  if (isYesOrNo(measure)) return '';
  // A word in common is not enough: it is of those that are found to be copies.
  if (measure.name === 'near_duplicate' && threshold === 0) return t('as MinHash finds them');
  const limit = measuredText(threshold, measure.draw);
  return measure.removes === 'above' ? t('at most {0}', limit) : t('at least {0}', limit);
}

import { formatDecimal, formatProbability, spokenDigits } from '../../../../src/display/numbers';
import { t } from '../../../l10n';

/** From here on down a number is written with a power of ten. */
const WRITTEN_OUT_FROM = 1e-6;
/** Of float32, which has between seven and eight. */
const DIGITS = 8;

/** A number with all digits that float32 has of it. */
export function exactNumber(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? t('infinite') : t('minus infinite');
  const size = Math.abs(value);
  if (size !== 0 && (size < WRITTEN_OUT_FROM || size >= 1e21)) return formatDecimal(value);
  return `${value < 0 ? '−' : ''}${spokenDigits(`${Number(size.toPrecision(DIGITS))}`)}`;
}

/** How far what a number has become is from it. */
export function lossText(number: number, rounded: number): string {
  const off = Math.abs(rounded - number);
  if (off === 0) return t('nothing is lost');
  if (!Number.isFinite(off)) return t('too large for it');
  if (rounded === 0) return t('nothing is left');
  return t('off by {0}, {1}', formatDecimal(off), formatProbability(off / Math.abs(number)));
}

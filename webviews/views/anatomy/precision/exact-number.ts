import { formatProbability, spokenDigits } from '../../../../src/display/numbers';
import { t } from '../../../l10n';

/** Between these a number is written out, beyond them with a power of ten. */
const WRITTEN_OUT = { from: 1e-6, to: 1e9 };
/** As many tell any float32 from the next. */
const DIGITS = 9;

/** A number with all digits that float32 has of it: `0.100000001`, `9.99999994 × 10⁻⁹`. */
export function exactNumber(value: number, digits = DIGITS): string {
  if (!Number.isFinite(value)) return value > 0 ? t('infinite') : t('minus infinite');
  const size = Math.abs(value);
  const sign = value < 0 ? '−' : '';
  if (size === 0 || (size >= WRITTEN_OUT.from && size < WRITTEN_OUT.to))
    return `${sign}${spokenDigits(`${Number(size.toPrecision(digits))}`)}`;
  const [significand = '', power = ''] = size.toExponential(digits - 1).split('e');
  return `${sign}${spokenDigits(`${Number(significand)}`)} × 10${superscript(Number(power))}`;
}

export const superscript = (power: number): string =>
  [...`${power}`].map((digit) => (digit === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)])).join('');

/** How far what a number has become is from it. */
export function lossText(number: number, rounded: number): string {
  const off = Math.abs(rounded - number);
  if (off === 0) return t('nothing is lost');
  if (!Number.isFinite(off)) return t('too large for it');
  if (rounded === 0) return t('nothing is left');
  return t('off by {0}, {1}', exactNumber(off, 2), formatProbability(off / Math.abs(number)));
}

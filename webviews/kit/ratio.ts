import { formatCount, spokenDigits } from '../../src/shared/numbers';

const GROUPED_UP_TO = 1e9;

/** How many times more probable: `1.3`, `6,400`, `2.1 × 10¹²`; two significant digits. @param nats difference of two log-probabilities, at least 0 */
export function ratioText(nats: number): string {
  const log10 = nats / Math.LN10;
  const exponent = Math.floor(log10);
  const mantissa = 10 ** (log10 - exponent);
  if (10 ** log10 < GROUPED_UP_TO) {
    const ratio = Number((10 ** log10).toPrecision(2));
    return ratio < 10 ? spokenDigits(ratio.toPrecision(2)) : formatCount(ratio);
  }
  return `${spokenDigits(mantissa.toFixed(1))} × 10${superscript(exponent)}`;
}

function superscript(digits: number): string {
  return [...`${digits}`].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('');
}

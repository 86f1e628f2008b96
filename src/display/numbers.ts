/*
 * Numbers for people: two significant digits, a unit, never a zero for what is not zero, and the separators of the
 * language in which this process speaks.
 */

import { notationOf } from '../shared/numerals';

/** Before a number, for all that is smaller. */
const UNDER: Readonly<Record<string, string>> = { en: 'under', es: 'menos de' };

/** 0.001 %, of probabilities and of weights: nobody could picture a smaller one, see it or act on it. */
export const LEAST_SHARE = 1e-5;

const MOST_PROBABLE = 1 - Number.EPSILON;

/** Numbers from here on are written as powers of ten, and those that are smaller than the other. */
const WRITTEN_OUT_UNDER = 1e9;
const WRITTEN_OUT_FROM = 1e-6;

let language = 'en';
let spoken = notationOf(language);

/** Says, once a process, in which language numbers stand: English until then. @param tag of BCP 47, as `es` */
export function speakNumbersIn(tag: string): void {
  language = tag;
  spoken = notationOf(tag);
}

/** The language in which numbers stand. */
export const languageOfNumbers = (): string => language;

/** Digits as JavaScript writes them, with the decimal separator of the language: `1.5` is `1,5` in Spanish. */
export function spokenDigits(digits: string): string {
  return digits.replace('.', spoken.point);
}

/** `5,672`. */
export function formatCount(count: number): string {
  return grouped(count.toFixed(0));
}

/** @param digits as JavaScript writes them, without an exponent */
function grouped(digits: string): string {
  const [whole = '', fraction] = digits.split('.');
  const isLong = Math.abs(Number(whole)) >= spoken.groupedFrom;
  const groups = isLong ? whole.replace(/\B(?=(\d{3})+$)/g, spoken.group) : whole;
  return fraction === undefined ? groups : `${groups}${spoken.point}${fraction}`;
}

/** `1 token`, `5,672 tokens`. */
export function formatQuantity(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

/** `46 %`, `0.018 %`, `under 0.001 %`; near certainty the digits that tell it from 1: `99.93 %`. */
export function formatProbability(probability: number): string {
  return isTiny(probability) ? `${UNDER[language] ?? UNDER.en} ${leastPercent()}` : percentOf(probability);
}

/** The same where there is little room, in a column or beside a bar: `<0.001 %`. */
export function formatProbabilityShort(probability: number): string {
  return isTiny(probability) ? `<${leastPercent()}` : percentOf(probability);
}

/** The same in digits that can be computed with, three of it or of what it lacks to 1: `0.000152 %`, `95.57 %`. */
export function formatLogprobInDigits(logprob: number): string {
  const percent = 100 * probabilityOf(logprob);
  if (percent < WRITTEN_OUT_FROM) return `${formatDecimal(percent)} %`;
  // A float32 knows no more of what is so near to 1.
  if (percent > 99.99999) return percentOf(probabilityOf(logprob));
  const digits = percent > 50 ? percent.toFixed(2 - Math.floor(Math.log10(100 - percent))) : percent.toPrecision(3);
  return `${spokenDigits(digits)} %`;
}

const isTiny = (probability: number) => probability > 0 && probability < LEAST_SHARE;

const leastPercent = () => `${spokenDigits(`${100 * LEAST_SHARE}`)} %`;

function percentOf(probability: number): string {
  const percent = 100 * probability;
  if (percent === 0 || percent >= 100) return `${percent === 0 ? 0 : 100} %`;
  return `${spokenDigits(digitsOfPercent(percent))} %`;
}

function digitsOfPercent(percent: number): string {
  if (percent > 99.99) return '>99.99';
  return percent > 99 ? percent.toFixed(decimalsThatShow(100 - percent)) : percent.toPrecision(2);
}

/** A logarithm of a token's probability as the probability. */
export function formatLogprob(logprob: number): string {
  return formatProbability(probabilityOf(logprob));
}

/** The same where there is little room. */
export function formatLogprobShort(logprob: number): string {
  return formatProbabilityShort(probabilityOf(logprob));
}

/** No distribution over a vocabulary gives a token 0 or 1: what a float32 rounds to them is tiny, or all but certain. */
const probabilityOf = (logprob: number) => Math.min(Math.max(Math.exp(logprob), Number.MIN_VALUE), MOST_PROBABLE);

/** `18.1 bits`, `0.36 bits`. */
export function formatBits(bits: number): string {
  return `${formatBitsAlone(bits)} bits`;
}

/** `18.1`, `0.36`, where the unit is said elsewhere. */
export function formatBitsAlone(bits: number): string {
  return bits > 0 && bits < 0.01 ? spokenDigits('<0.01') : formatDecimal(bits);
}

/** `−29.6 nats`. */
export function formatNats(nats: number, decimals?: number): string {
  const number = decimals === undefined ? formatDecimal(nats) : spokenDigits(nats.toFixed(decimals)).replace('-', '−');
  return `${number} nats`;
}

/** `+1.2 nats`, `−0.36 nats`. */
export function formatNatsChange(nats: number): string {
  return `${nats > 0 ? '+' : ''}${formatNats(nats)}`;
}

/** `+1.2`, `−0.36`, `0`, of what is for or against. */
export function formatSigned(value: number): string {
  return `${value > 0 ? '+' : ''}${formatDecimal(value)}`;
}

/** `+0.25`, `−0.06`, in standard deviations: a hundredth of one is nothing. */
export function formatZ(z: number): string {
  const rounded = Number(z.toFixed(2));
  const sign = rounded < 0 ? '−' : rounded > 0 ? '+' : '';
  return `${sign}${spokenDigits(Math.abs(rounded).toFixed(2))}`;
}

/** Two significant digits, or one decimal from ten on: `0.36`, `1.1`, `18.1`, `−1,234.5`, `0.000025`, `2.5 × 10⁻⁷`. */
export function formatDecimal(value: number): string {
  const magnitude = Math.abs(value);
  return `${value < 0 ? '−' : ''}${formatMagnitude(magnitude)}`;
}

function formatMagnitude(magnitude: number): string {
  if (magnitude === 0) return '0';
  if (magnitude >= 9.95) return grouped(magnitude.toFixed(1));
  return magnitude < WRITTEN_OUT_FROM ? powerOfTen(Math.log10(magnitude)) : spokenDigits(magnitude.toPrecision(2));
}

/** How many times more probable: `1.3`, `6,400`, `2.1 × 10¹²`; two significant digits. @param nats difference of two log-probabilities; of one far below 0 that of the other way around */
export function formatRatio(nats: number): string {
  const log10 = nats / Math.LN10;
  if (10 ** log10 < WRITTEN_OUT_UNDER) {
    const ratio = Number((10 ** log10).toPrecision(2));
    return ratio < 10 ? spokenDigits(ratio.toPrecision(2)) : formatCount(ratio);
  }
  return powerOfTen(log10);
}

/** `2.1 × 10¹²` of 12.32. */
function powerOfTen(log10: number): string {
  const exponent = Math.floor(log10);
  return `${spokenDigits((10 ** (log10 - exponent)).toFixed(1))} × 10${superscript(exponent)}`;
}

function superscript(exponent: number): string {
  return [...`${exponent}`].map((digit) => (digit === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)])).join('');
}

/** `1.5`, `372`, `130,000,000`, `1.3 × 10¹²`. */
export function formatPerplexity(perplexity: number): string {
  if (perplexity >= 1e7) return formatRatio(Math.log(perplexity));
  return perplexity < 9.95 ? spokenDigits(perplexity.toPrecision(2)) : formatCount(perplexity);
}

/** `43 ms`, `1.1 s`, `62 s`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 0.9995) return `${Math.max(1, Math.round(seconds * 1000))} ms`;
  return `${seconds < 9.95 ? spokenDigits(seconds.toFixed(1)) : formatCount(seconds)} s`;
}

/** How long somebody has to wait still, which is never known to the second: `45 s`, `12 min`, `2 h 5 min`. */
export function formatTimeLeft(seconds: number): string {
  if (seconds < 90) return `${formatCount(Math.max(1, Math.ceil(seconds)))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** How many decimals a value under 1 needs to have one significant digit. */
function decimalsThatShow(value: number): number {
  return Math.max(1, -Math.floor(Math.log10(value)));
}

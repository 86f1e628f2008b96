/** Numbers for people: two significant digits, a unit, and never a zero for what is not zero. */

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const groupedTenths = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** `5,672`. */
export function formatCount(count: number): string {
  return grouped.format(count);
}

/** `1 token`, `5,672 tokens`. */
export function formatQuantity(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

/** `46 %`, `0.018 %`, `3.5e-7 %`; near certainty the digits that tell it from 1: `99.93 %`. */
export function formatProbability(probability: number): string {
  const percent = 100 * probability;
  if (percent === 0 || percent >= 100) return `${percent === 0 ? 0 : 100} %`;
  if (percent > 99.99) return '>99.99 %';
  if (percent > 99) return `${percent.toFixed(decimalsThatShow(100 - percent))} %`;
  if (percent < 0.0001) return `${percent.toExponential(1)} %`;
  return `${percent.toPrecision(2)} %`;
}

/** A logarithm of a probability as the probability. */
export function formatLogprob(logprob: number): string {
  return formatProbability(Math.exp(logprob));
}

/** `18.1 bits`, `0.36 bits`. */
export function formatBits(bits: number): string {
  return `${formatBitsAlone(bits)} bits`;
}

/** `18.1`, `0.36`, where the unit is said elsewhere. */
export function formatBitsAlone(bits: number): string {
  return bits > 0 && bits < 0.01 ? '<0.01' : formatDecimal(bits);
}

/** `−29.6 nats`. */
export function formatNats(nats: number, decimals?: number): string {
  const number = decimals === undefined ? formatDecimal(nats) : nats.toFixed(decimals).replace('-', '−');
  return `${number} nats`;
}

/** `+1.2 nats`, `−0.36 nats`. */
export function formatNatsChange(nats: number): string {
  return `${nats > 0 ? '+' : ''}${formatNats(nats)}`;
}

/** Two significant digits, or one decimal from ten on: `0.36`, `1.1`, `18.1`, `−1,234.5`. */
export function formatDecimal(value: number): string {
  const magnitude = Math.abs(value);
  return `${value < 0 ? '−' : ''}${formatMagnitude(magnitude)}`;
}

function formatMagnitude(magnitude: number): string {
  if (magnitude === 0) return '0';
  if (magnitude < 0.0001) return magnitude.toExponential(1);
  return magnitude < 9.95 ? magnitude.toPrecision(2) : groupedTenths.format(magnitude);
}

/** `1.5`, `372`, `1.3e+8`. */
export function formatPerplexity(perplexity: number): string {
  if (perplexity >= 1e7) return perplexity.toExponential(1);
  return perplexity < 9.95 ? perplexity.toPrecision(2) : formatCount(perplexity);
}

/** `43 ms`, `1.1 s`, `62 s`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 0.9995) return `${Math.max(1, Math.round(seconds * 1000))} ms`;
  return `${seconds < 9.95 ? seconds.toFixed(1) : formatCount(seconds)} s`;
}

/** How many decimals a value under 1 needs to have one significant digit. */
function decimalsThatShow(value: number): number {
  return Math.max(1, -Math.floor(Math.log10(value)));
}

import { ENOUGH_TOKENS } from '../../comparison/divergence-statistics';
import { CHUNK_TOKENS } from '../../comparison/llama-cpp-chunks';
import { FEWEST_TOKENS } from '../../comparison/measure-as-llama-cpp';
import { formatCount, formatQuantity } from '../../display/numbers';
import type { Distributed, DivergenceStatistics, Estimate } from '../../shared/difference-api';
import { hasDistributions } from './compare-text';
import type { Measured } from './statistics';

/*
 * The block that `llama-perplexity --kl-divergence` prints, character by character as it does: who compares two tools, or
 * reads the block by a program, finds it here too (llama.cpp, tools/perplexity/perplexity.cpp, `kl_divergence`).
 */

const PERPLEXITY_WIDTH = 30;

/** In which of two ways the text was read. */
export function wayLine(measured: Measured): string {
  return hasDistributions(measured) ? readLine(measured) : `${readLine(measured)} ${WITHOUT_DISTRIBUTIONS}`;
}

const WITHOUT_DISTRIBUTIONS =
  'A server names only the most probable tokens, so divergences of whole distributions are left out, and nothing is rounded as llama.cpp does.';

function readLine({ chunks, statistics: { tokens } }: Measured): string {
  const count = formatQuantity(tokens, 'token');
  if (chunks !== null) return `Read in llama.cpp's chunks of ${chunks} tokens: ${count} of their second halves.`;
  const few = tokens < ENOUGH_TOKENS ? ' So few say little: take a longer text.' : '';
  return `Read as it is, for llama.cpp's chunks want ${formatCount(FEWEST_TOKENS)} tokens and a context of ${CHUNK_TOKENS}: ${count}.${few}`;
}

export function statisticsLines(statistics: DivergenceStatistics): string[] {
  const { perplexityA, perplexityB, correlation, logRatio, ratio, difference } = statistics;
  const { kl, probabilityChange, rootMeanSquareChange, sameTop } = statistics;
  const perplexity = (name: string, text: string) => `${name.padEnd(PERPLEXITY_WIDTH)}:${text}`;
  return [
    '====== Perplexity statistics ======',
    perplexity('Mean PPL(Q)', ` ${nats(perplexityB)}`),
    perplexity('Mean PPL(base)', ` ${nats(perplexityA)}`),
    perplexity('Cor(ln(PPL(Q)), ln(PPL(base)))', ` ${fixed(100 * correlation, 2, 6)}%`),
    perplexity('Mean ln(PPL(Q)/PPL(base))', ` ${nats(logRatio)}`),
    perplexity('Mean PPL(Q)/PPL(base)', ` ${nats(ratio)}`),
    perplexity('Mean PPL(Q)-PPL(base)', ` ${nats(difference)}`),
    '',
    // Not known of models that do not give whole distributions.
    ...(Number.isNaN(kl.maximum)
      ? []
      : [
          '====== KL divergence statistics ======',
          ...distributionLines('KLD', kl, nats(kl.mean), (value) => fixed(value, 6, 10)),
          '',
        ]),
    '====== Token probability statistics ======',
    ...distributionLines('Δp', probabilityChange, percent(probabilityChange.mean), (value) => `${share(value)}%`),
    `RMS Δp    : ${percent(rootMeanSquareChange)}`,
    ...(Number.isNaN(sameTop.value) ? [] : [`Same top p: ${percent(sameTop)}`]),
  ];
}

function distributionLines(
  name: string,
  { maximum, minimum, percentiles }: Distributed,
  mean: string,
  format: (value: number) => string,
): string[] {
  const line = (which: string, text: string) => `${which.padEnd(7)} ${name}: ${text}`;
  const quantile = ({ percent, value }: Distributed['percentiles'][number]) =>
    line(percent === 50 ? 'Median' : `${fixed(percent, 1, 4)}%`, format(value));
  return [
    line('Mean', mean),
    line('Maximum', format(maximum)),
    ...percentiles.map(quantile),
    line('Minimum', format(minimum)),
  ];
}

const nats = ({ value, error }: Estimate) => `${fixed(value, 6, 10)} ± ${fixed(error, 6, 10)}`;
const share = (value: number) => fixed(100 * value, 3, 6);
const percent = ({ value, error }: Estimate) => `${share(value)} ± ${fixed(100 * error, 3, 5)} %`;

/** As C's `%WIDTH.DECIMALSf`. */
function fixed(value: number, decimals: number, width: number): string {
  return (Number.isNaN(value) ? 'nan' : value.toFixed(decimals)).padStart(width);
}

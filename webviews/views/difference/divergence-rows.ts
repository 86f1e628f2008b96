import {
  formatCount,
  formatDecimal,
  formatProbability,
  formatSigned,
  spokenDigits,
} from '../../../src/display/numbers';
import type { Distributed, DivergenceStatistics, Estimate } from '../../../src/shared/difference-api';
import type { Term } from '../../glossary';
import { t } from '../../l10n';

/** A line of llama.cpp's block. */
export interface DivergenceRow {
  /** As llama.cpp calls it. */
  name: string;
  group: string;
  term: Term;
  value: number;
  error: number | undefined;
  /** Both, as people read them. */
  text: string;
}

const plain = formatDecimal;
const share = (value: number) => (value < 0 ? `−${formatProbability(-value)}` : formatProbability(value));
const signedShare = (value: number) => (value > 0 ? `+${share(value)}` : share(value));

/** llama.cpp's block, line by line in its order and with its names. */
export function divergenceRows(statistics: DivergenceStatistics): DivergenceRow[] {
  const { tokens, perplexityA, perplexityB, correlation, logRatio, ratio, difference } = statistics;
  const { kl, probabilityChange, rootMeanSquareChange, sameTop } = statistics;
  const perplexity = t('Perplexity');
  return [
    row(perplexity, 'Mean PPL(Q)', 'perplexity', perplexityB, plain),
    row(perplexity, 'Mean PPL(base)', 'perplexity', perplexityA, plain),
    row(perplexity, 'Cor(ln(PPL(Q)), ln(PPL(base)))', 'perplexityCorrelation', correlation, (value) => share(value)),
    row(perplexity, 'Mean ln(PPL(Q)/PPL(base))', 'perplexityRatio', logRatio, formatSigned),
    row(perplexity, 'Mean PPL(Q)/PPL(base)', 'perplexityRatio', ratio, plain),
    row(perplexity, 'Mean PPL(Q)-PPL(base)', 'perplexityRatio', difference, formatSigned),
    // Not known of models that do not give whole distributions.
    ...(Number.isNaN(kl.maximum) ? [] : distribution(t('KL divergence, nats'), 'KLD', 'kl', kl, plain)),
    ...distribution(
      t('Δp: probability of the token that stands there'),
      'Δp',
      'probabilityChange',
      probabilityChange,
      signedShare,
    ),
    row(
      t('Δp: probability of the token that stands there'),
      'RMS Δp',
      'rootMeanSquareChange',
      rootMeanSquareChange,
      share,
    ),
    ...(Number.isNaN(sameTop.value) ? [] : [row(t('First guess'), 'Same top p', 'sameTop', sameTop, share)]),
    row(t('First guess'), t('tokens counted'), 'token', tokens, formatCount),
  ];
}

function distribution(
  group: string,
  name: string,
  term: Term,
  { mean, maximum, minimum, percentiles }: Distributed,
  format: (value: number) => string,
): DivergenceRow[] {
  const quantile = ({ percent, value }: Distributed['percentiles'][number]) =>
    row(
      group,
      percent === 50 ? `Median ${name}` : `${spokenDigits(`${percent}`)} % ${name}`,
      'percentile',
      value,
      format,
    );
  return [
    row(group, `Mean ${name}`, term, mean, format),
    row(group, `Maximum ${name}`, term, maximum, format),
    ...percentiles.map(quantile),
    row(group, `Minimum ${name}`, term, minimum, format),
  ];
}

function row(
  group: string,
  name: string,
  term: Term,
  measured: number | Estimate,
  format: (value: number) => string,
): DivergenceRow {
  const { value, error } = typeof measured === 'number' ? { value: measured, error: undefined } : measured;
  const text = error === undefined ? format(value) : `${format(value)} ± ${format(error).replace('+', '')}`;
  return { name, group, term, value, error, text };
}

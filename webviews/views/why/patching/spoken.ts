import { formatCount, formatDecimal, formatLogprob, spokenDigits } from '../../../../src/display/numbers';
import { t } from '../../../l10n';
import type { PatchSite } from './grid-fill';
import type { Run } from './runs';

/** `83 % restored`, `−12 %`. */
export function percentText(ratio: number): string {
  return `${spokenDigits((100 * ratio).toFixed(0)).replace('-', '−')} %`;
}

export function siteName(site: PatchSite): string {
  const names = {
    residual: t('residual stream'),
    attention: t('attention output'),
    mlp: t('MLP output'),
    head: t('heads'),
  };
  return names[site];
}

/** Two answers, as probabilities: `·Mary 42 %, ·John 11 %`. */
export function answersText(labels: readonly string[], logprobs: ArrayLike<number>, at = 0): string {
  return [0, 1].map((which) => `${labels[which]} ${formatLogprob(logprobs[2 * at + which] ?? Number.NaN)}`).join(', ');
}

/** `+3.2`, of a difference of logits. */
export function signedLogit(difference: number): string {
  return `${difference > 0 ? '+' : ''}${formatDecimal(difference)}`;
}

/** `·John (token 9)`. */
export function placeText(label: string, position: number): string {
  return t('{0} (token {1})', label, formatCount(position + 1));
}

export function tokensText(run: Pick<Run, 'top'>): string {
  return run.top.map(({ label, logprob }) => `${label} ${formatLogprob(logprob)}`).join(', ');
}

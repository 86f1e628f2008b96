import { formatBits, formatCount, spokenDigits } from '../../src/display/numbers';
import type { Score } from '../../src/workspace/map/score';
import { t } from '../l10n';
import type { MapNode } from './tree';

/** A file or a folder in a phrase, for those who do not see it. */
export function nodeText(node: MapNode): string {
  return `${node.title}: ${scoreText(node)}`;
}

/** `1,240 tokens · 3.2 bits a token · z +0.40`. */
export function scoreText({ tokens, score, file }: MapNode): string {
  if (score.tokens === 0) {
    return file ? t('about {0} tokens, not read yet', formatCount(tokens)) : t('not read yet');
  }
  return [t('{0} tokens', formatCount(score.tokens)), meanText(score), zText(score)].filter(Boolean).join(' · ');
}

export const meanText = ({ mean }: Score): string => t('{0} a token', formatBits(mean));

const zText = ({ z }: Score): string => (Number.isFinite(z) ? t('z {0}', signedZ(z)) : '');

/** `+0.25`, `−0.06`: a hundredth of a deviation is nothing. */
export function signedZ(z: number): string {
  const rounded = Number(z.toFixed(2));
  const sign = rounded < 0 ? '−' : rounded > 0 ? '+' : '';
  return `${sign}${spokenDigits(Math.abs(rounded).toFixed(2))}`;
}

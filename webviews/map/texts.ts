import { formatBits, formatCount, formatProbability, formatZ } from '../../src/display/numbers';
import type { MapView } from '../../src/shared/map-api';
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

/** What part of a file's bits names are that it has not had before, where they count; nothing of a folder. */
export function newNamesText({ file }: MapNode, { kinds, withoutNewNames }: MapView): string {
  const sums = kinds.flatMap((kind) => file?.sums?.[kind] ?? []);
  const bits = sums.reduce((sum, each) => sum + each.bits, 0);
  if (bits === 0 || withoutNewNames) return '';
  const ofNames = sums.reduce((sum, { newNames }) => sum + newNames.bits, 0);
  return t('names new in it: {0} of the bits', formatProbability(ofNames / bits));
}

export const meanText = ({ mean }: Score): string => t('{0} a token', formatBits(mean));

const zText = ({ z }: Score): string => (Number.isFinite(z) ? t('z {0}', formatZ(z)) : '');

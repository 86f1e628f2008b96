import { formatCount } from '../../../../src/display/numbers';
import type { AnatomyLayer, AnatomyPart, AnatomyTensor } from '../../../../src/shared/anatomy-api';
import { t } from '../../../l10n';

/** In the order in which a text meets them. */
export const PART_TITLES: Readonly<Record<AnatomyPart, () => string>> = {
  embedding: () => t('Embedding'),
  attention: () => t('Attention'),
  mlp: () => t('MLP'),
  norm: () => t('Norms'),
  unembedding: () => t('Unembedding'),
};

const ROLE_NAMES: Readonly<Record<string, () => string>> = {
  query: () => t('query'),
  key: () => t('key'),
  value: () => t('value'),
  output: () => t('output'),
  gate: () => t('gate'),
  up: () => t('up'),
  down: () => t('down'),
  router: () => t('router'),
};

/** As transformers calls it where it is known by no shorter word. */
export const roleName = ({ role, name }: AnatomyTensor): string => ROLE_NAMES[role]?.() ?? name;

/** `576 × 1,536`. */
export const shapeText = (shape: readonly number[]): string => shape.map(formatCount).join(' × ');

/** What tells a layer from others, besides its size; empty of a layer that looks at everything and has one network. */
export function kindText({ attention, experts }: AnatomyLayer): string {
  const kinds = [
    attention === undefined && t('carries a state'),
    attention?.slidingWindow !== undefined && t('sees {0} tokens', formatCount(attention.slidingWindow)),
    experts && t('{0} of {1} experts', formatCount(experts.numExpertsPerTok), formatCount(experts.numExperts)),
  ];
  return kinds.filter(Boolean).join(' · ');
}

import { EXPERT } from '../../../../src/anatomy/tensor-order';
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

/** Between the names of what one tensor holds. */
const FUSED = ' + ';

const ROLE_NAMES: Readonly<Record<string, () => string>> = {
  embedding: () => t('tokens'),
  positionEmbedding: () => t('positions'),
  query: () => t('query'),
  key: () => t('key'),
  value: () => t('value'),
  output: () => t('output'),
  'query.gate': () => t('gate'),
  'delta.inputs': () => [t('query'), t('key'), t('value')].join(FUSED),
  'delta.gate': () => t('gate'),
  scale: () => t('factor'),
  sinks: () => t('sinks'),
  gate: () => t('gate'),
  up: () => t('up'),
  down: () => t('down'),
  router: () => t('router'),
  'query.norm': () => t('norm of queries'),
  'key.norm': () => t('norm of keys'),
  'attention.norm': () => t('norm before attention'),
  'attention.after': () => t('norm after attention'),
  'feedforward.norm': () => t('norm before the MLP'),
  'feedforward.after': () => t('norm after the MLP'),
  norm: () => t('last norm'),
  unembedding: () => t('tokens'),
};

const BIAS = /\.bias$/;

/** By its roles; by its name in the file where one is known by no word. */
export function roleName({ roles, name }: AnatomyTensor): string {
  const words = roles.map((role) => ROLE_NAMES[role.replace(BIAS, '').replace(EXPERT, '')]?.());
  if (words.includes(undefined)) return name;
  const known = words.join(FUSED);
  const [first = ''] = roles;
  const word = EXPERT.test(first) ? t('{0} of experts', known) : known;
  return BIAS.test(first) ? t('{0}, bias', word) : word;
}

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

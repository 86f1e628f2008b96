import { formatProbability, formatProbabilityShort } from '../../../src/display/numbers';
import type { HeadAddress } from '../../../src/shared/head-address';
import { t } from '../../l10n';

/** One head, the mean of a layer's heads, or what all layers together hand on. */
export const KINDS = ['head', 'layer', 'rollout'] as const;
export type Kind = (typeof KINDS)[number];

/** Whose attention is shown: of a head, of a layer's heads in the mean, or of all layers together. */
export interface AttentionScope extends HeadAddress {
  kind: Kind;
  /** Whether what is written from each token is shown, in place of attention weights. */
  valueWeighted?: boolean;
}

export const headName = ({ layer, head }: HeadAddress): string => `${layer}.${head}`;

/** Of a layer's mean and of the rollout, the head does not matter. */
export const isSameScope = (one: AttentionScope, other: AttentionScope): boolean =>
  one.kind === other.kind &&
  (one.valueWeighted ?? false) === (other.valueWeighted ?? false) &&
  (one.kind === 'rollout' || one.layer === other.layer) &&
  (one.kind !== 'head' || one.head === other.head);

export function nameOf(scope: AttentionScope): string {
  const name = plainNameOf(scope);
  return scope.valueWeighted ? t('{0}, weighted by values', name) : name;
}

function plainNameOf(scope: AttentionScope): string {
  switch (scope.kind) {
    case 'head':
      return t('Head {0}', headName(scope));
    case 'layer':
      return t('Mean of layer {0}', scope.layer);
    case 'rollout':
      return t('Rollout over all layers');
  }
}

/** A weight, 0 too: what a head gives to a token that it does not look at is nothing. */
export const formatWeight = (weight: number): string => formatProbability(Math.min(1, weight));

/** The same where there is little room. */
export const formatWeightShort = (weight: number): string => formatProbabilityShort(Math.min(1, weight));

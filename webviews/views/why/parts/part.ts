import type { Part, Why } from '../../../../src/shared/why-api';
import { t } from '../../../l10n';

/** The same for the same part. */
export function keyOf(part: Part): string {
  switch (part.kind) {
    case 'head':
      return `head ${part.layer}.${part.head}`;
    case 'token':
      return `token ${part.position}`;
    default:
      return `${part.kind} ${part.layer}`;
  }
}

/** @param label of a token of the text @param hasAttention of a layer */
export function nameOf(
  part: Part,
  label: (position: number) => string,
  hasAttention: (layer: number) => boolean,
): string {
  switch (part.kind) {
    case 'head':
      return t('head {0}', `${part.layer}.${part.head}`);
    case 'token':
      return `${label(part.position)} [${part.position}]`;
    case 'attention':
      return hasAttention(part.layer) ? t('attention {0}', part.layer) : t('mixer {0}', part.layer);
    case 'mlp':
      return t('MLP {0}', part.layer);
    case 'layer':
      return t('layer {0}', part.layer);
  }
}

/** What a part wrote for the token and against the other: its direct effect, in nats. */
export function directOf(why: Why, part: Part): number {
  switch (part.kind) {
    case 'head':
      return why.heads[part.layer * headsOf(why) + part.head] ?? 0;
    case 'token':
      return why.sources[part.position] ?? 0;
    case 'attention':
      return attentionOf(why, part.layer);
    case 'mlp':
      return why.mlps[part.layer] ?? 0;
    case 'layer':
      return attentionOf(why, part.layer) + (why.mlps[part.layer] ?? 0);
  }
}

const headsOf = ({ heads, mlps }: Why): number => heads.length / Math.max(1, mlps.length);

/** All heads of a layer with its biases, or what a layer has in place of attention. */
function attentionOf(why: Why, layer: number): number {
  const heads = headsOf(why);
  const sum = why.heads.subarray(layer * heads, (layer + 1) * heads).reduce((total, value) => total + value, 0);
  return sum + (why.mixers[layer] ?? 0) + (why.attentionBiases[layer] ?? 0);
}

export const isSamePart = (one: Part, other: Part): boolean => keyOf(one) === keyOf(other);

/** Which parts are compared: what the model is made of, its layers, or the tokens of the text. */
export const PART_KINDS = ['parts', 'layers', 'tokens'] as const;
export type PartKind = (typeof PART_KINDS)[number];

/** All parts of a kind, those that do most directly first. @param attention of each layer, whether it has it */
export function strongestParts(why: Why, kind: PartKind, attention: readonly boolean[]): Part[] {
  const all = partsOf(why, kind, attention);
  const values = new Map(all.map((part) => [part, Math.abs(directOf(why, part))]));
  return all.toSorted((one, other) => (values.get(other) ?? 0) - (values.get(one) ?? 0));
}

function partsOf(why: Why, kind: PartKind, attention: readonly boolean[]): Part[] {
  const layers = [...why.mlps.keys()];
  switch (kind) {
    case 'parts':
      return layers.flatMap((layer): Part[] => [...attentionParts(why, layer, attention), { kind: 'mlp', layer }]);
    case 'layers':
      return layers.map((layer): Part => ({ kind: 'layer', layer }));
    case 'tokens':
      return [...why.sources.keys()].map((position): Part => ({ kind: 'token', position }));
  }
}

/** Its heads; of a layer without attention, what it has in their place. */
export function attentionParts(why: Why, layer: number, attention: readonly boolean[]): Part[] {
  if (!attention[layer]) return [{ kind: 'attention', layer }];
  return Array.from({ length: headsOf(why) }, (_, head): Part => ({ kind: 'head', layer, head }));
}

import { version } from '../../package.json';
import type { ModelInfo } from '../shared/engine-api';
import type { HeadAddress } from '../shared/head-address';

/** What numbers come from: who has one of their files can tell whether they can be had again. Members are null where no model is in use. */
export interface Provenance {
  /** Version of Vitrine. */
  vitrine: string;
  model: string | null;
  /** SHA-256 of the model file, in hexadecimal. */
  sha256: string | null;
  /** Heads that were switched off. */
  ablated: HeadAddress[];
  /** Bits to which weights of attention were rounded; absent where they are as the model computed them. */
  attentionBits?: number;
}

export function provenanceOf(
  model: Pick<ModelInfo, 'name' | 'sha256'> | undefined,
  ablated: Provenance['ablated'],
): Provenance {
  const heads = ablated.map(({ layer, head }) => ({ layer, head }));
  return { vitrine: version, model: model?.name ?? null, sha256: model?.sha256 ?? null, ablated: heads };
}

/** The same as lines that a person or a program reads, each of one line, whatever a model is called: four, and a fifth of weights that were rounded. */
export function provenanceLines({ vitrine, model, sha256, ablated, attentionBits }: Provenance): string[] {
  const off = ablated.map(({ layer, head }) => `${layer}.${head}`).join(' ');
  return [
    `Vitrine ${vitrine}`,
    `model: ${(model ?? 'none').replace(/\p{Cc}+|\u2028|\u2029/gu, ' ')}`,
    `sha256: ${sha256 ?? 'none'}`,
    `heads off: ${off || 'none'}`,
    ...(attentionBits === undefined ? [] : [`attention bits: ${attentionBits}`]),
  ];
}

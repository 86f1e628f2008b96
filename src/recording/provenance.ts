import { version } from '../../package.json';
import type { Approximation, Difference, ModelInfo } from '../shared/engine-api';
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
  /** Of a model whose weights were rounded; absent where they are those of its file. What was not measured is null. */
  approximation?: { bits: 8 | 4 } & { [K in keyof Difference]: Difference[K] | null };
  /** Bits to which weights of attention were rounded; absent where they are as the model computed them. */
  attentionBits?: number;
}

export function provenanceOf(
  model: Pick<ModelInfo, 'name' | 'sha256' | 'approximation'> | undefined,
  ablated: Provenance['ablated'],
): Provenance {
  const heads = ablated.map(({ layer, head }) => ({ layer, head }));
  const { name = null, sha256 = null, approximation } = model ?? {};
  const rounded = approximation && { approximation: approximationJson(approximation) };
  return { vitrine: version, model: name, sha256, ...rounded, ablated: heads };
}

function approximationJson({ bits, measured }: Approximation): NonNullable<Provenance['approximation']> {
  const { tokens = null, meanKl = null, changedFirstGuesses = null } = measured ?? {};
  return { bits, tokens, meanKl, changedFirstGuesses };
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

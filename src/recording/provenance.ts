import { version } from '../../package.json';
import type { ComparisonKind } from '../shared/difference-api';
import type { Approximation, Difference, ModelInfo } from '../shared/engine-api';
import type { HalfFloat } from '../shared/half-floats';
import type { HeadAddress } from '../shared/head-address';
import type { ComparisonState } from '../shared/inspector-api';
import type { Steering } from '../shared/steering';

/** What numbers come from: who has one of their files can tell whether they can be had again. Members are null where no model is in use. */
export interface Provenance {
  /** Version of Vitrine. */
  vitrine: string;
  model: string | null;
  /** SHA-256 of the model file, in hexadecimal; null of a model on a server, whose file nobody sees. */
  sha256: string | null;
  /** What the server is that runs the model: `vLLM`; absent where none does. */
  server?: string;
  /** Heads that were switched off. */
  ablated: HeadAddress[];
  /** The direction that was added to the layers, and how many times; absent where none was. */
  steering?: { name: string; coefficient: number };
  /** In numbers of two models, what the model is compared with, how that is another, its file, and what multiplies its adapter. */
  comparedWith?: { label: string; kind: ComparisonKind; sha256: string | null; adapterGain?: number };
  /** Of a model whose weights were rounded; absent where they are those of its file. What was not measured is null. */
  approximation?: { bits: 16 | 8 | 4; half?: HalfFloat } & { [K in keyof Difference]: Difference[K] | null };
  /** Bits to which weights of attention were rounded; absent where they are as the model computed them. */
  attentionBits?: number;
}

export function provenanceOf(
  model: Pick<ModelInfo, 'name' | 'sha256' | 'approximation' | 'server'> | undefined,
  ablated: Provenance['ablated'],
  steering?: Pick<Steering, 'name' | 'coefficient'>,
  comparison?: Pick<ComparisonState, 'kind' | 'b' | 'adapterGain'>,
): Provenance {
  const heads = ablated.map(({ layer, head }) => ({ layer, head }));
  const { name = null, sha256 = null, approximation, server } = model ?? {};
  const rounded = approximation && { approximation: approximationJson(approximation) };
  const steered = steering &&
    steering.coefficient !== 0 && { steering: { name: steering.name, coefficient: steering.coefficient } };
  const compared = comparison && { comparedWith: comparedJson(comparison) };
  const file = server ? { sha256: null, server: server.kind } : { sha256 };
  return { vitrine: version, model: name, ...file, ...rounded, ablated: heads, ...steered, ...compared };
}

function comparedJson({
  kind,
  b,
  adapterGain,
}: Pick<ComparisonState, 'kind' | 'b' | 'adapterGain'>): NonNullable<Provenance['comparedWith']> {
  const gain = adapterGain === undefined ? {} : { adapterGain };
  return { label: b.label, kind, sha256: b.model?.server ? null : (b.model?.sha256 ?? null), ...gain };
}

function approximationJson({ bits, half, measured }: Approximation): NonNullable<Provenance['approximation']> {
  const { tokens = null, meanKl = null, changedFirstGuesses = null } = measured ?? {};
  return { bits, ...(half && { half }), tokens, meanKl, changedFirstGuesses };
}

/**
 * The same as lines that a person or a program reads, each of one line, whatever a model is called: four, one of a server, one of steering, two of
 * what is compared, and one of weights that were rounded.
 */
export function provenanceLines(provenance: Provenance): string[] {
  const { vitrine, model, sha256, server, ablated, steering, comparedWith, attentionBits } = provenance;
  const off = ablated.map(({ layer, head }) => `${layer}.${head}`).join(' ');
  return [
    `Vitrine ${vitrine}`,
    `model: ${inOneLine(model ?? 'none')}`,
    `sha256: ${sha256 ?? 'none'}`,
    ...(server === undefined ? [] : [`server: ${inOneLine(server)}`]),
    `heads off: ${off || 'none'}`,
    ...(steering ? [`steering: ${steering.coefficient} × ${inOneLine(steering.name)}`] : []),
    ...(comparedWith ? comparedLines(comparedWith) : []),
    ...(attentionBits === undefined ? [] : [`attention bits: ${attentionBits}`]),
  ];
}

function comparedLines({ label, kind, sha256, adapterGain }: NonNullable<Provenance['comparedWith']>): string[] {
  const gain = adapterGain === undefined ? '' : `, gain ${adapterGain}`;
  return [`compared with: ${inOneLine(label)} (${kind}${gain})`, `sha256 of that: ${sha256 ?? 'none'}`];
}

const inOneLine = (name: string) => name.replace(/\p{Cc}+|\u2028|\u2029/gu, ' ');

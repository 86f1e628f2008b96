import type { WhyTerm } from '../../display/why-terms';
import type { Engine } from '../../engine/client';
import { provenanceOf } from '../../recording/provenance';
import type { HeadSummary, ModelInfo } from '../../shared/engine-api';
import { UsageError } from '../usage-error';
import { writeArrays } from './arrays-file';
import type { NamedArray } from './arrays-header';
import type { InspectedToken, Inspection, InspectRequest } from './inspection';
import type { OutputTarget } from './output-target';

/** Of a token that nothing predicts. */
const NO_RANK = -1;
const MEASURES = ['previous', 'first', 'self', 'induction', 'entropy', 'sink'] as const;

/** What `--residuals` says: layers from 0 to the number of them. */
export type AskedLayers = readonly number[] | 'all';

/**
 * Writes what a model made of a text as named arrays: statistics of tokens and heads, the patterns of the heads that were
 * asked for, and residual streams of layers.
 */
export async function saveArrays(
  engine: Engine,
  inspection: Inspection,
  { attention }: Pick<InspectRequest, 'attention'>,
  { target, layers }: { target: OutputTarget; layers: readonly number[] },
): Promise<void> {
  const { trace, range, tokens, model } = inspection;
  const { from, to } = range;
  const count = to - from;
  const heads = model.capabilities.hasAttention ? await engine.heads({ trace: trace.trace }) : [];
  const patterns = attention.map(
    ({ layer, head }): NamedArray => ({
      name: `attention.${layer}.${head}`,
      dtype: 'F32',
      shape: [count, to],
      read: async () => (await engine.attention({ trace: trace.trace, layer, head, rows: range })).maximum,
    }),
  );
  const residuals = layers.map(
    (layer): NamedArray => ({
      name: `residual.${layer}`,
      dtype: 'F32',
      shape: [count, model.hiddenSize],
      read: () => engine.residual({ trace: trace.trace, layer, from, to }),
    }),
  );
  await writeArrays(target, metadataOf(inspection), [
    ...tokenArrays(tokens),
    ...headArrays(heads, model),
    ...whyArrays(inspection),
    ...patterns,
    ...residuals,
  ]);
}

/** @throws UsageError where the model has no such layer */
export function layersOf(asked: AskedLayers, { name, numHiddenLayers }: ModelInfo): readonly number[] {
  if (asked === 'all') return Array.from({ length: numHiddenLayers + 1 }, (_, layer) => layer);
  const missing = asked.find((layer) => layer > numHiddenLayers);
  if (missing === undefined) return asked;
  throw new UsageError(
    `There is no residual stream ${missing}: ${name} has 0, what enters the first layer, to ${numHiddenLayers}, what leaves the last.`,
  );
}

function metadataOf({ model, ablated, steering: by, text, range, tokens, why }: Inspection) {
  const { vitrine, sha256, approximation, ablated: off, steering } = provenanceOf(model, [...ablated], by);
  return {
    vitrine,
    model: model.name,
    sha256: sha256 ?? '',
    interventions: JSON.stringify({ ablated: off, steering }),
    ...(approximation ? { approximation: JSON.stringify(approximation) } : {}),
    text,
    from: `${range.from}`,
    tokens: JSON.stringify(tokens.map((token) => token.text)),
    ...(why ? { why: JSON.stringify({ token: why.token, against: why.against, position: why.position }) } : {}),
  };
}

function tokenArrays(tokens: readonly InspectedToken[]): NamedArray[] {
  const { length } = tokens;
  const topK = tokens[0]?.after.length ?? 0;
  const top = tokens.flatMap(({ after }) => after);
  return [
    integers('id', [length], tokens, ({ id }) => id),
    integers('start', [length], tokens, ({ start }) => start),
    integers('end', [length], tokens, ({ end }) => end),
    floats('logprob', [length], tokens, ({ prediction }) => prediction?.logprob),
    integers('rank', [length], tokens, ({ prediction }) =>
      prediction && prediction.rankLimit !== 0 ? prediction.rank : NO_RANK,
    ),
    floats('entropy', [length], tokens, ({ entropy }) => entropy),
    integers('top.id', [length, topK], top, ({ id }) => id),
    floats('top.logprob', [length, topK], top, ({ logprob }) => logprob),
  ];
}

/** What each part of the model wrote for the token of `--why`: 0 for heads of layers without attention. */
function whyArrays({ why, model: { numHiddenLayers, numAttentionHeads } }: Inspection): NamedArray[] {
  if (why === undefined) return [];
  const valuesOf = (kind: WhyTerm['kind'], count: number, indexOf: (term: WhyTerm) => number) => {
    const values: number[] = new Array(count).fill(0);
    for (const term of why.terms) if (term.kind === kind) values[indexOf(term)] = term.value;
    return values;
  };
  const layerOf = (term: WhyTerm) => ('layer' in term ? (term.layer ?? 0) : 0);
  const headOf = (term: WhyTerm) => layerOf(term) * numAttentionHeads + ('head' in term ? term.head : 0);
  const heads = valuesOf('head', numHiddenLayers * numAttentionHeads, headOf);
  return [
    floats('why.heads', [numHiddenLayers, numAttentionHeads], heads, (value) => value),
    floats('why.mlps', [numHiddenLayers], valuesOf('mlp', numHiddenLayers, layerOf), (value) => value),
    floats('why.sources', [why.sources.length], why.sources, ({ value }) => value),
  ];
}

function headArrays(heads: readonly HeadSummary[], { numHiddenLayers, numAttentionHeads }: ModelInfo): NamedArray[] {
  return MEASURES.filter((measure) => heads.some((head) => head[measure] !== undefined)).map((measure) =>
    floats(`heads.${measure}`, [numHiddenLayers, numAttentionHeads], heads, (head) => head[measure]),
  );
}

function floats<T>(
  name: string,
  shape: readonly number[],
  items: readonly T[],
  numberOf: (item: T) => number | undefined,
): NamedArray {
  const read = async () => Float32Array.from(items, (item) => numberOf(item) ?? Number.NaN);
  return { name, dtype: 'F32', shape, read };
}

function integers<T>(
  name: string,
  shape: readonly number[],
  items: readonly T[],
  numberOf: (item: T) => number,
): NamedArray {
  return { name, dtype: 'I32', shape, read: async () => Int32Array.from(items, numberOf) };
}

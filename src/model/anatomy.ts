import type { AnatomyLayer, AnatomyPart, AnatomyTensor, ModelAnatomy } from '../shared/anatomy-api';
import type { Checkpoint, CheckpointTensor } from './checkpoint/checkpoint';
import { hasAttention, kindOf, type LayerKind, type ModelConfig } from './config';
import { byteLengthOf, elementsOf } from './tensors/tensor-types';
import type { WeightSource, WeightSpec } from './weights';

/** What a model is made of. @param specs every array that its graphs read: tensors that none of them names are not part of it */
export function modelAnatomy(
  { tensors }: Pick<Checkpoint, 'tensors'>,
  config: ModelConfig,
  specs: readonly WeightSpec[],
): ModelAnatomy {
  const uses = usesOf(specs);
  const used = [...tensors.values()].flatMap((tensor) => {
    const weights = uses.get(tensor.name);
    return weights ? [anatomyOf(tensor, weights, config)] : [];
  });
  const { hiddenSize, vocabSize, contextLength, tieWordEmbeddings } = config;
  return {
    parameters: used.reduce((sum, { elements }) => sum + elements, 0),
    tensors: used,
    layers: config.kindOfLayer.map((_, layer) => layerOf(config, kindOf(config, layer))),
    hiddenSize,
    vocabSize,
    contextLength,
    tieWordEmbeddings,
  };
}

/** The weights that each tensor goes into. */
function usesOf(specs: readonly WeightSpec[]): Map<string, WeightSpec[]> {
  const uses = new Map<string, WeightSpec[]>();
  for (const spec of specs) {
    for (const name of new Set(tensorsOf(spec.source))) uses.set(name, [...(uses.get(name) ?? []), spec]);
  }
  return uses;
}

function tensorsOf(source: WeightSource): string[] {
  if ('tensor' in source) return [source.tensor];
  if ('parts' in source) return source.parts.map(({ tensor }) => tensor);
  return source.uses ?? [];
}

function anatomyOf(
  { name, shape, type, elementCount }: CheckpointTensor,
  weights: readonly WeightSpec[],
  config: ModelConfig,
): AnatomyTensor {
  const [first] = weights as [WeightSpec];
  const { layer, role } = placeOf(first.name);
  const roles = weights.map((weight) => placeOf(weight.name).role);
  return {
    name,
    shape,
    type,
    bytes: byteLengthOf(type, elementCount),
    elements: elementCount,
    part: partOf(role, layer),
    layer,
    roles: weights.length === 1 ? roles : [...new Set(roles.map((one) => one.replace(EXPERT, 'experts.')))],
    products: weights.reduce((sum, spec) => sum + productsOf(spec, config), 0),
  };
}

const EXPERT = /^expert\.\d+\./;

function placeOf(weight: string): { layer?: number; role: string } {
  const [, layer, role] = /^layer\.(\d+)\.(.+)$/.exec(weight) ?? [];
  return role === undefined ? { role: weight } : { layer: Number(layer), role };
}

/** Norms of queries and keys belong to the heads that they norm. */
function partOf(role: string, layer: number | undefined): AnatomyPart {
  if (/^(position)?embedding$/i.test(role)) return 'embedding';
  if (/^unembedding\b/.test(role)) return 'unembedding';
  if (layer === undefined || /^(attention|feedforward|scale|norm)\b/.test(role)) return 'norm';
  return /^(gate|up|down|router|expert|experts|shared)\b/.test(role) ? 'mlp' : 'attention';
}

/** Of a weight, how many of its numbers a token is multiplied by. A product with a vector counts as none. */
function productsOf({ name, shape, source }: WeightSpec, config: ModelConfig): number {
  const { layer, role } = placeOf(name);
  const isLookedUp = role === 'positionEmbedding' || (role === 'embedding' && !config.tieWordEmbeddings);
  if (isLookedUp || shape.length < 2) return 0;
  // A weight of several tensors is counted at each of them.
  const elements = elementsOf('parts' in source ? shape.slice(1) : shape);
  const experts = layer === undefined ? undefined : kindOf(config, layer).experts;
  return /^experts?\b/.test(role) && experts ? (elements * experts.numExpertsPerTok) / experts.numExperts : elements;
}

function layerOf({ numAttentionHeads }: ModelConfig, kind: LayerKind): AnatomyLayer {
  const { numKeyValueHeads, headDim, slidingWindow, states = [], experts } = kind;
  return {
    attention: hasAttention(kind) ? { numAttentionHeads, numKeyValueHeads, headDim, slidingWindow } : undefined,
    stateSize: states.reduce((sum, { shape }) => sum + elementsOf(shape), 0),
    experts,
  };
}

import type { Architecture } from '../architectures/architecture';
import { layerOutput } from '../architectures/layer-output';
import { hasAttention, kindOf, type ModelConfig } from '../config';
import type { Graph, Value } from '../onnx/graph';
import { add, gather } from '../onnx/operations';
import { layerWeight } from '../weights';
import { fileContext, layerContext, type Weights } from './context';
import { type KindInputs, kindInputs } from './decoder-inputs';
import { groupedAttention } from './grouped-attention';
import { HeadStatistics } from './head-statistics';
import { mixTokens } from './mix-tokens';
import { DECODER, siteOf, sitesOf } from './ports';
import { RowChanges } from './row-changes';

/** Embedding and layers. Ports: `DECODER`. */
export function decoder(g: Graph, architecture: Architecture, config: ModelConfig, weights: Weights): void {
  const { hiddenSize, numHiddenLayers, numAttentionHeads } = config;
  const embeddings = g.input(DECODER.embeddings, 'float32', ['T', hiddenSize]);
  const block = g.input(DECODER.block, 'int64', [1]);
  const headMask = g.input(DECODER.headMask, 'float32', [numHiddenLayers, numAttentionHeads]);
  const kinds = config.layerKinds.map((kind, number) => {
    if (!hasAttention(kind)) return undefined;
    const inputs = g.within('scores', () => kindInputs(g, config, number, { block, headMask }));
    return { inputs, statistics: g.within('instruments', () => new HeadStatistics(g, config, inputs)) };
  });
  const tokens = kinds.includes(undefined) ? g.input(DECODER.tokens, 'int64', [1]) : undefined;
  const positions = () => g.input(DECODER.positions, 'int64', ['T']);
  const steering = g.input(DECODER.steering, 'float32', [numHiddenLayers, 'steered']);
  const changes = g.within('instruments', () => new RowChanges(g, sitesOf(numHiddenLayers), hiddenSize));
  const embed = () => architecture.embed?.(fileContext(g, config, weights), embeddings, positions) ?? embeddings;
  let x = g.within('embedding', embed);
  for (const layer of config.kindOfLayer.keys()) {
    x = changes.at(siteOf(layer, 'residual'), x);
    output(g, config, layer, x);
    x = g.within(`layer.${layer}`, () => {
      const leaving = layerAfter({ g, architecture, config, weights, kinds, tokens, changes }, layer, x);
      const steered = () => add(g, leaving, gather(g, steering, g.constant('int64', [layer])));
      return g.shaped(g.within('instruments', steered), ['T', hiddenSize]);
    });
  }
  x = changes.at(siteOf(numHiddenLayers, 'residual'), x);
  output(g, config, numHiddenLayers, x);
  g.within('instruments', () => {
    for (const heads of kinds) heads?.statistics.write();
  });
}

/** What all layers share. */
interface Decoder {
  g: Graph;
  architecture: Architecture;
  config: ModelConfig;
  weights: Weights;
  /** Of each kind that has attention. */
  kinds: ({ inputs: KindInputs; statistics: HeadStatistics } | undefined)[];
  /** Where a kind has none. */
  tokens: Value | undefined;
  changes: RowChanges;
}

/** The stream that leaves a layer, of that which enters it. */
function layerAfter(
  { g, architecture, config, weights, kinds, tokens, changes }: Decoder,
  layer: number,
  x: Value,
): Value {
  const heads = kinds[config.kindOfLayer[layer] as number];
  const kind = kindOf(config, layer);
  const c = {
    ...layerContext(fileContext(g, config, weights, layerWeight(layer, '')), kind, heads?.inputs.rope),
    routed: (experts: Value, shares: Value) => {
      g.output(DECODER.experts(layer), experts, 'int64', ['T', kind.experts?.numExpertsPerTok ?? 'K']);
      g.output(DECODER.expertWeights(layer), shares, 'float32', ['T', kind.experts?.numExpertsPerTok ?? 'K']);
    },
  };
  const mixed = g.within('attention', () => {
    if (!heads) return mixTokens(c, architecture, layer, x, tokens as Value);
    const all = architecture.attentionInputs(c, x);
    return g.within('scores', () => groupedAttention(c, heads.inputs, heads.statistics, layer, all));
  });
  return layerOutput(architecture, c, x, mixed, (part, added) => changes.at(siteOf(layer, part), added));
}

function output(g: Graph, { hiddenSize }: ModelConfig, layer: number, x: Value): void {
  g.output(DECODER.residual(layer), x, 'float32', ['T', hiddenSize]);
}

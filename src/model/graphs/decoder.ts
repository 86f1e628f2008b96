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
  const layerAfter = (entering: Value, layer: number, number: number): Value => {
    const x = changes.at(siteOf(layer, 'residual'), entering);
    output(g, config, layer, x);
    const heads = kinds[number];
    const kind = kindOf(config, layer);
    const c = {
      ...layerContext(fileContext(g, config, weights, layerWeight(layer, '')), kind, heads?.inputs.rope),
      routed: (experts: Value, shares: Value) => {
        g.output(DECODER.experts(layer), experts, 'int64', ['T', kind.experts?.numExpertsPerTok ?? 'K']);
        g.output(DECODER.expertWeights(layer), shares, 'float32', ['T', kind.experts?.numExpertsPerTok ?? 'K']);
      },
    };
    const attended = ({ inputs, statistics }: AttentionOfKind) => {
      const all = g.within('attention', () => architecture.attentionInputs(c, x));
      return g.within('scores', () => groupedAttention(c, inputs, statistics, layer, all));
    };
    const carried = () => g.within('attention', () => mixTokens(c, architecture, layer, x, tokens as Value));
    const mixed = heads ? attended(heads) : carried();
    const leaving = layerOutput(architecture, c, x, mixed, (part, added) => changes.at(siteOf(layer, part), added));
    const steered = () => add(g, leaving, gather(g, steering, g.constant('int64', [layer])));
    return g.shaped(g.within('instruments', steered), ['T', hiddenSize]);
  };
  let x = g.within('embedding', embed);
  for (const [layer, number] of config.kindOfLayer.entries()) {
    x = g.within(`layer.${layer}`, () => layerAfter(x, layer, number));
  }
  x = changes.at(siteOf(numHiddenLayers, 'residual'), x);
  output(g, config, numHiddenLayers, x);
  g.within('instruments', () => {
    for (const heads of kinds) heads?.statistics.write();
  });
}

/** What the layers of a kind with attention share. */
interface AttentionOfKind {
  inputs: KindInputs;
  statistics: HeadStatistics;
}

function output(g: Graph, { hiddenSize }: ModelConfig, layer: number, x: Value): void {
  g.output(DECODER.residual(layer), x, 'float32', ['T', hiddenSize]);
}

import type { Architecture } from '../architectures/architecture';
import { layerOutput } from '../architectures/layer-output';
import { hasAttention, kindOf, type ModelConfig } from '../config';
import type { Graph, Value } from '../onnx/graph';
import { add, gather } from '../onnx/operations';
import { layerWeight } from '../weights';
import { fileContext, layerContext, type Weights } from './context';
import { kindInputs } from './decoder-inputs';
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
    const inputs = kindInputs(g, config, number, { block, headMask });
    return { inputs, statistics: new HeadStatistics(g, config, inputs) };
  });
  const tokens = kinds.includes(undefined) ? g.input(DECODER.tokens, 'int64', [1]) : undefined;
  const positions = () => g.input(DECODER.positions, 'int64', ['T']);
  const steering = g.input(DECODER.steering, 'float32', [numHiddenLayers, 'steered']);
  const changes = new RowChanges(g, sitesOf(numHiddenLayers), hiddenSize);
  let x = architecture.embed?.(fileContext(g, config, weights), embeddings, positions) ?? embeddings;
  for (const [layer, number] of config.kindOfLayer.entries()) {
    x = changes.at(siteOf(layer, 'residual'), x);
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
    const mixed = heads
      ? groupedAttention(c, heads.inputs, heads.statistics, layer, architecture.attentionInputs(c, x))
      : mixTokens(c, architecture, layer, x, tokens as Value);
    x = layerOutput(architecture, c, x, mixed, (part, added) => changes.at(siteOf(layer, part), added));
    x = g.shaped(add(g, x, gather(g, steering, g.constant('int64', [layer]))), ['T', hiddenSize]);
  }
  x = changes.at(siteOf(numHiddenLayers, 'residual'), x);
  output(g, config, numHiddenLayers, x);
  for (const heads of kinds) heads?.statistics.write();
}

function output(g: Graph, { hiddenSize }: ModelConfig, layer: number, x: Value): void {
  g.output(DECODER.residual(layer), x, 'float32', ['T', hiddenSize]);
}

import type { Architecture } from '../architectures/architecture';
import type { ModelConfig } from '../config';
import type { Graph, Value } from '../onnx/graph';
import { layerWeight } from '../weights';
import { fileContext, layerContext, type Weights } from './context';
import { kindInputs } from './decoder-inputs';
import { groupedAttention } from './grouped-attention';
import { HeadStatistics } from './head-statistics';
import { DECODER } from './ports';

/** Embedding and layers. Ports: `DECODER`. */
export function decoder(g: Graph, architecture: Architecture, config: ModelConfig, weights: Weights): void {
  const { hiddenSize, numHiddenLayers, numAttentionHeads } = config;
  const embeddings = g.input(DECODER.embeddings, 'float32', ['T', hiddenSize]);
  const block = g.input(DECODER.block, 'int64', [1]);
  const headMask = g.input(DECODER.headMask, 'float32', [numHiddenLayers, numAttentionHeads]);
  const kinds = config.layerKinds.map((_, kind) => {
    const inputs = kindInputs(g, config, kind, { block, headMask });
    return { inputs, statistics: new HeadStatistics(g, config, inputs) };
  });
  const positions = () => g.input(DECODER.positions, 'int64', ['T']);
  let x = architecture.embed?.(fileContext(g, config, weights), embeddings, positions) ?? embeddings;
  for (const [layer, number] of config.kindOfLayer.entries()) {
    output(g, config, layer, x);
    const { inputs, statistics } = kinds[number] as (typeof kinds)[number];
    const { kind, rope } = inputs;
    const c = {
      ...layerContext(fileContext(g, config, weights, layerWeight(layer, '')), kind, rope),
      routed: (experts: Value, shares: Value) => {
        g.output(DECODER.experts(layer), experts, 'int64', ['T', kind.experts?.numExpertsPerTok ?? 'K']);
        g.output(DECODER.expertWeights(layer), shares, 'float32', ['T', kind.experts?.numExpertsPerTok ?? 'K']);
      },
    };
    const heads = architecture.attentionInputs(c, x);
    x = architecture.layerOutput(c, x, groupedAttention(c, inputs, statistics, layer, heads));
  }
  output(g, config, numHiddenLayers, x);
  for (const { statistics } of kinds) statistics.write();
}

function output(g: Graph, { hiddenSize }: ModelConfig, layer: number, x: Value): void {
  g.output(DECODER.residual(layer), x, 'float32', ['T', hiddenSize]);
}

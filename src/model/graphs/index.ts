import type { Architecture } from '../architectures/architecture';
import type { ModelConfig } from '../config';
import { encodeModel } from '../onnx/encode';
import { Graph } from '../onnx/graph';
import { externalData, layerWeight, type PlacedWeight } from '../weights';
import { attentionLens } from './attention-lens';
import { LAYER } from './ports';

/** A model's graphs as ONNX files; their weights lie in the weights file. What goes in and comes out: `ports.ts`. */
export interface EncodedGraphs {
  decoder: Uint8Array;
  layer: Uint8Array;
  unembedding: Uint8Array;
  projection: Uint8Array;
  attention: Uint8Array;
}

export function encodeGraphs(
  architecture: Architecture,
  config: ModelConfig,
  weights: ReadonlyMap<string, PlacedWeight>,
): EncodedGraphs {
  const placed = (name: string) => {
    const weight = weights.get(name);
    if (!weight) throw new Error(`the graphs of ${architecture.name} read '${name}', which is not among its weights`);
    return weight;
  };
  const constantIn = (g: Graph) => (name: string) => g.weight(name, placed(name).shape, externalData(placed(name)));
  const build = (name: 'decoder' | 'unembedding' | 'projection') => {
    const g = new Graph(name);
    architecture[name](g, config, constantIn(g));
    return encodeModel(g);
  };
  const lens = new Graph('attention');
  attentionLens(lens, config);
  const layer = new Graph('layer');
  // All layers have weights of the shapes of the first.
  architecture.layer(layer, config, constantIn(layer), (name) =>
    layer.input(LAYER.weight(name), 'float32', placed(layerWeight(0, name)).shape),
  );
  return {
    decoder: build('decoder'),
    layer: encodeModel(layer),
    unembedding: build('unembedding'),
    projection: build('projection'),
    attention: encodeModel(lens),
  };
}

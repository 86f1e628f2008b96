import type { Architecture } from '../architectures/architecture';
import type { ModelConfig } from '../config';
import { encodeModel } from '../onnx/encode';
import { Graph } from '../onnx/graph';
import { externalData, type PlacedWeight } from '../weights';
import { attentionLens } from './attention-lens';

/** A model's graphs as ONNX files; their weights lie in the weights file. What goes in and comes out: `ports.ts`. */
export interface EncodedGraphs {
  body: Uint8Array;
  unembedding: Uint8Array;
  projection: Uint8Array;
  attention: Uint8Array;
}

export function encodeGraphs(
  architecture: Architecture,
  config: ModelConfig,
  weights: ReadonlyMap<string, PlacedWeight>,
): EncodedGraphs {
  const build = (name: 'body' | 'unembedding' | 'projection') => {
    const g = new Graph(name);
    architecture[name](g, config, (weight) => {
      const placed = weights.get(weight);
      if (!placed)
        throw new Error(
          `the graph '${name}' of ${architecture.name} reads '${weight}', which is not among its weights`,
        );
      return g.weight(weight, placed.shape, externalData(placed));
    });
    return encodeModel(g);
  };
  const lens = new Graph('attention');
  attentionLens(lens, config);
  return {
    body: build('body'),
    unembedding: build('unembedding'),
    projection: build('projection'),
    attention: encodeModel(lens),
  };
}

import type { Architecture } from '../architectures/architecture';
import { hasAttention, type LayerKind, type ModelConfig } from '../config';
import { encodeModel } from '../onnx/encode';
import { Graph } from '../onnx/graph';
import { attentionLens } from './attention-lens';
import { attribution } from './attribution';
import type { Weights } from './context';
import { decoder } from './decoder';
import { layer } from './layer';
import { neurons } from './neurons';
import { projection } from './projection';
import { unembedding } from './unembedding';
import { valueNorms } from './value-norms';

/** A model's graphs as ONNX files; their weights lie in the weights file. What goes in and comes out: `ports.ts`. */
export interface EncodedGraphs {
  decoder: Uint8Array;
  unembedding: Uint8Array;
  /** Those of each kind of layer, and of its heads where it has attention. */
  kinds: {
    layer: Uint8Array;
    attribution: Uint8Array;
    neurons: Uint8Array;
    heads?: { projection: Uint8Array; attention: Uint8Array; valueNorms: Uint8Array };
  }[];
}

export function encodeGraphs(architecture: Architecture, config: ModelConfig, weights: Weights): EncodedGraphs {
  const build = (name: string, write: (g: Graph) => void) => {
    const g = new Graph(name);
    write(g);
    return encodeModel(g);
  };
  return {
    decoder: build('decoder', (g) => decoder(g, architecture, config, weights)),
    unembedding: build('unembedding', (g) => unembedding(g, architecture, config, weights)),
    kinds: config.layerKinds.map((kind: LayerKind, number) => {
      const graphed = { architecture, config, weights, number, kind };
      const ofKind = (name: string, write: typeof layer) => build(name, (g) => write(g, graphed));
      return {
        layer: ofKind('layer', layer),
        attribution: ofKind('attribution', attribution),
        neurons: ofKind('neurons', neurons),
        ...(hasAttention(kind) && {
          heads: {
            projection: ofKind('projection', projection),
            attention: build('attention', (g) => attentionLens(g, kind)),
            valueNorms: ofKind('valueNorms', valueNorms),
          },
        }),
      };
    }),
  };
}

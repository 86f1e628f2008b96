import type { ModelConfig } from '../config';
import type { GgufFile } from '../gguf/reader';
import type { Graph, Value } from '../onnx/graph';
import type { WeightSpec } from '../weights';

/** Gives the weight of a name, as a value of the graph under construction. */
export type Weight = (name: string) => Value;

/** A family of models that share a forward pass. One file each; the list is in `index.ts`. */
export interface Architecture {
  /** `general.architecture` of its GGUF files. */
  name: string;

  /**
   * The shape of a model.
   *
   * @throws VitrineError `model.unsupported` for anything in the file that changes the forward pass and is not implemented.
   */
  config(file: GgufFile): ModelConfig;

  /** Every array that the graphs read, and how to make it. */
  weights(file: GgufFile, config: ModelConfig): WeightSpec[];

  /** Embedding and layers. Ports: `BODY`. */
  decoder(g: Graph, config: ModelConfig, weight: Weight): void;

  /** Any one layer, over several sequences; `ofLayer` gives its own weights, which each run brings. Ports: `LAYER`. */
  layer(g: Graph, config: ModelConfig, weight: Weight, ofLayer: Weight): void;

  /** Final norm and unembedding, of the residual stream at any layer's border. Ports: `UNEMBEDDING`. */
  unembedding(g: Graph, config: ModelConfig, weight: Weight): void;

  /** Queries or keys of a layer's heads, from the residual stream that enters it. Ports: `PROJECTION`. */
  projection(g: Graph, config: ModelConfig, weight: Weight): void;

  /** The weights of one layer that the projection takes as inputs, by the names of `weights`. */
  attentionWeights(layer: number): { norm: string; query: string; key: string };
}

import type { Checkpoint } from '../checkpoint/checkpoint';
import type { LayerKind, ModelConfig } from '../config';
import type { Graph, Value } from '../onnx/graph';
import type { Matrix } from '../onnx/matrix';
import type { WeightSpec } from '../weights';

/** A family of models that share a forward pass. One file each; the list is in `index.ts`. */
export interface Architecture<C extends ModelConfig = ModelConfig> {
  /** Its names: `general.architecture` of GGUF files, and `model_type` of Hugging Face's `config.json`. */
  names: { gguf: readonly string[]; huggingFace: readonly string[] };

  /** Which checkpoints of these names are its own, where another family goes by one of them too; all where it is left out. */
  accepts?(checkpoint: Checkpoint): boolean;

  /**
   * The shape of a model.
   *
   * @throws VitrineError `model.unsupported` for anything in the checkpoint that changes the forward pass and is not implemented.
   */
  config(checkpoint: Checkpoint): C;

  /** Every array that the graphs read, and how to make it. The embedding is named `embedding`; rows of it come with each run. */
  weights(checkpoint: Checkpoint, config: C): WeightSpec[];

  /** Names of tensors that take no part in predicting the next token. */
  ignores?(config: C): RegExp;

  /**
   * What enters the first layer, [T, C], from the tokens' rows of the embedding [T, C]: these themselves where it is left
   * out. `positions` gives an int64 [T], for models that learn an embedding of each position.
   */
  embed?(c: GraphContext<C>, embeddings: Value, positions: () => Value): Value;

  /**
   * Queries [N, n·D], keys and values [N, m·D] of a layer, from the residual stream x [N, C] that enters it, with their
   * norms and rotated by their positions, but not scaled. n and m are as many heads as the weights have rows for, so
   * that a lens may ask for some heads alone.
   */
  attentionInputs(c: LayerContext<C>, x: Value): AttentionInputs;

  /**
   * What a layer without attention makes of the residual stream x [N, C] that enters it, in place of what heads give:
   * [N, W]. The rows of x are those of one sequence of tokens after another, equally many each.
   */
  mix?(c: LayerContext<C>, x: Value, states: LayerStates): Value;

  /** What each number that heads give is multiplied by before the output matrix reads it: [N, H·D]; 1 where it is left out. */
  outputGate?(c: LayerContext<C>, x: Value): Value;

  feedForward: FeedForward<C>;

  /**
   * What stands between a part of a layer and the residual stream that it adds to: a norm, or a factor. Of `value`, which is
   * `whole` or one of the terms that it is the sum of, all [N, C]: linear in it, and each number by itself. As it is where
   * this is left out.
   */
  afterPart?(c: LayerContext<C>, part: LayerPart, value: Value, whole: Value): Value;

  /** Which weight of a layer, [1], multiplies the stream that leaves it; nothing does where a checkpoint lacks it. */
  layerScale?: string;

  /** Which norm the unembedding reads the residual stream through: `norm` among the weights. */
  finalNorm: 'rms' | 'layer';
  /** What logits are multiplied by, and then the limit between whose negative and itself a soft cap keeps them. */
  logitScale?(config: C): number;
  logitSoftcap?(config: C): number | undefined;

  /**
   * Whether queries and keys of a head depend on all heads of the layer, as where one norm goes over all of them: a lens
   * then computes all to see one.
   */
  mixesHeads?: boolean;
}

/** The two parts of a layer that add to the residual stream: its heads, or what it has in their place, and its feed-forward part. */
export const LAYER_PARTS = ['attention', 'mlp'] as const;
export type LayerPart = (typeof LAYER_PARTS)[number];

/** The feed-forward part of a layer: the matrix `down` reads its neurons. */
export interface FeedForward<C extends ModelConfig = ModelConfig> {
  /** What it reads, [N, C]: from the stream x that enters the layer, and the stream h with what attention adds. */
  input(c: LayerContext<C>, x: Value, h: Value): Value;
  /** Its neurons, [N, I], of a kind of layers without experts. @param n its input */
  neurons?(c: LayerContext<C>, n: Value): Value;
  /** Of kinds that have experts: which see each token, and the neurons of one, which `expert.NUMBER.down` reads. */
  experts?: {
    route(c: LayerContext<C>, n: Value): Routing;
    neurons(c: LayerContext<C>, expert: number, n: Value): Value;
  };
}

/** The K experts that see each token, the strongest first, and what their answers are multiplied by: [N, K], int64 and float32. */
export interface Routing {
  experts: Value;
  weights: Value;
}

export interface AttentionInputs {
  queries: Value;
  keys: Value;
  values: Value;
}

/** What a layer without attention carries of each sequence, by the names of its kind: [B, ..] of B sequences. */
export interface LayerStates {
  /** After the tokens before these. */
  past(name: string): Value;
  /** Names what it is after these tokens. */
  next(name: string, value: Value): void;
}

/** A graph under construction, and the weights it may read. */
export interface GraphContext<C extends ModelConfig = ModelConfig> {
  g: Graph;
  config: C;
  /** A vector, by its name among the architecture's weights; in a layer without the layer's number. */
  weight(name: string): Value;
  /** A matrix that `linear` multiplies by. */
  matrix(name: string): Matrix;
  /** Whether the checkpoint has a weight: a bias may be missing. */
  has(name: string): boolean;
}

/** The same in a layer. */
export interface LayerContext<C extends ModelConfig = ModelConfig> extends GraphContext<C> {
  kind: LayerKind;
  /** Cosines and sines of the positions' angles, [N, D/2]. */
  rope(): { cosines: Value; sines: Value };
  /** Tells which experts see each token, the strongest first, and with what weight: [N, K] each, int64 and float32. */
  routed(experts: Value, weights: Value): void;
}

import type { Value } from '../onnx/graph';
import type { AttentionInputs, LayerContext } from './architecture';
import { project, rotate } from './attention-parts';
import { headsNormed, type RmsNormConfig } from './rms-norm';
import type { TensorNames, TensorView, WeightList } from './weight-list';

/* Norms of every head of queries and keys by itself, before it rotates (Dehghani et al. 2023, arXiv 2302.05442). */

export const HEAD_NORM_NAMES = {
  'layer.query.norm': ['blk.#.attn_q_norm', 'model.layers.#.self_attn.q_norm'],
  'layer.key.norm': ['blk.#.attn_k_norm', 'model.layers.#.self_attn.k_norm'],
} as const satisfies TensorNames;

/** Queries, keys and values of a normed residual stream. */
export function headNormedInputs(c: LayerContext<RmsNormConfig>, x: Value): AttentionInputs {
  return {
    queries: rotate(c, headsNormed(c, 'query.norm', project(c, 'query', x))),
    keys: rotate(c, headsNormed(c, 'key.norm', project(c, 'key', x))),
    values: project(c, 'value', x),
  };
}

/** @param norm how the file has gains, and in what order */
export function addHeadNorms(list: WeightList, layer: number, headDim: number, norm: TensorView = {}): void {
  list.ofLayer(layer, 'query.norm', [headDim], norm);
  list.ofLayer(layer, 'key.norm', [headDim], norm);
}

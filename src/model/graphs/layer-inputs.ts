import type { LayerKind, ModelConfig } from '../config';
import type { Graph, Value } from '../onnx/graph';
import { dimension } from '../onnx/operations';
import { LAYER } from './ports';

/** What a layer with attention takes but for the residual stream and its weights. Shapes: `ports.ts`. */
export interface LayerInputs {
  mask: Value;
  headMask: Value;
  pastKeys: Value;
  pastValues: Value;
  /** Dimensions that each run decides, as int64 vectors of one element: B, R and S. */
  run: { sequences: Value; positions: Value; keys: Value };
}

export function layerInputs(
  g: Graph,
  { numAttentionHeads }: ModelConfig,
  { numKeyValueHeads, headDim }: LayerKind,
): LayerInputs {
  const mask = g.input(LAYER.mask, 'float32', ['masks', 1, 'R', 'S']);
  const headMask = g.input(LAYER.headMask, 'float32', ['B', numAttentionHeads]);
  return {
    mask,
    headMask,
    pastKeys: g.input(LAYER.pastKeys, 'float32', ['B', numKeyValueHeads, 'P', headDim]),
    pastValues: g.input(LAYER.pastValues, 'float32', ['B', numKeyValueHeads, 'P', headDim]),
    run: { sequences: dimension(g, headMask, 0), positions: dimension(g, mask, 2), keys: dimension(g, mask, 3) },
  };
}

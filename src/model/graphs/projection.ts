import type { ModelConfig } from '../config';
import type { Graph, Value } from '../onnx/graph';
import { PROJECTION } from './ports';

/** The inputs of the projection. Shapes: `ports.ts`. */
export interface ProjectionInputs {
  residual: Value;
  positions: Value;
  norm: Value;
  weight: Value;
}

export function projectionInputs(g: Graph, { hiddenSize }: ModelConfig): ProjectionInputs {
  return {
    residual: g.input(PROJECTION.residual, 'float32', ['N', hiddenSize]),
    positions: g.input(PROJECTION.positions, 'int64', [1, 'N']),
    norm: g.input(PROJECTION.norm, 'float32', [hiddenSize]),
    weight: g.input(PROJECTION.weight, 'float32', ['ND', hiddenSize]),
  };
}

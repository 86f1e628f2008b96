import type { CompiledModel } from '../../model/compile';
import { PROJECTION } from '../../model/graphs/ports';
import type { Session } from '../sessions';
import { float32, positionsFrom } from '../tensors';
import { weightRows } from '../weight-rows';

/** Heads of a layer whose queries or keys are wanted: the names of its weights, and which heads of them. */
export interface HeadProjection {
  norm: string;
  weight: string;
  head: number;
  count: number;
}

/**
 * Queries or keys of some heads, as attention compares them, from what enters their layer.
 *
 * @param residual [N, C], of the positions from `start` on; @param into [N, count·D] or more, where they are written to.
 */
export async function project(
  session: Session,
  model: CompiledModel,
  { norm, weight, head, count }: HeadProjection,
  residual: Float32Array,
  start: number,
  into: Float32Array,
): Promise<void> {
  const { hiddenSize, headDim } = model.config;
  const positions = residual.length / hiddenSize;
  const wide = count * headDim;
  const feeds = {
    [PROJECTION.residual]: float32(residual, positions, hiddenSize),
    [PROJECTION.positions]: positionsFrom(start, positions),
    [PROJECTION.norm]: float32(weightRows(model, norm), hiddenSize),
    [PROJECTION.weight]: float32(weightRows(model, weight, head * headDim, wide), wide, hiddenSize),
  };
  const projected = float32(into.subarray(0, positions * wide), positions, wide);
  await session.run(feeds, { [PROJECTION.projected]: projected });
}

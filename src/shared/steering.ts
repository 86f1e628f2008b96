import type { ComparisonKind } from './difference-api';
import { type HeadAddress, maskOf } from './head-address';

/** A direction in the residual stream that is added while the model reads. */
export interface Steering {
  /** What it is called: of a file its name. */
  name: string;
  /** [layer, hiddenSize]: added to the stream that leaves each layer, times the coefficient. */
  direction: Float32Array;
  /** 0 adds nothing. */
  coefficient: number;
  /** The largest coefficient that is offered, and its negative the smallest. */
  range: number;
}

/** Of the coefficient of a direction of which nothing is known but its numbers. */
export const LOADED_RANGE = 8;

/** Of a range, the part that steers and still leaves language. */
export const STEERING_START = 0.2;

/**
 * A coefficient by which texts of one kind come to lie where those of the other do, in the mean over layers: the largest
 * that is of use.
 *
 * @param separations how far apart they lie along the direction, in each layer
 */
export function steeringRange(direction: Float32Array, separations: Float32Array): number {
  const width = direction.length / separations.length;
  const ratios = Array.from(separations, (apart, layer) => {
    const length = Math.hypot(...direction.subarray(layer * width, (layer + 1) * width));
    return length > 0 ? Math.abs(apart) / length : undefined;
  }).filter((ratio) => ratio !== undefined);
  const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / Math.max(1, ratios.length);
  return mean > 0 ? Number(mean.toPrecision(2)) : LOADED_RANGE;
}

/** What a run computes otherwise in the inspector and in the editor's colours. */
export interface ReadingChanges {
  ablated: readonly HeadAddress[];
  steering: Steering | undefined;
  /** What multiplies what an adapter that is kept apart adds; 1 by default. */
  adapterGain?: number | undefined;
}

/** Of a model as it is. */
export const NO_READING_CHANGES: ReadingChanges = { ablated: [], steering: undefined };

/** What the model in use computes otherwise as one of two that are compared: not what it is compared about. */
export const changesOfA = (
  kind: ComparisonKind | undefined,
  { ablated, steering }: ReadingChanges,
): ReadingChanges => ({
  ablated: kind === 'heads' ? [] : ablated,
  steering: kind === 'steering' ? undefined : steering,
});

export const isSteered = (steering: Steering | undefined): steering is Steering =>
  steering !== undefined && steering.coefficient !== 0;

/** What a request takes of that. */
export const interventionsOf = ({ ablated, steering, adapterGain }: ReadingChanges) => ({
  headMask: maskOf(ablated),
  steering: addedBy(steering),
  ...(adapterGain !== undefined && { adapterGain }),
});

/** Another text for other changes. */
export const changesKey = ({ ablated, steering, adapterGain = 1 }: ReadingChanges): string =>
  JSON.stringify([ablated, steeringKey(steering), adapterGain]);

/** What is added, [layer, hiddenSize]; undefined where nothing is. */
export function addedBy(steering: Steering | undefined): Float32Array<ArrayBuffer> | undefined {
  if (!isSteered(steering)) return undefined;
  return Float32Array.from(steering.direction, (value) => value * steering.coefficient);
}

/** Another text for another direction or coefficient: of its numbers a checksum (FNV-1a, 32 bits). */
export function steeringKey(steering: Steering | undefined): string {
  if (!isSteered(steering)) return '';
  const { buffer, byteOffset, length } = steering.direction;
  let hash = 0x811c9dc5;
  for (const bits of new Uint32Array(buffer, byteOffset, length)) hash = Math.imul(hash ^ bits, 0x01000193) >>> 0;
  return `${steering.coefficient} ${hash}`;
}

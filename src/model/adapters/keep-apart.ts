import { type Sentence, sentence } from '../../shared/errors';
import type { Checkpoint, CheckpointTensor } from '../checkpoint/checkpoint';
import { elementsOf } from '../tensors/tensor-types';
import { weightPieces } from '../weight-pieces';
import type { TensorSource, WeightSpec } from '../weights';
import type { Change } from './adapter';
import type { Addition } from './addition';
import { finiteValues, readFactors } from './factors';

/** Why what an adapter changes of a tensor cannot be kept apart from it; undefined where it can. */
function reasonToMerge(base: Checkpoint, [tensor, change]: [string, Change]): Sentence | undefined {
  const { replacement, magnitudes } = change;
  if (replacement && !isSame(replacement, base.tensors.get(tensor)))
    return sentence`it puts another tensor in the place of ${tensor}`;
  if (magnitudes) return sentence`it is a DoRA, which also divides ${tensor} by its lengths`;
  return undefined;
}

/**
 * What an adapter adds to the weights of a model, through the same views of tensors that the weights are; or why that cannot be
 * kept apart from them.
 *
 * @param changes by the names of the base's tensors, as these lie
 * @param path of the adapter, which names it in errors
 */
export function additionsTo(
  base: Checkpoint,
  specs: readonly WeightSpec[],
  changes: ReadonlyMap<string, Change>,
  path: string,
): Map<string, Addition> | Sentence {
  const reason = [...changes].map((change) => reasonToMerge(base, change)).find((one) => one !== undefined);
  if (reason) return reason;
  const additions = new Map<string, Addition>();
  for (const spec of specs) {
    const touched = tensorsOf(spec).find((tensor) => changes.has(tensor));
    if (touched === undefined) continue;
    const { source, shape } = spec;
    if (!('tensor' in source) || source.negativeExponential || shape.length > 2)
      return sentence`what is computed with ${touched} is no product with it`;
    const { addition, shift } = changes.get(touched) as Change;
    if (addition || shift) additions.set(spec.name, additionOf(base, shape, source, { addition, shift }, path));
  }
  return additions;
}

/** Rows that are compared at once. */
const ROWS = 512;

/** PEFT saves an embedding whole where it has trained low-rank matrices beside it, and so as it was. */
function isSame(one: CheckpointTensor, other: CheckpointTensor | undefined): boolean {
  if (!other || one.shape.join() !== other.shape.join()) return false;
  const rows = elementsOf(one.shape.slice(0, -1));
  for (let first = 0; first < rows; first += ROWS) {
    const count = Math.min(ROWS, rows - first);
    const values = other.rows(first, count);
    if (!one.rows(first, count).every((value, i) => value === values[i])) return false;
  }
  return true;
}

function tensorsOf({ source }: WeightSpec): string[] {
  if ('tensor' in source) return [source.tensor];
  return 'parts' in source ? source.parts.map(({ tensor }) => tensor) : (source.uses ?? []);
}

function additionOf(
  base: Checkpoint,
  shape: readonly number[],
  source: TensorSource,
  { addition, shift }: Pick<Change, 'addition' | 'shift'>,
  path: string,
): Addition {
  const { rows, scale = 1 } = source;
  const [height = 1, width = 1] = shape;
  if (shift) {
    const all = finiteValues(shift.tensor, path);
    const view = { tensor: source.tensor, shape: [all.length], ...(rows && { rows }), scale: scale * shift.scale };
    return { values: viewOf(base, all, view, [height]) };
  }
  if (!addition) throw new Error('this change adds nothing');
  const { left, right } = readFactors(addition, path);
  const [tall = 1, wide = 1] = source.shape ?? (source.transposed ? shape.toReversed() : shape);
  const rank = left.length / tall;
  const factor = (values: Float32Array, of: [number, number], view: Partial<TensorSource>, to: [number, number]) =>
    viewOf(base, values, { tensor: source.tensor, shape: of, ...view }, to);
  const ofRows = { ...(rows && { rows }), scale: scale * addition.scale };
  if (!source.transposed) return { rank, left: factor(left, [tall, rank], ofRows, [height, rank]), right };
  return {
    rank,
    left: factor(right, [rank, wide], { ...ofRows, transposed: true }, [height, rank]),
    right: factor(left, [tall, rank], { transposed: true }, [rank, width]),
  };
}

/** What a view has of a tensor that is in memory. */
function viewOf(base: Checkpoint, values: Float32Array, source: TensorSource, shape: number[]): Float32Array {
  const tensors = new Map([[source.tensor, inMemory(source.tensor, values, source.shape as number[])]]);
  const pieces = weightPieces({ ...base, tensors }, { name: source.tensor, shape, source });
  const view = new Float32Array(elementsOf(shape));
  let at = 0;
  for (const piece of pieces) {
    view.set(piece, at);
    at += piece.length;
  }
  return view;
}

function inMemory(name: string, values: Float32Array, shape: readonly number[]): CheckpointTensor {
  const width = shape.at(-1) as number;
  // A view may change what it is given.
  const rows = (first: number, count: number) => values.slice(first * width, (first + count) * width);
  return {
    name,
    type: 'F32',
    shape,
    elementCount: values.length,
    rows,
    blocks: (first, count) => new Uint8Array(rows(first, count).buffer),
  };
}

import { sentence } from '../../shared/errors';
import type { Checkpoint, CheckpointTensor, MergedAdapter } from '../checkpoint/checkpoint';
import { renamed } from '../checkpoint/renamed-tensor';
import { textName } from '../huggingface/text-tensors';
import { AdaptedTensor } from './adapted-tensor';
import { type Adapter, type Change, type LowRank, shapeOf, transposed } from './adapter';
import { DoraTensor } from './dora-tensor';
import { misfit, notesOf, otherShape, refuseOtherModel } from './misfit';
import { incomplete } from './refusals';
import { ShiftedTensor } from './shifted-tensor';
import { hasTokenRows, refuseTiedProduct, tensorsByAllNames, withTokenRows } from './tied-embedding';

type Tensors = ReadonlyMap<string, CheckpointTensor>;

/** Modules of GPT-2 that keep their weights as [in, out]: `Conv1D` of transformers. */
const CONV1D = /\.c_(attn|proj|fc)\.weight$/;

/** A checkpoint with an adapter, and what of it could be kept apart. */
export interface AdaptedCheckpoint extends Checkpoint {
  readonly adapter: MergedAdapter;
  /** Without the adapter. */
  readonly base: Checkpoint;
  /** What becomes of the base's tensors, by their names and as they lie. */
  readonly changes: ReadonlyMap<string, Change>;
}

export const isAdapted = (checkpoint: Checkpoint): checkpoint is AdaptedCheckpoint => 'changes' in checkpoint;

/**
 * A checkpoint with an adapter merged into it: to all who read its tensors, a model of its own. What the adapter changes is
 * float32. Closing it closes both.
 *
 * @throws VitrineError `adapter.base` where the adapter does not fit.
 */
export function adapted(checkpoint: Checkpoint, adapter: Adapter): AdaptedCheckpoint {
  refuseOtherModel(checkpoint, adapter);
  const base = tensorsByAllNames(checkpoint);
  const tensors = new Map(base);
  const changes = new Map<string, Change>();
  for (const change of adapter.changes) {
    const stored = tensorInBase(checkpoint, base, adapter, change.tensor);
    if (!stored) continue;
    const { name } = stored;
    if (change.addition) refuseTiedProduct(base, name, adapter.path);
    tensors.set(name, changedTensor(checkpoint, adapter, stored, change));
    const { addition } = change;
    changes.set(name, { ...change, ...(addition && { addition: placedAddition(checkpoint, name, addition) }) });
  }
  refuseHalfResized(checkpoint, adapter, base, tensors);
  const changed = new Set(changes.keys());
  if (changed.size === 0) throw misfit(checkpoint, adapter, sentence`it changes nothing of it`);
  const close = () => {
    adapter.close();
    checkpoint.close();
  };
  const { path, name, files, vocabulary } = adapter;
  return {
    ...checkpoint,
    vocabulary: vocabulary ?? (() => checkpoint.vocabulary()),
    ...withTokenRows(checkpoint, tensors, changed),
    adapter: {
      path,
      name,
      files,
      changed,
      hasTokenizer: vocabulary !== undefined,
      notes: notesOf(checkpoint, adapter),
    },
    trainingWords: [...adapter.trainingWords, ...checkpoint.trainingWords],
    base: checkpoint,
    changes,
    close,
  };
}

/**
 * The tensor of a change in the base, which may have been saved by another class than the one that was trained; undefined
 * where it sees or hears, which is not read of the base either.
 */
function tensorInBase(
  checkpoint: Checkpoint,
  tensors: Tensors,
  adapter: Adapter,
  name: string,
): CheckpointTensor | undefined {
  const ofText = adapter.format === 'huggingFace' ? textName(name) : name;
  if (ofText === undefined) return undefined;
  const withoutPrefix = name.slice(name.indexOf('.') + 1);
  const found = [name, ofText, withoutPrefix].find((one) => tensors.has(one));
  if (found !== undefined) return tensors.get(found);
  throw misfit(checkpoint, adapter, sentence`it changes ${name}, which the model does not have`);
}

function changedTensor(
  checkpoint: Checkpoint,
  adapter: Adapter,
  stored: CheckpointTensor,
  change: Change,
): CheckpointTensor {
  const { replacement, addition, magnitudes, shift } = change;
  const { name } = stored;
  if (replacement && !canReplace(stored, replacement)) throw otherShape(checkpoint, adapter, stored, replacement.shape);
  const base = replacement ? renamed(replacement, name) : stored;
  if (shift) {
    if (shift.tensor.shape.join() !== base.shape.join())
      throw otherShape(checkpoint, adapter, base, shift.tensor.shape);
    return new ShiftedTensor(base, shift, adapter.path);
  }
  if (!addition) {
    if (magnitudes) throw incomplete(adapter.path, magnitudes.name);
    return base;
  }
  const placed = placedAddition(checkpoint, name, addition);
  const [rows, rank] = shapeOf(placed.left);
  const [otherRank, width] = shapeOf(placed.right);
  const isLowRank = rank === otherRank && [placed.left, placed.right].every(({ tensor }) => tensor.shape.length === 2);
  if (!isLowRank || [rows, width].join() !== base.shape.join()) {
    throw otherShape(checkpoint, adapter, base, [rows, width]);
  }
  const sum = new AdaptedTensor(base, placed, adapter.path);
  if (!magnitudes) return sum;
  const isTransposed = isConv1D(checkpoint, name);
  if (magnitudes.elementCount !== (isTransposed ? width : rows))
    throw otherShape(checkpoint, adapter, base, magnitudes.shape);
  return new DoraTensor(sum, magnitudes, isTransposed, adapter.path);
}

/** As the base's own tensor lies, which may be [in, out]. */
const placedAddition = (checkpoint: Checkpoint, name: string, addition: LowRank): LowRank =>
  isConv1D(checkpoint, name) ? transposed(addition) : addition;

const isConv1D = ({ format, metadata }: Checkpoint, name: string) =>
  format === 'huggingFace' && metadata.architecture === 'gpt2' && CONV1D.test(name);

/** Rows of tokens that were added are needed in both matrices. */
function refuseHalfResized(checkpoint: Checkpoint, adapter: Adapter, base: Tensors, tensors: Tensors): void {
  const resized = [...base.values()].filter(({ name }) => hasTokenRows(name));
  const rowsOf = ({ name }: CheckpointTensor) => tensors.get(name)?.shape[0];
  if (new Set(resized.map(rowsOf)).size <= 1) return;
  const [stored] = resized.filter((tensor) => rowsOf(tensor) !== tensor.shape[0]);
  if (stored) throw otherShape(checkpoint, adapter, stored, tensors.get(stored.name)?.shape ?? []);
}

/** Tokens that were added before the training have rows that the base lacks, and PEFT saves all of them. */
const canReplace = ({ name, shape }: CheckpointTensor, { shape: own }: CheckpointTensor) =>
  own.length === shape.length && own.every((size, i) => size === shape[i] || (i === 0 && hasTokenRows(name)));

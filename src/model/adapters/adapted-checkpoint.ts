import { type Sentence, sentence, VitrineError } from '../../shared/errors';
import type { Checkpoint, CheckpointTensor } from '../checkpoint/checkpoint';
import { textName } from '../huggingface/text-tensors';
import { AdaptedTensor } from './adapted-tensor';
import { type Adapter, type Change, shapeOf, transposed } from './adapter';

/** Modules of GPT-2 that keep their weights as [in, out]: `Conv1D` of transformers. */
const CONV1D = /\.c_(attn|proj|fc)\.weight$/;

/**
 * A checkpoint with an adapter merged into it: to all who read its tensors, a model of its own. What the adapter changes is
 * float32. Closing it closes both.
 *
 * @throws VitrineError `adapter.base` where the adapter does not fit.
 */
export function adapted(checkpoint: Checkpoint, adapter: Adapter): Checkpoint {
  refuseOtherModel(checkpoint, adapter);
  const tensors = new Map(checkpoint.tensors);
  const changed = new Set<string>();
  for (const change of adapter.changes) {
    const name = nameInBase(checkpoint, adapter, change.tensor);
    if (name === undefined) continue;
    tensors.set(name, changedTensor(checkpoint, adapter, name, change));
    changed.add(name);
  }
  if (changed.size === 0) throw misfit(checkpoint, adapter, sentence`it changes nothing of it`);
  const close = () => {
    adapter.close();
    checkpoint.close();
  };
  const { path, name, files } = adapter;
  return {
    ...checkpoint,
    vocabulary: () => checkpoint.vocabulary(),
    tensors,
    adapter: { path, name, files, changed, notes: notesOf(checkpoint, adapter) },
    close,
  };
}

function refuseOtherModel(checkpoint: Checkpoint, adapter: Adapter): void {
  const { path, format, base } = adapter;
  if (format !== checkpoint.format) {
    throw new VitrineError(
      'adapter.base',
      format === 'gguf'
        ? sentence`The adapter ${path} is in GGUF, and ${checkpoint.path} is a Hugging Face folder: choose the model as a GGUF file, or the adapter as PEFT saved it.`
        : sentence`The adapter ${path} is for the model as a Hugging Face folder, and ${checkpoint.path} is a GGUF file: choose the model as a folder, or convert the adapter by convert_lora_to_gguf.py of llama.cpp.`,
    );
  }
  const { architecture } = checkpoint.metadata;
  if (base.architecture === undefined || base.architecture === architecture) return;
  throw misfit(
    checkpoint,
    adapter,
    sentence`it is for the architecture ${base.architecture}, and this is ${architecture}`,
  );
}

/**
 * What the tensor of a change is called in the base, which may have been saved by another class than the one that was
 * trained; undefined where it sees or hears, which is not read of the base either.
 */
function nameInBase(checkpoint: Checkpoint, adapter: Adapter, name: string): string | undefined {
  const ofText = adapter.format === 'huggingFace' ? textName(name) : name;
  if (ofText === undefined) return undefined;
  const withoutPrefix = name.slice(name.indexOf('.') + 1);
  const found = [name, ofText, withoutPrefix].find((one) => checkpoint.tensors.has(one));
  if (found !== undefined) return found;
  throw misfit(checkpoint, adapter, sentence`it changes ${name}, which the model does not have`);
}

function changedTensor(checkpoint: Checkpoint, adapter: Adapter, name: string, change: Change): CheckpointTensor {
  const stored = checkpoint.tensors.get(name) as CheckpointTensor;
  const { replacement, addition } = change;
  if (replacement && replacement.shape.join() !== stored.shape.join()) {
    throw otherShape(checkpoint, adapter, stored, replacement.shape);
  }
  const base = replacement ?? stored;
  if (!addition) return base;
  const isConv1D =
    checkpoint.format === 'huggingFace' && checkpoint.metadata.architecture === 'gpt2' && CONV1D.test(name);
  const placed = isConv1D ? transposed(addition) : addition;
  const [rows, rank] = shapeOf(placed.left);
  const [otherRank, width] = shapeOf(placed.right);
  const isLowRank = rank === otherRank && [placed.left, placed.right].every(({ tensor }) => tensor.shape.length === 2);
  if (!isLowRank || [rows, width].join() !== stored.shape.join()) {
    throw otherShape(checkpoint, adapter, stored, [rows, width]);
  }
  return new AdaptedTensor(base, placed, adapter.path);
}

function otherShape(
  checkpoint: Checkpoint,
  adapter: Adapter,
  { name, shape }: CheckpointTensor,
  own: readonly number[],
) {
  return misfit(
    checkpoint,
    adapter,
    sentence`it changes ${name} as ${own.join(' x ')}, which is ${shape.join(' x ')} in the model`,
  );
}

function misfit(checkpoint: Checkpoint, { path, base }: Adapter, reason: Sentence): VitrineError {
  const trainedOn = base.name ?? sentence`the model that it was trained on`;
  return new VitrineError(
    'adapter.base',
    sentence`The adapter ${path} does not fit ${checkpoint.path}: ${reason}. Choose ${trainedOn}, or no adapter.`,
  );
}

/** A model has other names in other places: a difference proves nothing. */
function notesOf({ name }: Checkpoint, { base }: Adapter): Sentence[] {
  const plain = (text: string) =>
    text
      .slice(text.lastIndexOf('/') + 1)
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '');
  if (base.name === undefined || plain(base.name) === plain(name)) return [];
  return [sentence`The adapter says that it was trained on ${base.name}.`];
}

import { type Sentence, sentence, VitrineError } from '../../shared/errors';
import type { Checkpoint, CheckpointTensor } from '../checkpoint/checkpoint';
import type { Adapter } from './adapter';

/** @throws VitrineError `adapter.base` where an adapter is of another format or architecture */
export function refuseOtherModel(checkpoint: Checkpoint, adapter: Adapter): void {
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

/** @param own the shape that the adapter gives a tensor of the model */
export function otherShape(
  checkpoint: Checkpoint,
  adapter: Adapter,
  { name, shape }: CheckpointTensor,
  own: readonly number[],
): VitrineError {
  return misfit(
    checkpoint,
    adapter,
    sentence`it changes ${name} as ${own.join(' x ')}, which is ${shape.join(' x ')} in the model`,
  );
}

/** @param reason why an adapter does not fit a model */
export function misfit(checkpoint: Checkpoint, { path, base }: Adapter, reason: Sentence): VitrineError {
  if (base.name !== undefined && isCalled(base.name, checkpoint)) {
    return new VitrineError(
      'adapter.base',
      sentence`The adapter ${path} does not fit ${checkpoint.path}: ${reason}. Where that is the model that it was trained on, merge it in Python and open the result as a model: model.merge_and_unload().save_pretrained(folder).`,
    );
  }
  const trainedOn = base.name ?? sentence`the model that it was trained on`;
  return new VitrineError(
    'adapter.base',
    sentence`The adapter ${path} does not fit ${checkpoint.path}: ${reason}. Choose ${trainedOn}, or no adapter.`,
  );
}

/** What a person should know of how it fits. A model has other names in other places: a difference proves nothing. */
export function notesOf(checkpoint: Checkpoint, { base }: Adapter): Sentence[] {
  if (base.name === undefined || isCalled(base.name, checkpoint)) return [];
  return [sentence`The adapter says that it was trained on ${base.name}.`];
}

function isCalled(named: string, { name }: Checkpoint): boolean {
  const plain = (text: string) =>
    text
      .slice(text.lastIndexOf('/') + 1)
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '');
  return plain(named) === plain(name);
}

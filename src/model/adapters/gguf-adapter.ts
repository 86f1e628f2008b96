import { basename } from 'node:path';
import { sentence, VitrineError } from '../../shared/errors';
import { openFile } from '../checkpoint/byte-source';
import type { CheckpointTensor } from '../checkpoint/checkpoint';
import { shownName } from '../checkpoint/shown-name';
import { StoredTensor } from '../checkpoint/stored-tensor';
import { type GgufMetadata, readName } from '../gguf/metadata';
import { ggufOf } from '../gguf/reader';
import type { Adapter, Change, LowRank } from './adapter';
import { incomplete, unknownTensor, unsupported } from './refusals';

const ALPHA = 'adapter.lora.alpha';
/** What an adapter may say of itself; the last two are for people. */
const KEYS = ['adapter.type', ALPHA, 'adapter.lora.task_name', 'adapter.lora.prompt_prefix'];

const FACTOR = /^(.+)\.lora_([ab])$/;
/** Its first matrix is [vocabulary, rank], as rows are looked up in it. */
const EMBEDDING = 'token_embd.weight';

/**
 * Opens an adapter as llama.cpp's converter writes it, with a pause at every yield.
 * https://github.com/ggml-org/llama.cpp: `convert_lora_to_gguf.py`, `src/llama-adapter.cpp`
 *
 * @throws VitrineError `adapter.…`, `gguf.…` or `file.…`, in a sentence that names the file.
 */
export function* ggufAdapterOf(path: string): Generator<undefined, Adapter> {
  const source = openFile(path);
  try {
    const { metadata, tensors } = yield* ggufOf(source);
    refuseUnsupported(path, metadata);
    const stored = new Map([...tensors].map(([name, tensor]) => [name, new StoredTensor(source, tensor)] as const));
    const baseName = metadata.optionalString('general.base_model.0.name');
    return {
      path,
      name: readName(metadata) || basename(path),
      trainingWords: [readName(metadata), ...(metadata.optionalStrings('general.tags') ?? [])],
      format: 'gguf',
      base: {
        architecture: metadata.string('general.architecture'),
        name: baseName === undefined ? undefined : shownName(baseName),
      },
      files: [path],
      changes: changesOf(path, stored, metadata.optionalNumber(ALPHA) ?? 0),
      close: () => source.close(),
    };
  } catch (error) {
    source.close();
    throw error;
  }
}

function refuseUnsupported(path: string, metadata: GgufMetadata): void {
  if (metadata.optionalString('general.type') !== 'adapter') {
    throw new VitrineError(
      'adapter.format',
      sentence`${path} is no adapter, but a whole model: choose it as the model, and an adapter that was trained on it.`,
    );
  }
  const type = metadata.optionalString('adapter.type');
  if (type !== 'lora') throw unsupported(path, `adapter.type ${shownName(type ?? '?')}`);
  const unknown = metadata.keys().find((key) => key.startsWith('adapter.') && !KEYS.includes(key));
  if (unknown !== undefined) throw unsupported(path, shownName(unknown));
}

function changesOf(path: string, tensors: ReadonlyMap<string, CheckpointTensor>, alpha: number): Change[] {
  const changes: Change[] = [];
  for (const [name, tensor] of tensors) {
    const [, ofBase, matrix] = FACTOR.exec(name) ?? [];
    if (ofBase === undefined) throw unknownTensor(path, name);
    const other = tensors.get(`${ofBase}.lora_${matrix === 'a' ? 'b' : 'a'}`);
    if (!other) throw incomplete(path, name);
    if (matrix === 'a') changes.push({ tensor: ofBase, addition: additionOf(ofBase, tensor, other, alpha) });
  }
  return changes;
}

/** Both matrices have the rank beside what they share with the tensor: b is [out, rank]. */
function additionOf(name: string, a: CheckpointTensor, b: CheckpointTensor, alpha: number): LowRank {
  const rank = b.shape.at(-1) as number;
  // As llama.cpp has it: without an alpha the product is taken as it is.
  const scale = alpha === 0 ? 1 : alpha / rank;
  if (name === EMBEDDING) {
    return { left: { tensor: a, transposed: false }, right: { tensor: b, transposed: true }, scale };
  }
  return { left: { tensor: b, transposed: false }, right: { tensor: a, transposed: false }, scale };
}

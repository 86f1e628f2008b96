import { join } from 'node:path';
import { sentence, VitrineError } from '../../shared/errors';
import { openFile } from '../checkpoint/byte-source';
import type { CheckpointTensor } from '../checkpoint/checkpoint';
import { folderName, trainingWordsOf } from '../huggingface/model-card';
import { LARGEST_CONFIG, readJsonFile } from '../huggingface/read-json-file';
import { safetensorsOf } from '../huggingface/safetensors';
import { tensorsOf } from '../huggingface/tensors';
import { hasTokenizer, tokenizerFilesOf, vocabularyOfFolder } from '../huggingface/tokenizer-files';
import type { Adapter, Change, Factor, LowRank } from './adapter';
import { type PeftConfig, peftConfigOf } from './peft-config';
import { incomplete, unknownTensor, unsupported } from './refusals';

export const PEFT_CONFIG = 'adapter_config.json';
export const PEFT_WEIGHTS = 'adapter_model.safetensors';

/** No block of an adapter is scaled: it has no float8. */
const NO_SCALES: [number, number] = [1, 1];

/** What comes before a module's name, and what a module is called that was wrapped. */
const BEFORE = 'base_model.model.';
const WRAPPED = /\.(base_layer|modules_to_save)\./;
/** What a module was before it was trained whole: saved beside it where tokens were added. */
const REPLACED = '.original_module.';

/** A module, and which of its two matrices this is. */
const FACTOR = /^(.+)\.lora_(embedding_)?([AB])(\.weight)?$/;
/** What a DoRA gives a module's outputs as lengths; older versions have an ending. */
const MAGNITUDES = /^(.+)\.lora_magnitude_vector(\.weight)?$/;
/** The bias of a module's second matrix. */
const SHIFT = /^(.+)\.lora_B\.bias$/;
/** A module that was trained whole, or is saved beside its low-rank matrices. */
const WHOLE = /^(?!.*\.lora_).*\.(weight|bias)$/;

/**
 * Opens a folder that PEFT wrote, with a pause at every yield.
 *
 * @throws VitrineError `adapter.…`, `huggingFace.json`, `safetensors.…` or `file.…`, in a sentence that names the file.
 */
export function* peftAdapterOf(path: string, folder: string): Generator<undefined, Adapter> {
  const files = [PEFT_CONFIG, PEFT_WEIGHTS].map((name) => join(folder, name)) as [string, string];
  const config = peftConfigOf(path, yield* readJsonFile(files[0], LARGEST_CONFIG));
  const vocabulary = hasTokenizer(folder) ? () => vocabularyOfFolder(folder) : undefined;
  const source = openFile(files[1]);
  try {
    const ofAdapter = (yield* safetensorsOf(source)).filter(({ name }) => !name.includes(REPLACED));
    const stored = new Map(ofAdapter.map((tensor) => [nameInBase(path, tensor.name), tensor]));
    const { tensors, buffers } = tensorsOf(path, stored, NO_SCALES);
    for (const name of buffers) throw unknownTensor(path, name);
    const changes = changesOf(path, config, tensors);
    const base = { name: config.baseName };
    return {
      path,
      name: folderName(folder) || 'adapter',
      trainingWords: trainingWordsOf(folder),
      format: 'huggingFace',
      base,
      files: vocabulary ? [...files, ...tokenizerFilesOf(folder)] : files,
      changes,
      vocabulary,
      close: () => source.close(),
    };
  } catch (error) {
    source.close();
    throw error;
  }
}

/** As the base would call it. */
function nameInBase(path: string, name: string): string {
  if (!name.startsWith(BEFORE)) throw unknownTensor(path, name);
  return name.slice(BEFORE.length).replace(WRAPPED, '.');
}

function changesOf(path: string, config: PeftConfig, tensors: ReadonlyMap<string, CheckpointTensor>): Change[] {
  const changes = new Map<string, Change>();
  const change = (tensor: string, values: Omit<Change, 'tensor'>) =>
    changes.set(tensor, { ...changes.get(tensor), tensor, ...values });
  for (const [name, tensor] of tensors) {
    const [, dora] = MAGNITUDES.exec(name) ?? [];
    const [, shifted] = SHIFT.exec(name) ?? [];
    const [, module, kind = '', matrix, ending = ''] = FACTOR.exec(name) ?? [];
    if (dora !== undefined) {
      change(`${dora}.weight`, { magnitudes: tensor });
      continue;
    }
    if (shifted !== undefined) {
      change(`${shifted}.bias`, { shift: { tensor, scale: config.scaleOf(shifted) } });
      continue;
    }
    if (module === undefined) {
      if (!WHOLE.test(name)) throw unknownTensor(path, name);
      change(name, { replacement: tensor });
      continue;
    }
    const other = tensors.get(`${module}.lora_${kind}${matrix === 'A' ? 'B' : 'A'}${ending}`);
    if (!other) throw incomplete(path, name);
    if (matrix === 'B') continue;
    const isEmbedding = kind !== '';
    if (isEmbedding && config.hasMagnitudes) throw unsupported(path, sentence`a DoRA on ${module}`);
    for (const [isThere, beside] of [
      [config.hasMagnitudes, `${module}.lora_magnitude_vector`],
      [config.hasShifts, `${module}.lora_B.bias`],
    ] as const) {
      if (isThere && !tensors.has(beside) && !tensors.has(`${beside}.weight`)) throw incomplete(path, name);
    }
    change(`${module}.weight`, { addition: additionOf(path, config, module, { a: tensor, b: other, isEmbedding }) });
  }
  return [...changes.values()];
}

interface Pair {
  /** [rank, in] */
  a: CheckpointTensor;
  /** [out, rank] */
  b: CheckpointTensor;
  /** Whose tensor is [in, out]. */
  isEmbedding: boolean;
}

function additionOf(path: string, config: PeftConfig, module: string, { a, b, isEmbedding }: Pair): LowRank {
  const rank = config.rankOf(module);
  if (a.shape[0] !== rank) {
    throw new VitrineError(
      'adapter.config',
      sentence`${path}: adapter_config.json gives ${module} the rank ${rank}, and its tensor is ${a.shape.join(' x ')}. The adapter contradicts itself: get it again.`,
    );
  }
  const factor = (tensor: CheckpointTensor): Factor => ({ tensor, transposed: isEmbedding });
  const [left, right] = isEmbedding ? [a, b] : [b, a];
  return { left: factor(left), right: factor(right), scale: config.scaleOf(module) };
}

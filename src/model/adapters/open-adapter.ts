import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { sentence, VitrineError } from '../../shared/errors';
import { readable } from '../checkpoint/byte-source';
import { beginsAsGguf, lastCheckpointIn, snapshotOf } from '../checkpoint/locate';
import { refusedFormat } from '../checkpoint/refused-formats';
import { hasTokenizer } from '../huggingface/tokenizer-files';
import type { Adapter } from './adapter';
import { ggufAdapterOf } from './gguf-adapter';
import { PEFT_CONFIG, PEFT_WEIGHTS, peftAdapterOf } from './peft-adapter';

/**
 * Opens an adapter with a pause at every yield: a GGUF file; a folder of PEFT's, one of its two files, or its repository in
 * Hugging Face's cache. Its headers are read, its weights are not. The caller closes it.
 *
 * @throws VitrineError in a sentence that names the file, what is wrong with it, and what to do.
 */
export function* openAdapter(path: string): Generator<undefined, Adapter> {
  if (!readable(path, () => statSync(path)).isDirectory()) {
    if (!isPartOfFolder(path)) return yield* fileOf(path);
    return yield* folderOf(path, dirname(path));
  }
  return yield* folderOf(path, snapshotOf(path));
}

/** The folder of an adapter that was saved with a tokenizer; undefined where it reads the tokens of its base. */
export function tokenizerFolderOf(path: string): string | undefined {
  const folder = isPartOfFolder(path) ? dirname(path) : snapshotOf(path);
  return isAdapterFolder(folder) && hasTokenizer(folder) ? folder : undefined;
}

export const isAdapterFolder = (folder: string): boolean => existsSync(join(folder, PEFT_CONFIG));

const isPartOfFolder = (path: string) => [PEFT_CONFIG, PEFT_WEIGHTS].includes(basename(path));

function* fileOf(path: string): Generator<undefined, Adapter> {
  if (beginsAsGguf(path)) return yield* ggufAdapterOf(path);
  throw refusedFormat(path) ?? noAdapter(path);
}

function* folderOf(path: string, folder: string): Generator<undefined, Adapter> {
  if (!isAdapterFolder(folder)) throw lastCheckpoint(path, folder) ?? noAdapter(path);
  if (existsSync(join(folder, PEFT_WEIGHTS))) return yield* peftAdapterOf(path, folder);
  const pickled = readable(folder, () => readdirSync(folder)).find((name) => /^adapter_model\.(bin|pt)$/.test(name));
  throw (pickled && refusedFormat(join(folder, pickled))) || noAdapter(path);
}

function lastCheckpoint(path: string, folder: string): VitrineError | undefined {
  const last = lastCheckpointIn(readable(folder, () => readdirSync(folder)));
  if (last === undefined || !isAdapterFolder(join(folder, last))) return undefined;
  return new VitrineError(
    'adapter.format',
    sentence`${path} holds what a training saved on its way: choose one of the folders in it, such as ${last}.`,
  );
}

const noAdapter = (path: string) =>
  new VitrineError(
    'adapter.format',
    sentence`${path} is no adapter that can be read: choose a folder with ${PEFT_CONFIG} and ${PEFT_WEIGHTS}, or an adapter in GGUF.`,
  );

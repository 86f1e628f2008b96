import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { sentence, VitrineError } from '../../shared/errors';
import { REPOSITORY } from '../huggingface/model-card';
import { openFile, readable } from './byte-source';
import type { CheckpointFormat } from './checkpoint';
import { refusedFormat } from './refused-formats';

/** Where a model lies: a GGUF file, or a Hugging Face folder. */
export interface Location {
  format: CheckpointFormat;
  path: string;
}

const CONFIG = 'config.json';

/** What the Trainer of transformers calls the folders that it saves, with the steps until then. */
const CHECKPOINT = /^checkpoint-\d+$/;
const stepsOf = (name: string) => Number(name.slice('checkpoint-'.length));

/** The name of the last of them, among those in a folder. */
export const lastCheckpointIn = (names: readonly string[]): string | undefined =>
  names
    .filter((name) => CHECKPOINT.test(name))
    .sort((a, b) => stepsOf(a) - stepsOf(b))
    .at(-1);

/** Weights of a whole model. */
const WEIGHTS = /^(?!adapter_model\.).*\.safetensors(\.index\.json)?$|^pytorch_model.*\.bin$/;

/** Files that stand for the folder in which they are. */
const PART_OF_FOLDER = /^(config|generation_config|tokenizer|tokenizer_config)\.json$|\.safetensors(\.index\.json)?$/i;

/**
 * The model that a path stands for: a GGUF file; a Hugging Face folder or one of its files; a repository of Hugging Face's
 * cache, of which it takes the revision `main`.
 *
 * @throws VitrineError `model.folder`, `model.adapter` or `model.format` where there is no such model, `model.pickle`, `file.…`.
 */
export function locate(path: string): Location {
  if (readable(path, () => statSync(path)).isDirectory()) return { format: 'huggingFace', path: folderOf(path) };
  if (beginsAsGguf(path)) return { format: 'gguf', path };
  const refused = refusedFormat(path);
  if (refused) throw refused;
  if (!PART_OF_FOLDER.test(basename(path))) return { format: 'gguf', path };
  const folder = dirname(path);
  refuseWithoutConfig(folder);
  return { format: 'huggingFace', path: folder };
}

/** Whether a file is GGUF, whatever its name. */
export function beginsAsGguf(path: string): boolean {
  const source = openFile(path);
  try {
    return Buffer.from(source.read(0, Math.min(4, source.size))).toString('latin1') === 'GGUF';
  } finally {
    source.close();
  }
}

function folderOf(path: string): string {
  const folder = snapshotOf(path);
  refuseWithoutConfig(folder);
  return folder;
}

/** The folder that a folder stands for: of a repository in Hugging Face's cache its revision `main`, of any other itself. */
export const snapshotOf = (path: string): string =>
  REPOSITORY.test(basename(resolve(path))) ? mainRevision(path) : path;

/** `refs/main` names a folder among `snapshots`. */
function mainRevision(repository: string): string {
  const reference = join(repository, 'refs', 'main');
  const revision = existsSync(reference) ? readable(reference, () => readFileSync(reference, 'utf8')).trim() : '';
  const folder = join(repository, 'snapshots', revision);
  if (/^[\w.-]+$/.test(revision) && revision !== '..' && existsSync(folder)) return folder;
  throw new VitrineError(
    'model.folder',
    sentence`${repository} has no complete revision main: get the model again, or choose one of the folders in its folder snapshots.`,
  );
}

function refuseWithoutConfig(folder: string): void {
  const names = readable(folder, () => readdirSync(folder));
  const isAdapter = names.includes('adapter_config.json') && !names.some((name) => WEIGHTS.test(name));
  if (names.includes(CONFIG) && !isAdapter) return;
  if (names.includes('adapter_config.json')) {
    throw new VitrineError(
      'model.adapter',
      sentence`${folder} holds an adapter, which is no whole model: choose the model that it was trained on, and this as its adapter (vitrine.adapter, or --adapter).`,
    );
  }
  if (names.some((name) => name.toLowerCase().endsWith('.gguf'))) {
    throw new VitrineError(
      'model.folder',
      sentence`${folder} is a folder of GGUF files: choose one of the .gguf files in it.`,
    );
  }
  const last = lastCheckpointIn(names);
  if (last !== undefined) {
    throw new VitrineError(
      'model.folder',
      sentence`${folder} holds what a training saved on its way: choose one of the folders in it, such as ${last}.`,
    );
  }
  const pickled = names
    .map((name) => refusedFormat(join(folder, name)))
    .find((error) => error?.code === 'model.pickle');
  throw (
    pickled ??
    new VitrineError(
      'model.folder',
      sentence`${folder} has no ${CONFIG}: choose a GGUF file, or a Hugging Face folder with ${CONFIG} and safetensors.`,
    )
  );
}

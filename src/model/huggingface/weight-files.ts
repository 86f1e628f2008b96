import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Sentence, sentence, VitrineError } from '../../shared/errors';
import { readable } from '../checkpoint/byte-source';
import { refusedFormat } from '../checkpoint/refused-formats';
import { shownName } from '../checkpoint/shown-name';
import { isObject } from './json';
import { readJsonFile } from './read-json-file';

const WHOLE = 'model.safetensors';
const INDEX = 'model.safetensors.index.json';

/** Which files of a folder hold its weights, and in which of them each tensor is where an index says so. */
export interface WeightFiles {
  /** Paths, in order. */
  files: string[];
  /** By tensor, the path of its file. */
  index?: ReadonlyMap<string, string>;
}

/**
 * Finds them as transformers does, with a pause at every yield: one file, else an index with shards, else the folder's only
 * safetensors file.
 *
 * @throws VitrineError `huggingFace.weights` where there are none or an index cannot be true; `model.pickle` where they are
 * only there as pickled Python objects.
 */
export function* weightFilesOf(folder: string): Generator<undefined, WeightFiles> {
  if (existsSync(join(folder, WHOLE))) return { files: [join(folder, WHOLE)] };
  if (existsSync(join(folder, INDEX))) return yield* indexedFiles(folder);
  const names = readable(folder, () => readdirSync(folder));
  const [only, other] = names.filter((name) => name.endsWith('.safetensors'));
  if (only !== undefined && other === undefined) return { files: [join(folder, only)] };
  if (other !== undefined) throw bad(folder, sentence`it has several safetensors files and no ${INDEX}`);
  const pickled = names.find((name) => /^(pytorch_)?model.*\.(bin|pt|pth|ckpt)$/.test(name));
  if (pickled !== undefined) throw refusedFormat(join(folder, pickled));
  throw bad(folder, sentence`it has no ${WHOLE}`);
}

function* indexedFiles(folder: string): Generator<undefined, WeightFiles> {
  const { weight_map: map } = yield* readJsonFile(join(folder, INDEX));
  if (!isObject(map)) throw bad(folder, sentence`its ${INDEX} has no weight_map`);
  const index = new Map<string, string>();
  for (const [tensor, file] of Object.entries(map)) {
    if (typeof file !== 'string' || !isOwnFile(file)) {
      throw bad(
        folder,
        sentence`its ${INDEX} names ${shownName(JSON.stringify(file))}, which is no safetensors file of this folder`,
      );
    }
    index.set(tensor, join(folder, file));
  }
  const files = [...new Set(index.values())].sort();
  const missing = files.filter((file) => !existsSync(file));
  if (missing.length > 0) {
    throw bad(
      folder,
      sentence`it lacks ${missing.length} of its ${files.length} safetensors files, such as ${missing[0] as string}`,
    );
  }
  return { files, index };
}

/** A plain name: nothing that leads elsewhere. */
const isOwnFile = (name: string) => /^[^/\\:\p{C}]{1,200}\.safetensors$/u.test(name);

const bad = (folder: string, reason: Sentence) =>
  new VitrineError('huggingFace.weights', sentence`${folder} cannot be opened: ${reason}. Get the whole folder again.`);

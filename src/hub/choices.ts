import { sentence, VitrineError } from '../shared/errors';
import { ADAPTER, ASIDE, GGUF, PICKLED, SHARD, SHARD_INDEX, TOKENIZER, WHOLE } from './model-files';
import type { HubFile } from './repository';

/** A file of a model, on the hub or in the cache: its path from the root, with `/`. */
export type ListedFile = Pick<HubFile, 'path' | 'bytes'>;

/** What is known of a model to choose of it. */
interface Listed<F extends ListedFile> {
  /** OWNER/NAME */
  name: string;
  files: readonly F[];
}

/** A model as one gets it: a GGUF file, all parts of one, or the files of a Hugging Face folder. */
export interface Choice<F extends ListedFile = HubFile> {
  /** After the `:` of `OWNER/NAME:FILE`. */
  name: string;
  kind: 'gguf' | 'folder';
  files: F[];
  bytes: number;
}

/** Of a GGUF model that is in several files: which one, of how many. */
const PART = /-(\d{5})-of-(\d{5})(?=\.gguf$)/i;

/** What the folder of safetensors is called among the files. */
export const FOLDER = 'safetensors';

/** What can be got of a model: the folder, then files, the smallest first. @throws VitrineError `hub.nothing` */
export function choicesOf<F extends ListedFile>({ name, files }: Listed<F>): Choice<F>[] {
  const choices = [...folderOf(files), ...ggufsOf(files).sort((one, other) => one.bytes - other.bytes)];
  if (choices.length > 0) return choices;
  throw new VitrineError(
    'hub.nothing',
    files.some(({ path }) => PICKLED.test(path))
      ? sentence`${name} has its weights as pytorch_model.bin, which can run any code when it is read, so Vitrine does not. Look for the same model with safetensors, or as GGUF.`
      : sentence`${name} has no model that Vitrine reads: no whole GGUF file and no safetensors.`,
  );
}

/** The one that a person means: by its name, or by a part of it that no other has. @throws VitrineError `hub.choice` */
export function choiceOf<F extends ListedFile>(repository: Listed<F>, wanted: string): Choice<F> {
  const choices = choicesOf(repository);
  const like = choicesLike(choices, wanted);
  const [only] = like;
  if (only && like.length === 1) return only;
  const names = (like.length > 0 ? like : choices).map(({ name }) => name).join(', ');
  throw new VitrineError(
    'hub.choice',
    like.length > 0
      ? sentence`Several files of ${repository.name} have ${wanted} in their names: ${names}. Name one of them.`
      : sentence`${repository.name} has no ${wanted}. It has: ${names}.`,
  );
}

/** What a tokenizer is asked for by. */
export const TOKENIZER_FILE = 'tokenizer.json';

/** What says how a model makes tokens of a text, without its weights. @throws VitrineError `hub.tokenizer` */
export function tokenizerChoice<F extends ListedFile>({ name, files }: Listed<F>): Choice<F> {
  if (files.some(({ path }) => path === TOKENIZER_FILE)) {
    return choice(
      TOKENIZER_FILE,
      'folder',
      files.filter(({ path }) => TOKENIZER.test(path)),
    );
  }
  throw new VitrineError(
    'hub.tokenizer',
    sentence`${name} has no tokenizer.json, which says how a text becomes tokens. Choose another model with the same tokenizer, or its files on this machine.`,
  );
}

/** Those that a person may mean: the one of that name, or all that have it in theirs. */
export function choicesLike<C extends { name: string }>(choices: readonly C[], wanted: string): readonly C[] {
  const named = choices.find(({ name }) => name === wanted);
  return named ? [named] : choices.filter(({ name }) => name.toLowerCase().includes(wanted.toLowerCase()));
}

/** What is at the root: a single file of weights, as transformers prefers it, or the shards with their index. */
function folderOf<F extends ListedFile>(files: readonly F[]): Choice<F>[] {
  const isWhole = files.some(({ path }) => path === WHOLE);
  const weights = files.filter(({ path }) => (isWhole ? path === WHOLE : SHARD.test(path)) || path === ADAPTER);
  if (weights.length === 0) return [];
  const aside = files.filter(({ path }) => ASIDE.test(path) || (!isWhole && path === SHARD_INDEX));
  return [choice(FOLDER, 'folder', [...aside, ...weights])];
}

/** One a file, and one for all parts of a model that has several; without parts it is none. */
function ggufsOf<F extends ListedFile>(files: readonly F[]): Choice<F>[] {
  const ggufs = files.filter(({ path }) => GGUF.test(path));
  const byModel = new Map<string, F[]>();
  for (const file of ggufs) {
    const model = file.path.replace(PART, '-of-$2');
    byModel.set(model, [...(byModel.get(model) ?? []), file]);
  }
  return [...byModel.values()]
    .map((parts) => parts.toSorted((one, other) => (one.path < other.path ? -1 : 1)))
    .filter((parts) => parts.length === Number(PART.exec(parts[0]?.path ?? '')?.[2] ?? 1))
    .map((parts) => choice(parts[0]?.path ?? '', 'gguf', parts));
}

function choice<F extends ListedFile>(name: string, kind: Choice['kind'], files: F[]): Choice<F> {
  return { name, kind, files, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
}

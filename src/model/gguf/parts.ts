import { basename, dirname, join } from 'node:path';
import { type Sentence, sentence, VitrineError } from '../../shared/errors';
import { type ByteSource, openFile } from '../checkpoint/byte-source';
import type { GgufMetadata } from './metadata';
import { type GgufFile, ggufOf, readMetadata } from './reader';

/** As llama.cpp names the files of a model that is split. */
const PART_NAME = /^(.*)-(\d{5})-of-(\d{5})(\.gguf)$/i;

/**
 * All files of the model that a file belongs to, in their order, with a pause at every yield. The first has the metadata.
 *
 * @param sources takes what is opened, also where the reading fails
 * @throws VitrineError `gguf.parts` where a part is missing or does not belong to the others, and what `ggufOf` throws.
 */
export function* partsOf(path: string, sources: ByteSource[]): Generator<undefined, [GgufFile, ...GgufFile[]]> {
  const chosen = yield* open(path, sources);
  const count = chosen.metadata.optionalNumber('split.count') ?? 1;
  if (count <= 1) return [chosen];
  const names = partNames(path, count);
  const parts: GgufFile[] = [];
  for (const [index, name] of names.entries()) {
    const part = name === basename(path) ? chosen : yield* openPart(path, name, sources);
    refuseStranger(path, part, index, count);
    parts.push(part);
  }
  refuseContradictions(path, parts);
  return parts as [GgufFile, ...GgufFile[]];
}

/** What the model that a file belongs to says of itself, without its tensors, with a pause at every yield. */
export function* metadataOf(path: string): Generator<undefined, GgufMetadata> {
  const source = openFile(path);
  try {
    const metadata = yield* readMetadata(source);
    if ((metadata.optionalNumber('split.no') ?? 0) === 0) return metadata;
    const [first = ''] = partNames(path, metadata.optionalNumber('split.count') ?? 0);
    return first === basename(path) ? metadata : yield* metadataOf(join(dirname(path), first));
  } finally {
    source.close();
  }
}

function* open(path: string, sources: ByteSource[]): Generator<undefined, GgufFile> {
  const source = openFile(path);
  sources.push(source);
  return yield* ggufOf(source);
}

function* openPart(path: string, name: string, sources: ByteSource[]): Generator<undefined, GgufFile> {
  try {
    return yield* open(join(dirname(path), name), sources);
  } catch (error) {
    if (!(error instanceof VitrineError) || error.code !== 'file.missing') throw error;
    throw damaged(path, sentence`the part ${name} is not in its folder`);
  }
}

/** @throws VitrineError where the file's name does not say what the others are called. */
function partNames(path: string, count: number): string[] {
  const [, stem = '', , last = '', ending = ''] = PART_NAME.exec(basename(path)) ?? [];
  if (Number(last) === count) {
    const digits = (index: number) => String(index).padStart(5, '0');
    return Array.from({ length: count }, (_, i) => `${stem}-${digits(i + 1)}-of-${digits(count)}${ending}`);
  }
  throw new VitrineError(
    'gguf.parts',
    sentence`${path} is one of ${count} parts of a model, and its name does not say what the others are called: give them the names that they had, which end as -00001-of-0000N.gguf.`,
  );
}

/** A part says of itself which one it is. */
function refuseStranger(path: string, { metadata, path: part }: GgufFile, index: number, count: number): void {
  const number = metadata.optionalNumber('split.no');
  if (number === index && metadata.optionalNumber('split.count') === count) return;
  throw damaged(path, sentence`${part} does not say that it is part ${index + 1} of ${count}`);
}

function refuseContradictions(path: string, [first, ...others]: readonly GgufFile[]): void {
  const seen = new Set(first?.tensors.keys());
  for (const { tensors, metadata, path: part } of others) {
    const architecture = metadata.optionalString('general.architecture');
    if (architecture !== undefined && architecture !== first?.metadata.optionalString('general.architecture')) {
      throw damaged(path, sentence`${part} is of another architecture than the first part`);
    }
    for (const name of tensors.keys()) {
      if (seen.has(name)) throw damaged(path, sentence`the tensor ${name} is in more than one of them`);
      seen.add(name);
    }
  }
  const total = first?.metadata.optionalNumber('split.tensors.count') ?? seen.size;
  if (total !== seen.size) throw damaged(path, sentence`they hold ${seen.size} tensors and should hold ${total}`);
}

const damaged = (path: string, reason: Sentence) =>
  new VitrineError(
    'gguf.parts',
    sentence`${path} is a part of a model whose parts do not fit together: ${reason}. Get all of them again.`,
  );

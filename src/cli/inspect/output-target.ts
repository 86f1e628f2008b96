import { type BigIntStats, constants, fstatSync, statSync } from 'node:fs';
import { access, open, readdir, realpath, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { reasonText } from '../../display/sentences';
import { isInspectorPage } from '../../inspector';
import { VitrineError } from '../../shared/errors';
import { systemCodeOf } from '../../shared/system-errors';
import { compiledModels } from '../compiled-models';
import { UsageError } from '../usage-error';
import { isArraysFile } from './arrays-header';

/** A file that a run reads: a path, or the descriptor of one that is open. */
export type SourceFile = string | number;

export interface OutputTarget {
  /** That names it. */
  option: '--html' | '--save' | '--report' | '--export' | '--export-removed';
  path: string;
  /** The files that are read, which may never be written over. */
  sources: readonly SourceFile[];
  /** Whether a file that is there may be written over though it is none of ours. */
  force: boolean;
}

/** Which files are known to be of Vitrine: the others stay, whoever wrote them. */
const KINDS: Partial<Record<OutputTarget['option'], { name: string; isOurs: (path: string) => Promise<boolean> }>> = {
  '--html': { name: 'page', isOurs: isInspectorPage },
  '--report': { name: 'page', isOurs: isInspectorPage },
  '--save': { name: 'file of arrays', isOurs: isArraysFile },
};

/**
 * Whether a file may be written: before anything that takes long, and again before it is done.
 *
 * @throws VitrineError `output.unwritable`, UsageError where it would write over what is read, over a compiled model, or
 * over what Vitrine did not write.
 */
export async function checkWritable({ option, path, sources, force }: OutputTarget): Promise<void> {
  const found = await stat(path, { bigint: true }).catch((error: unknown) => {
    if (systemCodeOf(error) !== 'ENOENT') throw unwritable(error, path);
  });
  if (found?.isDirectory()) throw unwritable(Object.assign(new Error(), { code: 'EISDIR' }), path);
  if (found?.isFIFO() || found?.isSocket()) {
    throw new VitrineError('output.unwritable', `${path} is no file: it would wait for whoever reads it. Name a file.`);
  }
  const { folder } = compiledModels();
  if (found ? await hasFile(folder, found) : await isIn(folder, path)) {
    throw new UsageError(`${path} belongs to the compiled models in ${folder}. Name another file.`);
  }
  await (found ? access(path, constants.W_OK) : tryToMake(path)).catch((error: unknown) => {
    throw unwritable(error, path);
  });
  if (found === undefined) return;
  if (sources.some((source) => isFile(source, found))) {
    throw new UsageError(`${option} would write over ${path}, which is read. Name another file.`);
  }
  const kind = KINDS[option];
  if (force || (await kind?.isOurs(path))) return;
  const isThere = kind ? `is there, and is no ${kind.name} that Vitrine wrote` : 'is there';
  throw new UsageError(`${path} ${isThere}. Name another file, or say --force to write over it.`);
}

export function unwritable(error: unknown, path: string): VitrineError {
  return new VitrineError('output.unwritable', sentenceOf(error, path));
}

function sentenceOf(error: unknown, path: string): string {
  const folder = dirname(path);
  switch (systemCodeOf(error)) {
    case 'ENOENT':
      return isThere(folder)
        ? `${folder} takes no new files. Name a file in another folder.`
        : `There is no folder ${folder} to write ${basename(path)} in. Make it, or name another.`;
    case 'EISDIR':
      return `${path} is a folder. Name a file in it.`;
    case 'EACCES':
      return `You have no permission to write ${path}. Name another file, or change the permissions.`;
    default:
      return `${path} could not be written: ${reasonText(error)}. Name another file, or put that right.`;
  }
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Makes a file and removes it: there are folders (/proc) that seem to be writable until one tries. */
async function tryToMake(path: string): Promise<void> {
  await (await open(path, 'wx')).close();
  await unlink(path);
}

/** Whether a file that there is not would be in a folder, or in one below it. */
async function isIn(folder: string, path: string): Promise<boolean> {
  const place = await realpath(dirname(path)).catch(() => '');
  const real = await realpath(folder).catch(() => folder);
  return `${place}${sep}`.startsWith(`${real}${sep}`);
}

async function hasFile(folder: string, file: BigIntStats): Promise<boolean> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  return names.some((name) => isFile(join(folder, name), file));
}

/** By device and inode: links have other names. */
function isFile(source: SourceFile, { dev, ino }: BigIntStats): boolean {
  try {
    const stats = typeof source === 'number' ? fstatSync(source, { bigint: true }) : statSync(source, { bigint: true });
    return stats.dev === dev && stats.ino === ino;
  } catch {
    return false;
  }
}

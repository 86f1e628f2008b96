import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { folderNameOf } from '../../shared/folder-name';
import { type Candidate, withoutRevision } from './candidate';

/** Stands in every folder of a model. */
export const CONFIG = 'config.json';

/** Weights, and what cannot be opened but is told of with the reason. What only has a configuration and a tokenizer is no model. */
const WEIGHTS = /^(?!adapter_|diffusion_).*\.safetensors$|^(pytorch_)?model.*\.bin$/;

/** A revision in the cache of Hugging Face's tools. */
const SNAPSHOT = /\/models--([^/]+)\/snapshots\/([^/]+)$/;
const COMMIT_SHOWN = 7;

/** The model that a folder with a configuration is, in a place; undefined where it is none, or an old state of one. */
export async function folderCandidate(place: string, folder: string): Promise<Candidate | undefined> {
  if (!(await readdir(folder)).some((name) => WEIGHTS.test(name))) return undefined;
  const [, repository, commit = ''] = SNAPSHOT.exec(withSlashes(folder)) ?? [];
  if (repository !== undefined) return snapshotCandidate(folder, repository.split('--'), commit);
  const inPlace = withSlashes(relative(place, folder));
  // A folder of a revision, such as the text encoder of a model of images.
  const longNameInside = withoutRevision(inPlace);
  if (longNameInside !== inPlace)
    return {
      path: folder,
      name: longNameInside.slice(longNameInside.indexOf('/') + 1),
      longName: longNameInside,
      setting: folder,
    };
  const name = folderNameOf(folder);
  return { path: folder, name, longName: inPlace || name, setting: folder };
}

/** @param parts of the repository's name: who owns it, and what it is called */
async function snapshotCandidate(folder: string, parts: string[], commit: string): Promise<Candidate | undefined> {
  const repository = dirname(dirname(folder));
  const revision = await revisionOf(repository, commit);
  if (revision === undefined) return undefined;
  // By the repository, the setting finds it again after an update.
  const [setting, suffix] = revision === 'main' ? [repository, ''] : [folder, `@${revision}`];
  return { path: folder, name: `${parts.at(-1)}${suffix}`, longName: `${parts.join('/')}${suffix}`, setting };
}

const withSlashes = (path: string) => path.split(sep).join('/');

/** How many bytes a folder's weights take, and when what decides about it was last written to, in milliseconds since 1970. */
export async function folderOnDisk(folder: string): Promise<{ bytes: number; written: number }> {
  const names = (await readdir(folder)).filter((name) => WEIGHTS.test(name) || name.endsWith('.json'));
  const files = await Promise.all(names.map(async (name) => ({ name, ...(await sizeAndTime(join(folder, name))) })));
  return {
    bytes: files.reduce((sum, { name, bytes }) => sum + (WEIGHTS.test(name) ? bytes : 0), 0),
    written: Math.max(...files.map(({ written }) => written)),
  };
}

async function sizeAndTime(file: string): Promise<{ bytes: number; written: number }> {
  const { size, mtimeMs } = await stat(file);
  return { bytes: size, written: mtimeMs };
}

/**
 * What people call a commit that the cache has: `main`, another name that refers to it, or its number where there are no
 * names at all; undefined where names refer to others only: it is what an update has left.
 */
async function revisionOf(repository: string, commit: string): Promise<string | undefined> {
  const refs = join(repository, 'refs');
  const entries = existsSync(refs) ? await readdir(refs, { recursive: true, withFileTypes: true }) : [];
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const commits = await Promise.all(files.map(async (file) => (await readFile(file, 'utf8')).trim()));
  const own = files.filter((_, index) => commits[index] === commit).map((file) => withSlashes(relative(refs, file)));
  if (own.includes('main')) return 'main';
  return own[0] ?? (files.length === 0 ? commit.slice(0, COMMIT_SHOWN) : undefined);
}

import { link as hardLink, mkdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { getRepoFolderName } from '@huggingface/hub';
import { isMissing, systemCodeOf } from '../shared/system-errors';
import type { Hub } from './hub';
import type { HubFile, Repository } from './repository';

/*
 * A model in the cache that all of Hugging Face's tools share:
 * models--OWNER--NAME/{blobs/CHECKSUM, refs/main, snapshots/COMMIT/PATH}. A snapshot's files are links to blobs.
 */

/** Names the state of a model that is the latest. */
export const refOf = (cacheFolder: string, name: string): string => join(rootOf(cacheFolder, name), 'refs', 'main');

const rootOf = (cacheFolder: string, name: string): string =>
  join(cacheFolder, getRepoFolderName({ type: 'model', name }));

/** Of a model, its name and a commit. */
type State = Pick<Repository, 'name' | 'revision'>;

/** Where the parts of a model are. */
export interface ModelFolder {
  blobs: string;
  /** Of this state of the model. */
  snapshot: string;
  /** Says which state is the latest. */
  ref: string;
}

export function modelFolder({ cacheFolder }: Pick<Hub, 'cacheFolder'>, { name, revision }: State): ModelFolder {
  const root = rootOf(cacheFolder, name);
  return { blobs: join(root, 'blobs'), snapshot: join(root, 'snapshots', revision), ref: refOf(cacheFolder, name) };
}

export const blobOf = ({ blobs }: ModelFolder, { checksum }: HubFile): string => join(blobs, checksum.hex);

/** What has come of a blob that is not whole yet: so called by the other tools as well. */
export const incompleteOf = (folder: ModelFolder, file: HubFile): string => `${blobOf(folder, file)}.incomplete`;

export const placeOf = ({ snapshot }: ModelFolder, { path }: HubFile): string => join(snapshot, ...path.split('/'));

/** Whether a file is here already, whichever tool has brought it. */
export async function isHere(folder: ModelFolder, file: HubFile): Promise<boolean> {
  return (await sizeOf(placeOf(folder, file))) === file.bytes || (await sizeOf(blobOf(folder, file))) === file.bytes;
}

/** How many bytes of a file came before a connection broke. What is too long is begun anew. */
export async function bytesBegun(folder: ModelFolder, file: HubFile): Promise<number> {
  const bytes = (await sizeOf(incompleteOf(folder, file))) ?? 0;
  return bytes > file.bytes ? 0 : bytes;
}

/** Puts files whose blobs are whole into the snapshot, and names that the latest. */
export async function publish(
  folder: ModelFolder,
  files: readonly HubFile[],
  revision: string,
  link = symlink,
): Promise<void> {
  for (const file of files) await place(folder, file, link);
  await mkdir(dirname(folder.ref), { recursive: true });
  await writeFile(folder.ref, revision);
}

async function place(folder: ModelFolder, file: HubFile, link: typeof symlink): Promise<void> {
  const place = placeOf(folder, file);
  if ((await sizeOf(place)) === file.bytes) return;
  const blob = blobOf(folder, file);
  await mkdir(dirname(place), { recursive: true });
  // A link that leads nowhere, or a file that was cut.
  await rm(place, { force: true });
  try {
    await link(relative(dirname(place), blob), place);
  } catch (error) {
    // Another process has been faster.
    if (systemCodeOf(error) === 'EEXIST') return;
    if (!isWithoutLinks(error)) throw error;
    // One file with two names where the disk has that: a later state of the model finds its blob again. Else it is moved.
    await hardLink(blob, place).catch(() => rename(blob, place));
  }
}

/** What Windows says to those who may not make links, and what disks say that have none. */
function isWithoutLinks(error: unknown): boolean {
  return ['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EINVAL'].includes(systemCodeOf(error) ?? '');
}

/** In bytes; undefined where there is no such file. */
export async function sizeOf(path: string): Promise<number | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

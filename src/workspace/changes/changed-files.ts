import { sentence, VitrineError } from '../../shared/errors';
import type { Git } from './git';
import { type ComparedFile, type Hunk, hunksOfFiles, PLAIN } from './hunks';

/** Which changes: all that is not committed, of that what is staged, all since a commit, or from one commit to another. */
export type ChangeScope =
  | { kind: 'uncommitted' }
  | { kind: 'staged' }
  | { kind: 'since'; from: string }
  | { kind: 'between'; from: string; to: string };

/** One side of a file: by the id that Git stores it under, or as it is on disk. */
export type FileVersion = { kind: 'stored'; id: string } | { kind: 'onDisk' };

/** A file of text that was changed. */
export interface ChangedFile {
  /** From the top folder of the repository, with `/`. */
  path: string;
  /** Where it was before, if it was. */
  pathBefore: string | undefined;
  before: FileVersion | undefined;
  after: FileVersion;
  /** Undefined of a file that Git does not know: all of it is new. */
  hunks: readonly Hunk[] | undefined;
}

/** Why a file of a change is not read before anything is known of its text. */
export type NotCompared = 'deleted' | 'submodule' | 'link' | 'conflict' | 'binary' | 'unchanged';

export interface Changes {
  files: ChangedFile[];
  /** `unchanged` of a file that has only another name or mode. */
  notCompared: { path: string; why: NotCompared }[];
  /** Of those among them that are gone. */
  deleted: DeletedFile[];
}

/** A file of text that was deleted. */
export interface DeletedFile {
  path: string;
  before: FileVersion;
}

const NUL = 0;
const SUBMODULE = '160000';
const LINK = '120000';

/**
 * The files of a change.
 *
 * @param paths only what is there: files and folders, from the top folder of the repository; all where there is none
 * @throws VitrineError where Git fails, or a revision is none
 */
export async function readChanges(
  git: Git,
  scope: ChangeScope,
  signal?: AbortSignal,
  paths: readonly string[] = [],
): Promise<Changes> {
  const only = paths.map((path) => `:(top,literal)${path}`);
  const compare = [...(await comparisonOf(git, scope)), ...only];
  const raw = await git.records(['diff', ...PLAIN, '--raw', '-z', '--no-abbrev', ...compare], NUL, signal);
  const entries = entriesOf(raw);
  const compared = await hunksOfFiles(git, compare, signal);
  // Against the index, a file that is in conflict has no part of the text, and one that became something else has two.
  const parts = entries.flatMap((entry) =>
    entry.status === 'U' ? [] : entry.status === 'T' ? [entry, entry] : [entry],
  );
  if (parts.length !== compared.length) {
    throw new VitrineError('changes.moving', sentence`Files were changed while Git compared them. Try again.`);
  }
  const inConflict = await conflicts(git, signal);
  const changes: Changes = { files: [], notCompared: [], deleted: [] };
  for (const entry of entries) {
    const file = compared[parts.indexOf(entry)];
    const isInConflict = scope.kind !== 'between' && inConflict.has(entry.path);
    const why = isInConflict ? 'conflict' : whyNotCompared(entry, file);
    if (why) changes.notCompared.push({ path: entry.path, why });
    else changes.files.push(fileOf(entry, scope, file?.hunks ?? []));
    if (why === 'deleted' && !file?.isBinary) {
      changes.deleted.push({ path: entry.path, before: { kind: 'stored', id: entry.ids[0] } });
    }
  }
  if (isOfFilesOnDisk(scope)) changes.files.push(...(await newFiles(git, only, signal)));
  return changes;
}

/** `A..B`, `A...B` for what B has since it left A, or `A` for all since A, as `git diff` has them. @throws VitrineError where a name stands for no commit */
export async function parseScope(git: Git, range: string): Promise<ChangeScope> {
  const [, from = '', dots, to = ''] = /^(.*?)(?:(\.{2,3})(.*))?$/s.exec(range) ?? [];
  const [a, b] = [await git.commit(from || 'HEAD'), await git.commit(to || 'HEAD')];
  if (dots === undefined) return { kind: 'since', from: a };
  if (dots !== '...') return { kind: 'between', from: a, to: b };
  const [base = a] = await git.records(['merge-base', a, b], 0x0a);
  return { kind: 'between', from: base, to: b };
}

/** Whether the new side are the files as they are. */
const isOfFilesOnDisk = ({ kind }: ChangeScope) => kind === 'uncommitted' || kind === 'since';

async function comparisonOf(git: Git, scope: ChangeScope): Promise<string[]> {
  if (scope.kind === 'since') return [scope.from, '--'];
  if (scope.kind === 'between') return [scope.from, scope.to, '--'];
  if (scope.kind === 'staged') return ['--cached', '--'];
  // Before the first commit all is new.
  const base = await git.commit('HEAD').catch(() => undefined);
  return [base ?? (await emptyTree(git)), '--'];
}

async function emptyTree(git: Git): Promise<string> {
  const [id = ''] = await git.records(['hash-object', '-t', 'tree', '--stdin'], 0x0a);
  return id;
}

/** A record of `git diff --raw`. */
interface Entry {
  modes: [before: string, after: string];
  ids: [before: string, after: string];
  /** A letter: https://git-scm.com/docs/git-diff#_raw_output_format */
  status: string;
  pathBefore: string;
  path: string;
}

function entriesOf(records: readonly string[]): Entry[] {
  const entries: Entry[] = [];
  for (let at = 0; at < records.length; ) {
    const [modeBefore = '', mode = '', idBefore = '', id = '', status = ''] = (records[at++] ?? '').slice(1).split(' ');
    const pathBefore = records[at++] ?? '';
    const path = /^[RC]/.test(status) ? (records[at++] ?? '') : pathBefore;
    entries.push({ modes: [modeBefore, mode], ids: [idBefore, id], status: status.slice(0, 1), pathBefore, path });
  }
  return entries;
}

function whyNotCompared({ modes, status }: Entry, file: ComparedFile | undefined): NotCompared | undefined {
  if (status === 'D') return 'deleted';
  if (modes.includes(SUBMODULE)) return 'submodule';
  if (modes.includes(LINK)) return 'link';
  if (file?.isBinary) return 'binary';
  return file?.hunks.length ? undefined : 'unchanged';
}

function fileOf(
  { ids: [before, after], status, pathBefore, path }: Entry,
  scope: ChangeScope,
  hunks: readonly Hunk[],
): ChangedFile {
  return {
    path,
    pathBefore: status === 'A' ? undefined : pathBefore,
    before: status === 'A' ? undefined : { kind: 'stored', id: before },
    // Of a file that was renamed and changed since, Git tells an id under which nothing is stored.
    after: isOfFilesOnDisk(scope) ? { kind: 'onDisk' } : { kind: 'stored', id: after },
    hunks,
  };
}

/** Files in which Git has written both sides of a merge. */
async function conflicts(git: Git, signal?: AbortSignal): Promise<Set<string>> {
  const records = await git.records(['ls-files', '--unmerged', '-z'], NUL, signal);
  return new Set(records.map((record) => record.slice(record.indexOf('\t') + 1)));
}

/** Files that Git does not know, and does not ignore. */
async function newFiles(git: Git, only: readonly string[], signal?: AbortSignal): Promise<ChangedFile[]> {
  const paths = await git.records(['ls-files', '--others', '--exclude-standard', '-z', '--', ...only], NUL, signal);
  return (
    paths
      // Another repository in this one.
      .filter((path) => !path.endsWith('/'))
      .map((path) => ({ path, pathBefore: undefined, before: undefined, after: { kind: 'onDisk' }, hunks: undefined }))
  );
}

import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { sentence, VitrineError } from '../../shared/errors';
import { isMissing } from '../../shared/system-errors';

/** What Git says is asked for in English, and nothing is locked for it. */
const ENVIRONMENT = { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' };
const LINE_FEED = 0x0a;
/** UTF-16 units of what Git complains. */
const COMPLAINT = 2000;

/** A repository, asked through the program. */
export class Git {
  readonly #program: string;
  /** Its top folder. */
  readonly root: string;

  private constructor(program: string, root: string) {
    this.#program = program;
    this.root = root;
  }

  /**
   * The repository that a folder is in.
   *
   * @throws VitrineError where Git is missing, or the folder is in none
   */
  static async open(folder: string, program = 'git'): Promise<Git> {
    const [root = ''] = await new Git(program, folder).records(['rev-parse', '--show-toplevel'], LINE_FEED);
    // Of one without files there is nothing to compare.
    if (root === '') throw noRepository(folder);
    return new Git(program, root);
  }

  /** What Git prints, cut at a byte; what stands after the last such byte is a record too, unless it is empty. @throws VitrineError */
  async records(args: readonly string[], separator: number, signal?: AbortSignal): Promise<string[]> {
    const records: string[] = [];
    for await (const record of this.eachRecord(args, separator, Number.POSITIVE_INFINITY, signal)) records.push(record);
    return records;
  }

  /** The same one after another, of each no more than so many bytes. @throws VitrineError */
  async *eachRecord(
    args: readonly string[],
    separator: number,
    mostBytes: number,
    signal?: AbortSignal,
  ): AsyncGenerator<string> {
    let record = Buffer.alloc(0);
    const add = (part: Buffer) => {
      if (record.length < mostBytes) record = Buffer.concat([record, part.subarray(0, mostBytes - record.length)]);
    };
    for await (let rest of this.#run(args, signal)) {
      for (let end = rest.indexOf(separator); end >= 0; end = rest.indexOf(separator)) {
        add(rest.subarray(0, end));
        yield record.toString('utf8');
        record = Buffer.alloc(0);
        rest = rest.subarray(end + 1);
      }
      add(rest);
    }
    if (record.length > 0) yield record.toString('utf8');
  }

  /** The bytes of a file as it is stored, where they are no more than so many. @throws VitrineError */
  async blob(id: string, mostBytes: number, signal?: AbortSignal): Promise<Buffer | 'tooLarge'> {
    const [size = ''] = await this.records(['cat-file', '-s', id], LINE_FEED, signal);
    if (Number(size) > mostBytes) return 'tooLarge';
    const parts: Buffer[] = [];
    for await (const part of this.#run(['cat-file', 'blob', id], signal)) parts.push(part);
    return Buffer.concat(parts);
  }

  /** The commit that a name stands for. @throws VitrineError where it stands for none */
  async commit(name: string): Promise<string> {
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`];
    const [id] = await this.records(args, LINE_FEED).catch(() => []);
    if (id) return id;
    throw new VitrineError(
      'changes.revision',
      sentence`${name} is no commit of this repository. Give a commit, a branch or a tag that it has.`,
    );
  }

  /** The branch that others leave and come back to: that of the remote, or what the current one follows; undefined where there is neither. */
  async mainBranch(): Promise<string | undefined> {
    for (const name of ['origin/HEAD', '@{upstream}']) {
      const args = ['rev-parse', '--verify', '--quiet', '--abbrev-ref', name];
      const [branch] = await this.records(args, LINE_FEED).catch(() => []);
      if (branch) return branch;
    }
    return undefined;
  }

  async *#run(args: readonly string[], signal?: AbortSignal): AsyncGenerator<Buffer> {
    const child = spawn(this.#program, args, {
      cwd: this.root,
      env: ENVIRONMENT,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(signal && { signal }),
    });
    const ended = endOf(child);
    // Its failure is told below, when all that it said has been read.
    ended.catch(() => {});
    try {
      for await (const part of child.stdout) yield part as Buffer;
      await ended;
    } catch (error) {
      signal?.throwIfAborted();
      throw error instanceof VitrineError ? error : gitMissing(error, this.root);
    } finally {
      child.kill();
    }
  }
}

/** Resolves when the program has ended well. @throws VitrineError with what it complained of */
async function endOf(child: ChildProcessByStdio<null, Readable, Readable>): Promise<void> {
  let complaint = '';
  child.stderr.on('data', (part) => {
    complaint = (complaint + part).slice(0, COMPLAINT);
  });
  const [code] = await once(child, 'close');
  if (code === 0) return;
  if (/not a git repository|must be run in a work tree/.test(complaint)) throw noRepository(undefined);
  const [line = ''] = complaint.split('\n');
  const reason = line.replace(/^(fatal|error): /, '').replace(/\.$/, '') || `exit code ${code}`;
  throw new VitrineError('changes.git', sentence`Git failed: ${reason}.`);
}

function noRepository(folder: string | undefined): VitrineError {
  return new VitrineError(
    'changes.noRepository',
    folder === undefined
      ? sentence`This folder is in no Git repository, so nothing tells what has changed. Go to one that is.`
      : sentence`${folder} is in no Git repository, so nothing tells what has changed. Choose a folder that is.`,
  );
}

function gitMissing(error: unknown, folder: string): unknown {
  if (!isMissing(error)) return error;
  return new VitrineError(
    'changes.noGit',
    sentence`Git could not be started in ${folder}: install it, or put it on the PATH.`,
  );
}

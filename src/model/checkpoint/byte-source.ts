import { closeSync, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { sentence, VitrineError } from '../../shared/errors';
import { reasonOf } from '../../shared/system-errors';

/** Bytes that can be read at any place: a file, or what a test makes of one. */
export interface ByteSource {
  /** Names the source in errors. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** Exactly `length` bytes, in a buffer of their own. The caller has checked that they lie inside `size`. */
  read(position: number, length: number): Uint8Array;
  close(): void;
}

/** https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
const POINTER_START = 'version https://git-lfs';
const POINTER_BYTES = 1024;

/**
 * Opens a file for reading. The caller closes it.
 *
 * @throws VitrineError `file.missing`, `file.folder`, `file.notFile`, `file.pointer` or `file.unreadable`; `read` throws
 * `file.truncated` if the file has become shorter, and `file.unreadable`.
 */
export function openFile(path: string): ByteSource {
  refuseOtherThanFile(
    path,
    readable(path, () => statSync(path)),
  );
  const descriptor = readable(path, () => openSync(path, 'r'));
  const source: ByteSource = {
    path,
    size: fstatSync(descriptor).size,
    read: (position, length) => readExactly(path, descriptor, position, length),
    close: () => closeSync(descriptor),
  };
  refusePointer(source);
  return source;
}

/** Without Git LFS, Git leaves a few lines of text in the place of a large file. */
function refusePointer(source: ByteSource): void {
  if (source.size > POINTER_BYTES) return;
  if (!Buffer.from(source.read(0, source.size)).toString('latin1').startsWith(POINTER_START)) return;
  source.close();
  throw new VitrineError(
    'file.pointer',
    sentence`${source.path} only says where the file is, because Git did not get it: run git lfs pull in its folder.`,
  );
}

/** Before it is opened: opening a named pipe would wait for a writer that may never come. */
function refuseOtherThanFile(path: string, stats: Stats): void {
  if (stats.isDirectory()) {
    throw new VitrineError('file.folder', sentence`${path} is a folder and should be a file: get the model again.`);
  }
  if (!stats.isFile()) {
    throw new VitrineError(
      'file.notFile',
      sentence`${path} is not a regular file: choose a .gguf file, or the folder of a Hugging Face model.`,
    );
  }
}

function readExactly(path: string, descriptor: number, position: number, length: number): Uint8Array {
  const bytes = Buffer.allocUnsafeSlow(length);
  let filled = 0;
  while (filled < length) {
    // One system call reads less than 2 GiB.
    const wanted = Math.min(length - filled, 2 ** 30);
    const count = readable(path, () => readSync(descriptor, bytes, filled, wanted, position + filled));
    if (count === 0) {
      throw new VitrineError(
        'file.truncated',
        sentence`${path} became shorter while it was being read (at byte ${String(position + filled)}): wait until nothing writes to it and try again.`,
      );
    }
    filled += count;
  }
  return bytes;
}

/** What a call of the system gives. @throws VitrineError `file.missing` or `file.unreadable` */
export function readable<T>(path: string, access: () => T): T {
  try {
    return access();
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
      throw new VitrineError('file.missing', sentence`There is no file ${path}: check the path.`, { cause: error });
    }
    throw new VitrineError('file.unreadable', sentence`${path} cannot be read: ${reasonOf(error)}.`, { cause: error });
  }
}

import { messageOf, type Sentence, sentence } from './errors';

/** What the system's error codes mean, of a file or a stream that is named before: errno(3). */
const REASONS: Readonly<Record<string, Sentence>> = {
  EACCES: sentence`you have no permission`,
  EBADF: sentence`it is not open for that`,
  EBUSY: sentence`another program uses it`,
  EDQUOT: sentence`you may not use more of this disk`,
  EFBIG: sentence`it would be larger than a file may be here`,
  EIO: sentence`the disk reports an error`,
  EISDIR: sentence`it is a folder`,
  ELOOP: sentence`its links lead in a circle`,
  EMFILE: sentence`too many files are open`,
  ENAMETOOLONG: sentence`its name is too long`,
  ENFILE: sentence`too many files are open`,
  ENOENT: sentence`it is not there`,
  ENOSPC: sentence`the disk is full`,
  ENOTDIR: sentence`a part of its path is not a folder`,
  ENXIO: sentence`nothing is connected to it`,
  EPERM: sentence`you have no permission`,
  EROFS: sentence`the disk can only be read`,
};

/** The code of an error that the system has reported, or undefined of any other value. */
export function systemCodeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^E[A-Z0-9]+$/.test(code) ? code : undefined;
}

/** Whether an error says that there is no such file or folder, as of a link that leads nowhere. */
export function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(systemCodeOf(error) ?? '');
}

/** Whether an error says that there is no room left on a disk. */
export function isDiskFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes(systemCodeOf(error) ?? '');
}

/** Why something failed, as a clause without a full stop: in words where the system tells it by a code. */
export function reasonOf(error: unknown): Sentence | string {
  const code = systemCodeOf(error);
  if (code === undefined) return messageOf(error).replace(/\.+$/, '');
  return REASONS[code] ?? sentence`the system reports ${code}`;
}

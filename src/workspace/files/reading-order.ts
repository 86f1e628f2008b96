import type { WorkspaceFile } from './find-files';

/** How many small files come first. */
const FIRST = 20;
/** With fewer, a file has too few tokens behind its first 16, which do not count, for a z. */
const FEWEST_BYTES = 300;

/**
 * Files in the order in which a model reads them: a few small ones, so that there soon is something to see, then those that
 * somebody has open, then by path.
 *
 * @param open their paths
 */
export function inReadingOrder(files: readonly WorkspaceFile[], open: ReadonlySet<string>): WorkspaceFile[] {
  const counting = files.filter(({ bytes }) => bytes >= FEWEST_BYTES);
  const first = new Set(counting.sort((one, other) => one.bytes - other.bytes).slice(0, FIRST));
  const others = files.filter((file) => !first.has(file));
  return [...first, ...others.filter(({ path }) => open.has(path)), ...others.filter(({ path }) => !open.has(path))];
}

import type { Changes } from './changed-files';
import { readTexts } from './file-texts';
import type { Git } from './git';

/** How much a model reads of a change at most: both sides of its files of code, in bytes of UTF-8. @throws VitrineError where Git fails */
export async function sizeOfChanges(
  git: Git,
  { files }: Pick<Changes, 'files'>,
  signal?: AbortSignal,
): Promise<{ files: number; bytes: number }> {
  const size = { files: 0, bytes: 0 };
  for (const file of files) {
    const texts = await readTexts(git, file, signal);
    // It is left out.
    if (typeof texts === 'string') continue;
    size.files++;
    size.bytes += Buffer.byteLength(texts.before) + Buffer.byteLength(texts.after);
  }
  return size;
}

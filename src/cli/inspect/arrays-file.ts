import { type FileHandle, open, unlink } from 'node:fs/promises';
import { formatBytes } from '../../display/format-bytes';
import { warn } from '../output';
import { headerOf, type NamedArray } from './arrays-header';
import { checkWritable, type OutputTarget, unwritable } from './output-target';

/**
 * Writes arrays as a safetensors file.
 *
 * @param metadata begins with `vitrine`, its version
 * @throws VitrineError `output.unwritable`
 */
export async function writeArrays(
  target: OutputTarget,
  metadata: { vitrine: string } & Record<string, string>,
  arrays: readonly NamedArray[],
): Promise<void> {
  await checkWritable(target);
  const { path } = target;
  const header = headerOf(metadata, arrays);
  const file = await open(path, 'w').catch((error: unknown) => {
    throw unwritable(error, path);
  });
  try {
    let bytes = await written(file, header, path);
    for (const array of arrays) {
      const { buffer, byteOffset, byteLength } = await array.read();
      bytes += await written(file, Buffer.from(buffer, byteOffset, byteLength), path);
    }
    warn(`Wrote ${path} (${formatBytes(bytes)}).`);
  } catch (error) {
    // A part of it would be taken for the whole.
    if ((await file.stat()).isFile()) await unlink(path).catch(() => {});
    throw error;
  } finally {
    await file.close().catch(() => {});
  }
}

async function written(file: FileHandle, bytes: Buffer, path: string): Promise<number> {
  await file.writeFile(bytes).catch((error: unknown) => {
    throw unwritable(error, path);
  });
  return bytes.length;
}

import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type DigestOptions, fileIdentity, fileSample } from './identity';

/**
 * What a model contains, wherever its files lie, in hexadecimal: of one file its SHA-256, of several the SHA-256 of lines
 * "name size SHA-256" by name.
 *
 * @throws VitrineError `model.unreadable`
 */
export const checkpointIdentity = (
  files: readonly string[],
  cacheFolder: string,
  options?: DigestOptions,
): Promise<string> => joined(files, (file) => fileIdentity(file, cacheFolder, options));

/**
 * The same of samples of the files, which are read anew every time.
 *
 * @throws VitrineError `model.unreadable`
 */
export const checkpointSample = (files: readonly string[]): Promise<string> => joined(files, fileSample);

async function joined(files: readonly string[], digestOf: (file: string) => Promise<string>): Promise<string> {
  const lines: string[] = [];
  for (const file of files) {
    const digest = await digestOf(file);
    if (files.length === 1) return digest;
    lines.push(`${basename(file)} ${(await stat(file)).size} ${digest}`);
  }
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex');
}

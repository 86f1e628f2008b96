import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { type DigestOptions, fileIdentity, fileSample } from './identity';

/**
 * What a model's files contain, wherever they lie: SHA-256 in hexadecimal, of the file itself where it is one.
 *
 * @throws VitrineError `model.unreadable`
 */
export function checkpointIdentity(
  files: readonly string[],
  cacheFolder: string,
  options?: DigestOptions,
): Promise<string> {
  return ofAll(files, (file) => fileIdentity(file, cacheFolder, options));
}

/** A digest of places of every file, as `fileSample` takes it. @throws VitrineError `model.unreadable` */
export function checkpointSample(files: readonly string[]): Promise<string> {
  return ofAll(files, fileSample);
}

async function ofAll(files: readonly string[], digestOf: (file: string) => Promise<string>): Promise<string> {
  const lines: string[] = [];
  for (const file of files) lines.push(`${basename(file)} ${await digestOf(file)}\n`);
  if (files.length === 1) return (lines[0] as string).split(' ').at(-1)?.trim() ?? '';
  return createHash('sha256').update(lines.sort().join('')).digest('hex');
}

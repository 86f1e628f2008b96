import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, readFile, rename, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fileIdentity } from '../../src/model/cache/identity';
import { temporaryFolder } from '../support/temporary-folder';

/** FIPS 180-4's example. */
const SHA256_OF_ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

test("a file's identity is its content's SHA-256, by whatever name", async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'model.gguf');
  await writeFile(file, 'abc');
  await symlink(file, join(folder, 'link.gguf'));
  expect(await fileIdentity(file, folder)).toBe(SHA256_OF_ABC);
  expect(await fileIdentity(join(folder, 'link.gguf'), folder)).toBe(SHA256_OF_ABC);
});

test('a file larger than one read', async () => {
  const folder = temporaryFolder();
  const bytes = randomBytes(3_000_001);
  await writeFile(join(folder, 'model.gguf'), bytes);
  const expected = createHash('sha256').update(bytes).digest('hex');
  expect(await fileIdentity(join(folder, 'model.gguf'), folder)).toBe(expected);
});

describe('a file that was hashed before', () => {
  test('is hashed again when it was written to', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'model.gguf');
    await writeFile(file, 'xyz');
    await utimes(file, 1, 1);
    await fileIdentity(file, folder);
    await writeFile(file, 'abc');
    expect(await fileIdentity(file, folder)).toBe(SHA256_OF_ABC);
  });

  test('is hashed again when another of the same size and time took its place', async () => {
    const folder = temporaryFolder();
    const [file, other] = [join(folder, 'model.gguf'), join(folder, 'other.gguf')];
    await writeFile(file, 'xyz');
    await writeFile(other, 'abc');
    await utimes(file, 1, 1);
    await utimes(other, 1, 1);
    await fileIdentity(file, folder);
    await rename(other, file);
    expect(await fileIdentity(file, folder)).toBe(SHA256_OF_ABC);
  });

  test('is not read again otherwise', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'model.gguf');
    await writeFile(file, 'abc');
    await utimes(file, 1, 1);
    await fileIdentity(file, folder);
    // Same size, time and inode: only reading it would show the difference.
    await writeFile(file, 'xyz');
    await utimes(file, 1, 1);
    expect(await fileIdentity(file, folder)).toBe(SHA256_OF_ABC);
  });

  test.each(['', '{', 'null', '{"path":1}', '[{"path":"/a"}]', '\0'])('a damaged memo is ignored: %j', async (memo) => {
    const folder = temporaryFolder();
    await writeFile(join(folder, 'model.gguf'), 'abc');
    await writeFile(join(folder, 'identities.json'), memo);
    expect(await fileIdentity(join(folder, 'model.gguf'), folder)).toBe(SHA256_OF_ABC);
    expect(JSON.parse(await readFile(join(folder, 'identities.json'), 'utf8'))).toHaveLength(1);
  });

  test('is forgotten after 64 others', async () => {
    const folder = temporaryFolder();
    for (let number = 0; number < 70; number++) {
      const file = join(folder, `${number}.gguf`);
      await writeFile(file, String(number));
      await fileIdentity(file, folder);
    }
    expect(JSON.parse(readFileSync(join(folder, 'identities.json'), 'utf8'))).toHaveLength(64);
  });
});

test('a cache folder that cannot be written to is no obstacle', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'model.gguf');
  await writeFile(file, 'abc');
  expect(await fileIdentity(file, join(file, 'cache'))).toBe(SHA256_OF_ABC);
});

test('what cannot be read is named', async () => {
  const folder = temporaryFolder();
  await mkdir(join(folder, 'models'));
  for (const path of [join(folder, 'models'), join(folder, 'missing.gguf')]) {
    const unreadable = { code: 'model.unreadable', message: expect.stringContaining(path) };
    await expect(fileIdentity(path, folder)).rejects.toMatchObject(unreadable);
  }
});

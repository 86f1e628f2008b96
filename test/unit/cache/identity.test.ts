import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { mkdir, rename, symlink, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkpointIdentity, checkpointSample } from '../../../src/model/cache/checkpoint-identity';
import { fileDigest, fileIdentity, fileSample } from '../../../src/model/cache/identity';
import { temporaryFolder } from '../../support/temporary-folder';

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

/** Hashes a file, again until the cache folder remembers that: it does not of a file that has only just changed. */
async function remembered(file: string, folder: string): Promise<void> {
  const inode = String(statSync(file).ino);
  await expect
    .poll(async () => {
      await fileIdentity(file, folder);
      return memosIn(folder).some((memo) => memo.inode === inode && memo.changedNs === changed(file));
    })
    .toBe(true);
}

/** A file of three bytes from long ago whose hash is remembered, and the folder of both. */
async function fileRemembered(): Promise<{ file: string; folder: string }> {
  const folder = temporaryFolder();
  const file = join(folder, 'model.gguf');
  await writeFile(file, 'xyz');
  await utimes(file, 1, 1);
  await remembered(file, folder);
  return { file, folder };
}

interface Memo {
  inode: string;
  changedNs: string;
  sha256: string;
  start: string;
}

function memosIn(folder: string): Memo[] {
  try {
    return JSON.parse(readFileSync(join(folder, 'identities.json'), 'utf8'));
  } catch {
    return [];
  }
}

async function changeMemos(folder: string, change: (memos: Memo[]) => Memo[]): Promise<void> {
  await writeFile(join(folder, 'identities.json'), JSON.stringify(change(memosIn(folder))));
}

const changed = (file: string) => String(statSync(file, { bigint: true }).ctimeNs);

test('a file larger than one read', async () => {
  const folder = temporaryFolder();
  const bytes = randomBytes(3_000_001);
  await writeFile(join(folder, 'model.gguf'), bytes);
  const expected = createHash('sha256').update(bytes).digest('hex');
  expect(await fileIdentity(join(folder, 'model.gguf'), folder)).toBe(expected);
});

describe('a file that was hashed before', () => {
  test('is hashed again when it was written to', async () => {
    const { file, folder } = await fileRemembered();
    await writeFile(file, 'abc');
    expect(await fileIdentity(file, folder)).toBe(SHA256_OF_ABC);
  });

  test('is hashed again when another of the same size and time took its place', async () => {
    const { file, folder } = await fileRemembered();
    const other = join(folder, 'other.gguf');
    await writeFile(other, 'abc');
    await utimes(other, 1, 1);
    await rename(other, file);
    expect(await fileIdentity(file, folder)).toBe(SHA256_OF_ABC);
  });

  test('is hashed again when its size and time are those of before', async () => {
    const { file, folder } = await fileRemembered();
    await writeFile(file, 'abc');
    await utimes(file, 1, 1);
    expect(await fileIdentity(file, folder)).toBe(SHA256_OF_ABC);
  });

  test('is not read again otherwise, unless since the machine was started or by all means', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'model.gguf');
    await writeFile(file, 'abc');
    await remembered(file, folder);
    // Only another digest in its memory shows that this is what is asked.
    const other = '0'.repeat(64);
    await changeMemos(folder, (memos) => memos.map((memo) => ({ ...memo, sha256: other })));
    expect(await fileDigest(file, folder)).toBe(other);
    expect(await fileDigest(file, folder, { trust: 'sinceStart' })).toBe(other);
    await changeMemos(folder, (memos) => memos.map((memo) => ({ ...memo, start: 'the last one' })));
    expect(await fileDigest(file, folder)).toBe(other);
    expect(await fileDigest(file, folder, { trust: 'sinceStart' })).toBe(SHA256_OF_ABC);
    await changeMemos(folder, (memos) => memos.map((memo) => ({ ...memo, sha256: other })));
    expect(await fileDigest(file, folder, { trust: 'never' })).toBe(SHA256_OF_ABC);
  });

  test.each(['', '{', 'null', '{"path":1}', '[{"path":"/a"}]', '\0'])('a damaged memo is ignored: %j', async (memo) => {
    const folder = temporaryFolder();
    await writeFile(join(folder, 'model.gguf'), 'abc');
    await writeFile(join(folder, 'identities.json'), memo);
    expect(await fileIdentity(join(folder, 'model.gguf'), folder)).toBe(SHA256_OF_ABC);
    await remembered(join(folder, 'model.gguf'), folder);
    expect(memosIn(folder)).toHaveLength(1);
  });

  test('is forgotten after 64 others', async () => {
    const folder = temporaryFolder();
    const files = Array.from({ length: 70 }, (_, number) => join(folder, `${number}.gguf`));
    for (const file of files) await writeFile(file, file);
    for (const file of files) await remembered(file, folder);
    expect(memosIn(folder)).toHaveLength(64);
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

test('a sample of a file changes with its size and with what is at its ends and between', async () => {
  const file = join(temporaryFolder(), 'model.gguf');
  const bytes = randomBytes(200_000);
  const samples = new Set<string>();
  for (const place of [0, 100_000, 199_999]) {
    const changedBytes = Buffer.from(bytes);
    changedBytes.writeUInt8(bytes.readUInt8(place) ^ 1, place);
    await writeFile(file, changedBytes);
    samples.add(await fileSample(file));
  }
  await writeFile(file, bytes.subarray(1));
  samples.add(await fileSample(file));
  await writeFile(file, bytes);
  samples.add(await fileSample(file));
  expect(await fileSample(file)).toBe([...samples].at(-1));
  expect(samples.size).toBe(5);
});

describe('the identity of a model in several files', () => {
  async function written(names: readonly string[]): Promise<{ folder: string; files: string[] }> {
    const folder = temporaryFolder();
    const files = names.map((name) => join(folder, name));
    for (const file of files) await writeFile(file, `content of ${basename(file)}`);
    return { folder, files };
  }
  const digest = (text: string) => createHash('sha256').update(text).digest('hex');

  test('is that of its lines of names, sizes and digests, wherever the files lie and in whatever order', async () => {
    const one = await written(['b', 'a']);
    const copy = await written(['a', 'b']);
    const lines = ['a', 'b'].map((name) => `${name} 12 ${digest(`content of ${name}`)}`).join('\n');
    expect(await checkpointIdentity(one.files, one.folder)).toBe(digest(lines));
    expect(await checkpointIdentity(copy.files, copy.folder)).toBe(digest(lines));
    expect(await checkpointSample(copy.files)).toBe(await checkpointSample(one.files));
  });

  test('is that of the file where there is one', async () => {
    const { folder, files } = await written(['a']);
    expect(await checkpointIdentity(files, folder)).toBe(await fileIdentity(files[0] as string, folder));
    expect(await checkpointSample(files)).toBe(await fileSample(files[0] as string));
  });

  test('is another where a file has another name, another content, or is missing', async () => {
    const { folder, files } = await written(['a', 'b']);
    const seen = [
      await checkpointIdentity(files, folder),
      await checkpointIdentity([...files, files[0] as string], folder),
    ];
    await rename(files[1] as string, join(folder, 'c'));
    seen.push(await checkpointIdentity([files[0] as string, join(folder, 'c')], folder));
    await writeFile(join(folder, 'c'), 'content of d');
    seen.push(await checkpointIdentity([files[0] as string, join(folder, 'c')], folder));
    expect(new Set(seen).size).toBe(4);
    await expect(checkpointIdentity(files, folder)).rejects.toMatchObject({ code: 'model.unreadable' });
  });

  test.skipIf(process.platform === 'win32')(
    'follows links, and does not believe a name that looks like a digest',
    async () => {
      const { folder, files } = await written(['a', 'b']);
      const before = await checkpointIdentity(files, folder);
      const blob = join(folder, SHA256_OF_ABC);
      await rename(files[0] as string, blob);
      await symlink(blob, files[0] as string);
      expect(await checkpointIdentity(files, folder)).toBe(before);
    },
  );
});

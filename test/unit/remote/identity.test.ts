import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Fingerprint, identityOf } from '../../../src/remote/identity';

const FIRST: Fingerprint = {
  address: 'https://gpu.example.com',
  name: 'big',
  root: '/models/a',
  logprobs: [-1, -2.5, -0.03],
};
/** What another start of a server with numbers of 16 bits gives. */
const noisy = (of: Fingerprint, by = 0.05): Fingerprint => ({
  ...of,
  logprobs: of.logprobs.map((logprob, i) => logprob + (i % 2 === 0 ? by : -by)),
});
const OTHER: Fingerprint = { ...FIRST, logprobs: [-1.5, -2.5, -0.03] };

const newFolder = () => mkdtemp(join(tmpdir(), 'vitrine-identity-'));

it('a model is the same next time, whatever noise its numbers have and whatever was there meanwhile', async () => {
  const folder = join(await newFolder(), 'served');
  const id = await identityOf(folder, FIRST);
  expect(id).toMatch(/^[0-9a-f]{64}$/);
  // Noise does not add up from time to time.
  for (const by of [0.05, 0.15, 0.2]) expect(await identityOf(folder, noisy(FIRST, by))).toBe(id);
  const other = await identityOf(folder, OTHER);
  expect(other).not.toBe(id);
  expect(await identityOf(folder, noisy(OTHER))).toBe(other);
  expect(await identityOf(folder, noisy(FIRST))).toBe(id);
});

it.each([
  ['address', { address: 'https://other.example.com' }],
  ['name', { name: 'small' }],
  ['folder on the server', { root: '/models/b' }],
  ['count of tokens', { logprobs: [-1, -2.5] }],
])('another %s is another model', async (_, change) => {
  const folder = await newFolder();
  expect(await identityOf(folder, { ...FIRST, ...change })).not.toBe(await identityOf(folder, FIRST));
});

it('a file that is damaged is as none', async () => {
  const folder = await newFolder();
  const id = await identityOf(folder, FIRST);
  const [file] = await readdir(folder);
  for (const damaged of ['', '[{"id":', '{"id":7}', '[{"id":"x","logprobs":["a"]}]']) {
    await writeFile(join(folder, file as string), damaged);
    expect(await identityOf(folder, FIRST)).toBe(id);
    expect(await identityOf(folder, noisy(FIRST))).toBe(id);
  }
  expect(await readFile(join(folder, file as string), 'utf8')).not.toContain(FIRST.address);
  expect(await readdir(folder)).toEqual([file]);
});

it.each([
  ['there is no folder', async () => undefined],
  [
    'a file stands in its place',
    async () => {
      const path = join(await newFolder(), 'file');
      await writeFile(path, '');
      return path;
    },
  ],
])('goes by the numbers of this time where %s', async (_, folderOf) => {
  const folder = await folderOf();
  const id = await identityOf(folder, FIRST);
  expect(id).toMatch(/^[0-9a-f]{64}$/);
  expect(await identityOf(folder, FIRST)).toBe(id);
  expect(await identityOf(folder, noisy(FIRST))).not.toBe(id);
});

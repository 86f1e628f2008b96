import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { cachedChoices } from '../../../src/hub/cached';
import { noise, REVISION, startFakeHub } from '../../support/fake-hub';
import { getFromHub, hubOn } from '../../support/get-from-hub';
import { temporaryFolder } from '../../support/temporary-folder';

const NAME = 'maker/tiny';
const SHARDS = ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors'];
const files = {
  'config.json': Buffer.from('{}'),
  'tokenizer.json': Buffer.from('{}'),
  'model.safetensors.index.json': Buffer.from('{}'),
  [SHARDS[0] ?? '']: noise(100),
  [SHARDS[1] ?? '']: noise(200),
  'tiny.Q4_K_M.gguf': noise(400),
  'more/tiny.Q8_0.gguf': noise(500),
};

/** What a cache has after a file was got, by names and sizes. */
async function got(...names: string[]): Promise<{ cache: string; snapshot: string }> {
  const cache = temporaryFolder();
  const hub = await hubOn(await startFakeHub({ name: NAME, files, large: /gguf|safetensors/ }), cache);
  for (const name of names) await getFromHub(hub, NAME, name);
  return { cache, snapshot: join(cache, 'models--maker--tiny', 'snapshots', REVISION) };
}

it('finds what was got, and what of it opens, without the hub', async () => {
  const { cache, snapshot } = await got('safetensors', 'q8_0');
  expect(await cachedChoices({ repository: NAME, file: undefined }, cache)).toEqual([
    expect.objectContaining({ name: 'safetensors', kind: 'folder', path: snapshot }),
    { name: 'more/tiny.Q8_0.gguf', kind: 'gguf', bytes: 500, path: join(snapshot, 'more', 'tiny.Q8_0.gguf') },
  ]);
  const named = async (file: string) =>
    (await cachedChoices({ repository: NAME, file }, cache)).map(({ name }) => name);
  expect(await named('q8_0')).toEqual(['more/tiny.Q8_0.gguf']);
  expect(await named('Q4_K_M')).toEqual([]);
});

it('takes no part for the whole: not a shard too few, nor a link to nothing', async () => {
  const { cache, snapshot } = await got('safetensors');
  rmSync(join(snapshot, SHARDS[1] ?? ''));
  symlinkSync('../../blobs/none', join(snapshot, 'tiny.Q4_K_M.gguf'));
  expect(readdirSync(snapshot)).toContain('tiny.Q4_K_M.gguf');
  expect(await cachedChoices({ repository: NAME, file: undefined }, cache)).toEqual([]);
});

it('has nothing of a model that is not there, or whose latest state is none', async () => {
  const cache = temporaryFolder();
  expect(await cachedChoices({ repository: NAME, file: undefined }, cache)).toEqual([]);
  const refs = join(cache, 'models--maker--tiny', 'refs');
  mkdirSync(refs, { recursive: true });
  writeFileSync(join(refs, 'main'), `../../${basename(cache)}`);
  expect(await cachedChoices({ repository: NAME, file: undefined }, cache)).toEqual([]);
});

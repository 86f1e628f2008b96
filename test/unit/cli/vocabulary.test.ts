import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { vocabularyPath } from '../../../src/cli/served/vocabulary';
import { temporaryFolder } from '../../support/temporary-folder';

const HERE = 'http://127.0.0.1:8000';
const AWAY = 'https://models.example';

describe('where the vocabulary of a served model is', () => {
  let cache: string;
  /** Of the model maker/tiny, in the cache. */
  let snapshot: string;
  beforeEach(() => {
    cache = temporaryFolder();
    vi.stubEnv('HF_HUB_CACHE', cache);
    const repository = join(cache, 'models--maker--tiny');
    snapshot = join(repository, 'snapshots', 'a'.repeat(40));
    mkdirSync(snapshot, { recursive: true });
    writeFileSync(join(snapshot, 'tokenizer.json'), '{}');
    mkdirSync(join(repository, 'refs'));
    writeFileSync(join(repository, 'refs', 'main'), 'a'.repeat(40));
    return () => vi.unstubAllEnvs();
  });

  it.each<[string, () => [model: { name: string; root?: string }, address: string, asked?: string], () => unknown]>([
    ['a path that is given', () => [{ name: 'x', root: 'maker/tiny' }, AWAY, cache], () => cache],
    ['a path that is given and not there', () => [{ name: 'x' }, AWAY, './none.gguf'], () => './none.gguf'],
    ['a name that is given', () => [{ name: 'x' }, AWAY, 'maker/tiny'], () => snapshot],
    ['what the server has loaded', () => [{ name: 'x', root: 'maker/tiny' }, AWAY], () => snapshot],
    ['what the server calls the model', () => [{ name: 'maker/tiny' }, AWAY], () => snapshot],
    ['a folder that a server here has loaded', () => [{ name: 'x', root: cache }, HERE], () => cache],
    ['a folder of another machine', () => [{ name: 'x', root: cache }, AWAY], () => undefined],
    ['a folder that is not here', () => [{ name: 'x', root: '/models/x' }, HERE], () => undefined],
    ['a name that would lead elsewhere', () => [{ name: 'x', root: '../tiny' }, AWAY], () => undefined],
    ['a name that the cache lacks', () => [{ name: 'x', root: 'maker/other' }, AWAY], () => undefined],
  ])('%s', async (_, given, expected) => {
    const [{ name, root }, address, asked] = given();
    expect(await vocabularyPath({ name, root }, { address }, asked)).toBe(expected());
  });

  it('says how to get one that is named and not there', async () => {
    const asking = vocabularyPath({ name: 'x', root: undefined }, { address: AWAY }, 'maker/other');
    await expect(asking).rejects.toThrow(/vitrine get maker\/other:tokenizer\.json$/);
  });
});

import { describe, expect, it } from 'vitest';
import { render } from '../../src/display/sentences';
import { loadRequest, nextTask, useEngine } from '../support/engine';
import { temporaryFolder } from '../support/temporary-folder';

describe('what compiling a model takes', () => {
  const use = useEngine();

  it('is told of one that is in no cache, and nothing is written', async () => {
    const folder = temporaryFolder();
    const space = await use.engine.space({ cache: { folder, limitBytes: 50e9 } });
    const compiled = await use.engine.compiledModels({ cache: { folder, limitBytes: 50e9 } });
    expect(space && render(space)).toMatch(
      /^Compiling SmolLM2-135M-Instruct writes 538 MB .* needs about 1\.1 GB of memory/,
    );
    expect(compiled).toEqual([]);
  });

  it('is nothing where it was compiled before', async () => {
    const { path, cache } = loadRequest();
    expect(await use.engine.space({ path, cache })).toBeUndefined();
  });

  it('is the error of the file where it is none', async () => {
    const { cache } = loadRequest();
    await expect(use.engine.space({ path: 'package.json', cache })).rejects.toMatchObject({ code: 'gguf.notGguf' });
  });
});

describe('a limit of the context', () => {
  const use = useEngine();
  const text = 'word '.repeat(40);

  it('is how much is read', async () => {
    expect(await use.engine.load(loadRequest({ contextLimit: 16 }))).toMatchObject({ contextLength: 16 });
    await expect(use.engine.forward({ task: nextTask(), text })).rejects.toMatchObject({ code: 'text.long' });
    const { ids, cut } = await use.engine.forward({ task: nextTask(), text, truncate: true });
    expect([ids.length, cut]).toEqual([16, 25]);
  });

  it('above what the model reads limits nothing', async () => {
    expect(await use.engine.load(loadRequest({ contextLimit: 1e6 }))).toMatchObject({ contextLength: 8192 });
  });
});

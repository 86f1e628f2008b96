import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { render } from '../../src/display/sentences';
import type { Engine } from '../../src/engine/client';
import { packagedProviders } from '../../src/engine/providers/packaged';
import { modelKey, remember } from '../../src/engine/providers/remembered';
import type { Trial } from '../../src/engine/providers/trial';
import { compileModel } from '../../src/model/compile';
import { PROVIDERS, type Provider } from '../../src/shared/request-fields';
import { loadRequest, nextTask, startTestEngine } from '../support/engine';
import { llamaFixture } from '../support/llama-fixtures';
import { temporaryFolder } from '../support/temporary-folder';
import { whyNoWebgpu } from '../support/webgpu';

const noWebgpu = await whyNoWebgpu();
const path = llamaFixture('grouped');

let engine: Engine;
let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
  engine = startTestEngine();
});
afterEach(async () => {
  await engine.stop();
  vi.unstubAllEnvs();
});

const load = (provider: Provider, change = {}) =>
  engine.load(loadRequest({ path, provider, cache: { folder, limitBytes: 1e9 }, ...change }));

async function rememberTrials(trials: Trial[]): Promise<void> {
  const compiled = await compileModel(path, { cache: { folder, limitBytes: 1e9 } });
  await remember(folder, modelKey(compiled), trials);
}

const works = (provider: Trial['provider'], tokensPerSecond: number): Trial => ({
  provider,
  works: true,
  tokensPerSecond,
  difference: 0,
  cpuOperators: provider === 'cpu' ? [] : [{ operator: 'LogSoftmax', nodes: 1 }],
});

describe('a provider that was named and cannot be had is an error that says what there is', () => {
  const foreign = PROVIDERS.filter((provider) => provider !== 'auto' && !packagedProviders().includes(provider));

  test.each(foreign)('%s, which is not in the package', async (provider) => {
    await expect(load(provider)).rejects.toMatchObject({
      code: 'provider.missing',
      message: expect.stringMatching(new RegExp(`'${provider}' is not in .* has cpu.*or auto`)),
    });
    await expect(engine.forward({ task: nextTask(), text: 'a mouse' })).rejects.toMatchObject({
      code: 'engine.noModel',
    });
  });

  test.runIf(process.platform === 'linux' && packagedProviders().includes('webgpu'))(
    'webgpu without an adapter',
    async () => {
      vi.stubEnv('VK_DRIVER_FILES', '/none');
      vi.stubEnv('VK_ICD_FILENAMES', '/none');
      const blind = startTestEngine();
      try {
        await expect(blind.load(loadRequest({ path, provider: 'webgpu' }))).rejects.toMatchObject({
          code: 'provider.missing',
          message: expect.stringMatching(/'webgpu' does not work .*No supported adapters.*Choose cpu/),
        });
      } finally {
        await blind.stop();
      }
    },
  );
});

describe('auto', () => {
  test('is the CPU as long as nothing was tried, and tries nothing unasked', async () => {
    const { provider, providerNote } = await load('auto');
    expect(provider).toBe('cpu');
    expect(render(providerNote)).toContain('tried');
    await engine.forward({ task: nextTask(), text: 'the mouse' });
    expect(existsSync(join(folder, 'providers.json'))).toBe(false);
  });

  test('answers from the CPU, tries the others afterwards, and goes by that at the next load', async () => {
    await load('auto', { tryProviders: true });
    await engine.forward({ task: nextTask(), text: 'the mouse' });
    await expect.poll(() => existsSync(join(folder, 'providers.json')), { timeout: 60_000 }).toBe(true);
    const [memo] = JSON.parse(readFileSync(join(folder, 'providers.json'), 'utf8'));
    expect(memo.trials.map(({ provider }: Trial) => provider)).toEqual(packagedProviders());
    const { providerNote } = await load('auto', { tryProviders: true });
    expect(render(providerNote)).toMatch(/no other provider is faster|times as fast as the CPU/);
  });

  test.skipIf(noWebgpu !== undefined)('is the provider that was found to be faster', async () => {
    await rememberTrials([works('cpu', 100), works('webgpu', 300)]);
    const { provider, providerNote } = await load('auto');
    expect(provider).toBe('webgpu');
    expect(render(providerNote)).toBe('it is 3.0 times as fast as the CPU; on the CPU stay LogSoftmax');
  });

  test('is the CPU again where what was faster no longer works, and says so', async () => {
    const gone = packagedProviders().includes('coreml') ? 'dml' : 'coreml';
    await rememberTrials([works('cpu', 100), works(gone, 300)]);
    const { provider, providerNote } = await load('auto');
    expect(provider).toBe('cpu');
    expect(render(providerNote)).toMatch(new RegExp(`${gone} was faster before: .*`));
  });
});

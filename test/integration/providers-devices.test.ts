import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packagedProviders } from '../../src/engine/providers/packaged';
import { finished, startVitrine, vitrine } from '../support/command-line';
import { llamaFixture } from '../support/llama-fixtures';
import { temporaryFolder } from '../support/temporary-folder';

const model = llamaFixture('grouped');

test('vitrine devices says of every provider whether it works, how fast it is, and why it is used or not', async () => {
  const env = { XDG_CACHE_HOME: temporaryFolder() };
  const { code, stdout, stderr } = await vitrine(['devices', '--model', model], { env });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^cpu +yes +[\d,]+ +0 +(yes|no)$/m);
  for (const provider of ['webgpu', 'cuda', 'coreml', 'dml']) {
    expect(stdout).toMatch(new RegExp(`^${provider} +(yes|no) +`, 'm'));
    expect(stdout).toMatch(new RegExp(`^${provider} is (not )?used: .+`, 'm'));
  }
  for (const provider of packagedProviders()) expect(stderr).toContain(`Trying ${provider}`);
  const memos = JSON.parse(readFileSync(join(env.XDG_CACHE_HOME, 'vitrine', 'providers.json'), 'utf8'));
  expect(memos).toHaveLength(1);

  const json = JSON.parse((await vitrine(['devices', '--model', model, '--json'], { env })).stdout);
  expect(json.providers.map(({ provider }: { provider: string }) => provider)).toEqual([
    ...['cpu', 'webgpu', 'cuda', 'coreml', 'dml'],
  ]);
  expect(json.providers.filter(({ chosen }: { chosen: boolean }) => chosen)).toEqual([
    expect.objectContaining({ provider: json.chosen, works: true, reason: json.reason }),
  ]);
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  'vitrine devices ends at once at %s and has nothing to say',
  async (signal) => {
    const env = { XDG_CACHE_HOME: temporaryFolder() };
    const child = startVitrine(['devices', '--model', model], { env });
    const run = finished(child);
    child.stderr.once('data', () => child.kill(signal));
    const { code, stdout, stderr } = await run;
    expect(code).toBe(signal === 'SIGINT' ? 130 : 143);
    expect(stdout).toBe('');
    expect(stderr).toBe('Trying cpu …\n');
  },
);

test('vitrine devices fails with a sentence where the model is none', async () => {
  const { code, stdout, stderr } = await vitrine(['devices', '--model', join(temporaryFolder(), 'no.gguf')]);
  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^[^\n]*no\.gguf[^\n]*\n$/);
});

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { packagedProviders } from '../../src/engine/providers/packaged';
import { tryProvider } from '../../src/engine/providers/try-provider';
import { tryProviders } from '../../src/engine/providers/try-providers';
import { llamaFixture } from '../support/llama-fixtures';
import { isAlive, until } from '../support/processes';
import { temporaryFolder } from '../support/temporary-folder';

const realEntry = fileURLToPath(new URL('../../dist/trial.js', import.meta.url));
const { signal } = new AbortController();
const request = (folder: string) => ({
  path: llamaFixture('grouped'),
  cache: { folder, limitBytes: 1e9 },
  weights: 'auto' as const,
});

/** For what never ends by itself, and for what does. */
const [SHORT_MS, LONG_MS] = [3000, 60_000];

/** A trial that first writes its process id beside itself. */
function trialThat(does: string): { entry: string; pidFile: string; pid: () => number } {
  const folder = temporaryFolder();
  const entry = join(folder, 'trial.mjs');
  const pidFile = join(folder, 'pid');
  writeFileSync(
    entry,
    `import fs from 'node:fs'; fs.writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); ${does}`,
  );
  return { entry, pidFile, pid: () => Number(readFileSync(pidFile, 'utf8')) };
}

describe('a trial counts as a no, and leaves no process, when it', () => {
  test.each([
    ['hangs', 'for (;;) {}', SHORT_MS, /more than 3 s/],
    ['waits for something that never comes', 'setInterval(() => {}, 1000)', SHORT_MS, /more than 3 s/],
    ['aborts, as drivers do', 'process.abort()', LONG_MS, /SIGABRT|code 134/],
    ['dies', "process.kill(process.pid, 'SIGSEGV'); setInterval(() => {}, 1000)", LONG_MS, /SIGSEGV/],
    ['throws', "throw new Error('no')", LONG_MS, /code 1/],
    ['ends without an answer', '', LONG_MS, /code 0/],
    [
      'answers what is no answer',
      "process.send({ seconds: 'quick' }); setInterval(() => {}, 1000)",
      LONG_MS,
      /could not be read/,
    ],
    ['fails', "process.send({ failure: 'there is no adapter' }); setInterval(() => {}, 1000)", LONG_MS, /no adapter/],
  ])('%s', async (_, does, limitMs, reason) => {
    const { entry, pid } = trialThat(does);
    const answer = await tryProvider({ ...request(temporaryFolder()), provider: 'webgpu' }, { entry, limitMs, signal });
    expect(answer).toEqual({ failure: expect.stringMatching(reason) });
    expect(isAlive(pid())).toBe(false);
  });

  test('is no longer wanted', async () => {
    const { entry, pidFile, pid } = trialThat('for (;;) {}');
    const stop = new AbortController();
    const answer = tryProvider({ ...request(temporaryFolder()), provider: 'webgpu' }, { entry, signal: stop.signal });
    await until(() => existsSync(pidFile), 'the trial has begun');
    stop.abort();
    expect(await answer).toHaveProperty('failure');
    await until(() => !isAlive(pid()), 'the trial has ended');
  });
});

test('every provider of this platform is tried, and a software adapter counts as a no', async () => {
  const tried: string[] = [];
  const { trials, choice } = await tryProviders(request(temporaryFolder()), 'model', {
    entry: realEntry,
    signal,
    onTry: (provider) => tried.push(provider),
  });
  expect(tried).toEqual(packagedProviders());
  expect(trials[0]).toMatchObject({ provider: 'cpu', works: true, difference: 0 });
  for (const trial of trials.slice(1)) {
    if (trial.works) expect(trial.difference).toBeLessThan(1e-3);
    else expect(trial.reason).toMatch(/software adapter|No supported adapters|shared library/);
  }
  expect(choice.provider === 'cpu' || trials.some((trial) => trial.works && trial.provider === choice.provider)).toBe(
    true,
  );
});

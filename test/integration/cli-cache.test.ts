import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandLine, finished, startVitrine, vitrine } from '../support/command-line';
import { llamaFixture } from '../support/llama-fixtures';
import { temporaryFolder } from '../support/temporary-folder';

it('lists what was compiled, and clears it', async () => {
  const env = { XDG_CACHE_HOME: temporaryFolder() };
  const cache = async (...args: string[]) => (await vitrine(['cache', ...args], { env })).stdout;
  expect(await cache()).toContain('0 compiled models, 0 bytes of at most 20 GB');

  const { code, stdout } = await vitrine(['inspect', 'Hello', '--json'], { env });
  expect(code).toBe(0);
  const { model, timing } = JSON.parse(stdout);
  expect(timing.compile).toBeGreaterThan(0);
  expect(await cache()).toMatch(/ float32 +538 MB .*SmolLM2-135M-Instruct\.Q4_1\.gguf\n\n1 compiled model, 538 MB/);
  expect(await cache()).toContain(model);

  expect(await cache('clear')).toBe('Removed 1 compiled model, 538 MB.\n');
  expect(await cache()).toContain('0 compiled models');
});

it('verifies what was compiled, and says what was damaged and is gone', async () => {
  const home = temporaryFolder();
  const env = { XDG_CACHE_HOME: home };
  await vitrine(['inspect', 'the mouse', '--model', llamaFixture('grouped')], { env });
  expect(await vitrine(['cache', 'verify'], { env })).toEqual({
    code: 0,
    stdout: '1 compiled model as written.\n',
    stderr: '',
  });
  const folder = join(home, 'vitrine/compiled-models');
  truncateSync(join(folder, readdirSync(folder)[0] ?? '', 'weights.bin'), 1000);
  const { code, stdout, stderr } = await vitrine(['cache', 'verify'], { env });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '0 compiled models as written.\n' });
  expect(stderr).toMatch(/^Damaged, and removed: /);
  expect(readdirSync(folder)).toEqual([]);
});

it.each(['list', 'verify', 'clear'])(
  'says that a cache cannot be read, instead of that it is empty: %s',
  async (command) => {
    const home = temporaryFolder();
    mkdirSync(join(home, 'vitrine'));
    writeFileSync(join(home, 'vitrine/compiled-models'), 'Dear reader');
    const args = command === 'list' ? ['cache'] : ['cache', command];
    const { code, stdout, stderr } = await vitrine(args, { env: { XDG_CACHE_HOME: home } });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/cannot be read: a part of its path is not a folder\.\n$/);
  },
);

it.runIf(existsSync('/proc/self'))('says of a home that is no disk what to choose instead', async () => {
  const env = { HOME: '/proc', XDG_CACHE_HOME: '' };
  expect(await vitrine(['inspect', 'the mouse', '--model', llamaFixture('grouped')], { env })).toEqual({
    code: 1,
    stdout: '',
    stderr:
      'Vitrine cannot write compiled models to /proc/.cache/vitrine: /proc is no place for files. Choose another cache folder, or put that right. The environment variable XDG_CACHE_HOME says where it is.\n',
  });
});

describe.skipIf(process.platform === 'win32')(
  'a command that is stopped while it compiles leaves nothing of that',
  () => {
    it.each([
      ['inspect', 'SIGINT', 130],
      ['inspect', 'SIGTERM', 143],
      ['devices', 'SIGINT', 130],
      ['devices', 'SIGTERM', 143],
    ] as const)('%s, %s', async (command, signal, exitCode) => {
      const home = temporaryFolder();
      const folder = join(home, 'vitrine/compiled-models');
      const args = command === 'inspect' ? ['inspect', 'The mouse'] : ['devices'];
      const child = startVitrine(args, { env: { XDG_CACHE_HOME: home } });
      const done = finished(child);
      await expect.poll(() => existsSync(folder) && readdirSync(folder).length).toBe(1);
      child.kill(signal);
      expect(await done).toEqual({ code: exitCode, stdout: '', stderr: '' });
      expect(readdirSync(folder)).toEqual([]);
    });

    it('nor does a file that may not become so large, and that is said in words', () => {
      const home = temporaryFolder();
      const run = `ulimit -f 100000; '${process.execPath}' '${commandLine}' inspect 'The mouse' 2>&1; exit 0`;
      const said = execFileSync('/bin/sh', ['-c', run], {
        env: { ...process.env, XDG_CACHE_HOME: home },
        encoding: 'utf8',
      });
      expect(said).toMatch(
        /^Vitrine cannot write compiled models to .*: it would be larger than a file may be here\..*\n$/,
      );
      expect(readdirSync(join(home, 'vitrine/compiled-models'))).toEqual([]);
    });
  },
);

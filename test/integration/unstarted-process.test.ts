import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { finished } from '../support/command-line';
import { temporaryFolder } from '../support/temporary-folder';

const engine = fileURLToPath(new URL('../../dist/engine.js', import.meta.url));

test.runIf(existsSync('/bin/sh'))('ending a process that could not be started ends no other', async () => {
  const program = join(temporaryFolder(), 'without-file-handles.mjs');
  const entryPoint = fileURLToPath(new URL('../support/without-file-handles.ts', import.meta.url));
  await build({ entryPoints: [entryPoint], outfile: program, bundle: true, platform: 'node', format: 'esm' });
  const run = `ulimit -n 60; '${process.execPath}' '${program}' '${engine}'; echo " code $?"`;
  const { code, stdout } = await finished(spawn('/bin/sh', ['-c', run], { detached: true }));
  expect(stdout).toMatch(/^\{"pid":null,"answer":\{"failure":"spawn .*EMFILE"\}\} code 0\n$/);
  expect(code).toBe(0);
});

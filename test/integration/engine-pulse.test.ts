import { spawn } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder';

const BLOCKED_MS = 4000;

test.each([
  ['computes', 'while (Date.now() < end) Math.random();', 2],
  ['waits its turn', 'await new Promise((resolve) => setTimeout(resolve, end - Date.now()));', 2],
  ['hangs', 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, end - Date.now());', 0],
])('a process whose thread %s is told from others', async (_, work, beats) => {
  const folder = temporaryFolder();
  const pulse = fileURLToPath(new URL('../../src/engine/pulse.ts', import.meta.url));
  const contents = `
    import { startPulse } from ${JSON.stringify(pulse)};
    startPulse();
    // The second thread takes a while to start.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    process.send('begin');
    const end = Date.now() + ${BLOCKED_MS};
    ${work}
    process.exit();`;
  const program = join(folder, 'program.mjs');
  await build({
    stdin: { contents, resolveDir: folder },
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
  });
  copyFileSync(fileURLToPath(new URL('../../dist/pulse.js', import.meta.url)), join(folder, 'pulse.js'));
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'ignore', 'inherit', 'ipc', 'pipe'] });
  let begun = Number.POSITIVE_INFINITY;
  child.once('message', () => {
    begun = Date.now();
  });
  let counted = 0;
  child.stdio[4]?.on('data', () => {
    // What was on its way when it began, and the last look back at the time before, do not count.
    if (Date.now() - begun > 1500) counted++;
  });
  await new Promise((resolve) => child.once('close', resolve));
  if (beats === 0) expect(counted).toBe(0);
  else expect(counted).toBeGreaterThanOrEqual(beats);
});

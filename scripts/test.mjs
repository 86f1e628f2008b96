/**
 * All tests. Each file of the workbench's drives one window, from step to step, on a machine that may be too busy for it: a file that
 * fails there is tried once more, in a window of its own, once all others have run.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';

const VITEST = 'node_modules/vitest/vitest.mjs';

const folder = mkdtempSync(join(tmpdir(), 'vitrine-tests-'));
try {
  process.exitCode = run();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run() {
  const results = join(folder, 'results.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
  const status = vitest(reporters);
  if (status === 0) return 0;
  const failed = failedFiles(results);
  if (failed.length === 0 || !failed.every((file) => file.startsWith(join('test', 'workbench', sep)))) return status;
  console.log(`\nOnce more, in windows of their own: ${failed.join(' ')}\n`);
  return vitest(failed);
}

function vitest(options) {
  return spawnSync(process.execPath, [VITEST, 'run', ...options], { stdio: 'inherit' }).status ?? 1;
}

/** Paths from the repository's root. None where the run ended before it could tell. */
function failedFiles(results) {
  try {
    const { testResults } = JSON.parse(readFileSync(results, 'utf8'));
    return testResults.filter(({ status }) => status === 'failed').map(({ name }) => relative('.', name));
  } catch {
    return [];
  }
}

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Set once it is done: each project of tests asks for it, all in one process. */
const BUILT = 'VITRINE_TESTS_BUILT';

/** Before the tests: bundles what they start as processes, and gives them a cache that outlives a run. */
export default function setup(): void {
  if (process.env[BUILT]) return;
  process.env[BUILT] = '1';
  const root = fileURLToPath(new URL('..', import.meta.url));
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' });
  process.env.XDG_CACHE_HOME = fileURLToPath(new URL('../node_modules/.cache/vitrine-test', import.meta.url));
}

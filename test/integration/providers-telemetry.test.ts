import { readdirSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import { startEngine } from '../../src/engine/client';
import { llamaFixture } from '../support/llama-fixtures';
import { temporaryFolder } from '../support/temporary-folder';

afterEach(() => void vi.unstubAllEnvs());

test('the runtime keeps no record of its use, which it would send to its maker', async () => {
  const [home, temporary, cache] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
  for (const name of ['HOME', 'XDG_CACHE_HOME']) vi.stubEnv(name, home);
  vi.stubEnv('TMPDIR', temporary);
  // On build servers, or told by the environment, the runtime sends nothing, and the test would see nothing.
  for (const name of ['CI', 'ORT_DISABLE_TELEMETRY']) vi.stubEnv(name, undefined);
  const engine = startEngine({ entry: 'dist/engine.js' });
  try {
    const load = { path: llamaFixture('grouped'), provider: 'cpu', cache: { folder: cache, limitBytes: 1e9 } } as const;
    await engine.load({ task: 1, ...load });
    await engine.forward({ task: 2, text: 'the mouse' });
    expect(readdirSync(home)).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
  } finally {
    await engine.stop();
  }
});

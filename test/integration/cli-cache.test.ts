import { expect, it } from 'vitest';
import { vitrine } from '../support/command-line';
import { temporaryFolder } from '../support/temporary-folder';

it('lists what was compiled, and clears it', async () => {
  const env = { XDG_CACHE_HOME: temporaryFolder() };
  const cache = async (...args: string[]) => (await vitrine(['cache', ...args], { env })).stdout;
  expect(await cache()).toContain('0 compiled models, 0 bytes of at most 20 GB');

  const { code, stdout } = await vitrine(['inspect', 'Hello', '--json'], { env });
  expect(code).toBe(0);
  const { model, timing } = JSON.parse(stdout);
  expect(timing.compile).toBeGreaterThan(0);
  expect(await cache()).toMatch(/540 MB .*SmolLM2-135M-Instruct\.Q4_1\.gguf\n\n1 compiled model, 540 MB/);
  expect(await cache()).toContain(model);

  expect(await cache('clear')).toBe('Removed 1 compiled model, 540 MB.\n');
  expect(await cache()).toContain('0 compiled models');
});

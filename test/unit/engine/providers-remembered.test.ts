import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { recall, remember } from '../../../src/engine/providers/remembered';
import type { Trial } from '../../../src/engine/providers/trial';
import { temporaryFolder } from '../../support/temporary-folder';

const TRIALS: Trial[] = [
  { provider: 'cpu', works: true, tokensPerSecond: 400, difference: 0, cpuOperators: [] },
  { provider: 'webgpu', works: true, tokensPerSecond: 800, difference: 1e-5, cpuOperators: [] },
  { provider: 'cuda', works: false, reason: 'its library is not there' },
];

describe('what was found about providers', () => {
  test('is known again, and what follows from it', async () => {
    const folder = temporaryFolder();
    const found = await remember(folder, 'model', TRIALS);
    expect(found.choice.provider).toBe('webgpu');
    expect(await recall(folder, 'model')).toEqual(found);
  });

  test('takes the place of what was found before, and of nothing else', async () => {
    const folder = temporaryFolder();
    await remember(folder, 'model', TRIALS);
    await remember(folder, 'other', TRIALS);
    await remember(folder, 'model', TRIALS.slice(0, 1));
    expect((await recall(folder, 'model'))?.choice.provider).toBe('cpu');
    expect((await recall(folder, 'other'))?.choice.provider).toBe('webgpu');
  });

  test.each<[string, (json: string) => string]>([
    ['another model', (json) => json.replace('"model": "model"', '"model": "another"')],
    ['another machine, driver or runtime', (json) => json.replace(/onnxruntime [\d.]+/, 'onnxruntime 0.0.0')],
    ['a file cut short', (json) => json.slice(0, -10)],
    ['a provider that does not exist', (json) => json.replaceAll('webgpu', 'abacus')],
    ['a speed that is none', (json) => json.replace('800', '"fast"')],
  ])('is not known for %s', async (_, change) => {
    const folder = temporaryFolder();
    await remember(folder, 'model', TRIALS);
    const file = join(folder, 'providers.json');
    const before = readFileSync(file, 'utf8');
    const after = change(before);
    expect(after).not.toBe(before);
    writeFileSync(file, after);
    expect(await recall(folder, 'model')).toBeUndefined();
  });
});

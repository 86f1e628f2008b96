import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { spaceToCompile } from '../../src/model/compile';
import { temporaryFolder } from '../support/temporary-folder';

vi.mock('../../src/model/cache/available-memory', () => ({ availableMemory: async () => 1e6 }));

test.each(['llama-q4-0', 'llama-q8-0'])(
  'a model that fits in no form is refused before it is read through: %s',
  async (name) => {
    const folder = temporaryFolder();
    const path = `test/fixtures/architectures/${name}/model.gguf`;
    await expect(spaceToCompile(path, { cache: { folder, limitBytes: 1e9 } })).rejects.toMatchObject({
      code: 'space.memory',
    });
    expect(existsSync(join(folder, 'identities.json'))).toBe(false);
  },
);

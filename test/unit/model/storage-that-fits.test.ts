import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { compileModel } from '../../../src/model/compile';
import { mountFileSystem, temporaryFolder } from '../../support/temporary-folder';

const Q8_0 = fileURLToPath(new URL('../../fixtures/architectures/llama-q8-0/model.gguf', import.meta.url));

test('where the disk has no room for float32, the blocks of the file stay as they are', async ({ skip }) => {
  const roomy = await compileModel(Q8_0, { cache: { folder: temporaryFolder(), limitBytes: 1e9 } });
  const disk = mountFileSystem('size=160k') ?? skip('mounting a small file system needs root on Linux');
  const { storage, diskBytes } = await compileModel(Q8_0, { cache: { folder: disk, limitBytes: 1e9 } });
  expect([roomy.storage, storage]).toEqual(['float32', 'packed']);
  expect(diskBytes).toBeLessThan(160 * 1024);
  expect(roomy.diskBytes).toBeGreaterThan(160 * 1024);
});

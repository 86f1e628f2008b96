import { expect, test } from 'vitest';
import { PACKED_TYPES } from '../../src/model/packed/packed-form';
import {
  dequantized,
  exactProduct,
  packedProduct,
  randomBlocks,
  randomInputs,
  relativeError,
} from '../support/packed-matrices';
import { whyNoWebgpu } from '../support/webgpu';

const missing = await whyNoWebgpu();
const [ROWS, COLUMNS] = [40, 512] as const;

test.skipIf(missing !== undefined).each(PACKED_TYPES)('WebGPU multiplies by packed matrices: %s', async (type) => {
  const blocks = randomBlocks(type, ROWS * COLUMNS);
  const weights = dequantized(type, blocks, ROWS * COLUMNS);
  // One position and several are different shaders.
  for (const positions of [1, 35]) {
    const x = randomInputs(positions * COLUMNS);
    const product = await packedProduct(type, [ROWS, COLUMNS], blocks, x, 'webgpu');
    expect(relativeError(product, exactProduct(weights, x, ROWS, COLUMNS))).toBeLessThan(1e-5);
  }
});

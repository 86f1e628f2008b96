import { expect, test } from 'vitest';
import { measureSessions } from '../../src/engine/providers/measure';
import { createSessions } from '../../src/engine/sessions';
import { compileModel } from '../../src/model/compile';
import { llamaFixture } from '../support/llama-fixtures';
import { temporaryFolder } from '../support/temporary-folder';
import { whyNoWebgpu } from '../support/webgpu';

const missing = await whyNoWebgpu();

test.skipIf(missing !== undefined)('a short run says what stays on the CPU, and agrees with it', async () => {
  const model = await compileModel(llamaFixture('grouped'), { cache: { folder: temporaryFolder(), limitBytes: 1e9 } });
  const measured = async (provider: 'cpu' | 'webgpu') => {
    const profileFolder = temporaryFolder();
    return measureSessions(model, await createSessions(model, { provider, profileFolder }), profileFolder);
  };
  const cpu = await measured('cpu');
  const webgpu = await measured('webgpu');
  const differences = webgpu.logprobs.map((logprob, i) => Math.abs(logprob - (cpu.logprobs[i] ?? Number.NaN)));
  expect(Math.max(...differences)).toBeLessThan(1e-3);

  const nodesOf = ({ cpuOperators }: typeof cpu, operator: string) =>
    cpuOperators.find((one) => one.operator === operator)?.nodes ?? 0;
  // Matrix products are why one takes a GPU.
  expect(nodesOf(cpu, 'Gemm')).toBeGreaterThan(0);
  expect(nodesOf(webgpu, 'Gemm')).toBe(0);
  expect(nodesOf(webgpu, 'MatMul')).toBe(0);
});

import { expect, test } from 'vitest';
import { deviceJson, deviceLines, deviceReport } from '../../../src/cli/devices/report';
import { createPalette } from '../../../src/cli/terminal/palette';
import { choose } from '../../../src/engine/providers/choose';
import type { Trial } from '../../../src/engine/providers/trial';

const trials: Trial[] = [
  { provider: 'cpu', works: true, tokensPerSecond: 400, difference: 0, cpuOperators: [] },
  {
    provider: 'webgpu',
    works: true,
    tokensPerSecond: 2400,
    difference: 3e-5,
    cpuOperators: [
      { operator: 'Add', nodes: 90 },
      { operator: 'LogSoftmax', nodes: 1 },
    ],
  },
  { provider: 'cuda', works: true, tokensPerSecond: 1200, difference: 1e-5, cpuOperators: [] },
  { provider: 'dml', works: true, tokensPerSecond: 9000, difference: 0.5, cpuOperators: [] },
];
const report = deviceReport('A model', { trials, choice: choose(trials) });

test('a person reads what was tried, chosen and why', () => {
  const lines = deviceLines(report, { width: 100, palette: createPalette(1, 'dark') });
  expect(lines).toEqual([
    'A model',
    '',
    'provider  works here  tokens/s  logprobs differ by  used by auto',
    'cpu       yes              400                   0  no',
    'webgpu    yes            2,400              3.0e-5  yes',
    'cuda      yes            1,200              1.0e-5  no',
    'coreml    no                 –                   –  no',
    'dml       yes            9,000              5.0e-1  no',
    '',
    'cpu is not used: webgpu is faster.',
    'webgpu is used: it is 6.0 times as fast as the CPU. On the CPU stay Add (90), LogSoftmax.',
    'cuda is not used: webgpu is faster.',
    expect.stringMatching(/^coreml is not used: the runtime's package for .* has /),
    "dml is not used: its logprobs differ from the CPU's by up to 0.50.",
  ]);
});

test('a tool reads the same', () => {
  expect(deviceJson(report)).toMatchObject({
    model: 'A model',
    chosen: 'webgpu',
    providers: [
      { provider: 'cpu', works: true, chosen: false, tokensPerSecond: 400, difference: 0 },
      { provider: 'webgpu', works: true, chosen: true, cpuOperators: [{ operator: 'Add', nodes: 90 }, {}] },
      { provider: 'cuda', reason: 'webgpu is faster' },
      { provider: 'coreml', works: false, tokensPerSecond: null, difference: null, cpuOperators: null },
      { provider: 'dml', works: true, chosen: false },
    ],
  });
});

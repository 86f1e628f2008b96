import { describe, expect, test } from 'vitest';
import { render } from '../../../src/display/sentences';
import { choose } from '../../../src/engine/providers/choose';
import { type NamedProvider, packagedProviders } from '../../../src/engine/providers/packaged';
import type { Trial, TrialAnswer } from '../../../src/engine/providers/trial';
import { trialOf } from '../../../src/engine/providers/try-providers';

const ran = (provider: NamedProvider, tokensPerSecond: number, difference = 0): Trial => ({
  provider,
  works: true,
  tokensPerSecond,
  difference,
  cpuOperators: [],
});
const failed = (provider: NamedProvider): Trial => ({ provider, works: false, reason: 'it ended with SIGABRT' });

describe('auto is the fastest provider that computes what the CPU does', () => {
  test.each<[string, Trial[], NamedProvider, RegExp]>([
    ['nothing but a CPU', [ran('cpu', 400)], 'cpu', /no other/],
    ['a faster GPU', [ran('cpu', 400), ran('webgpu', 2000, 1e-4)], 'webgpu', /5\.0 times/],
    ['a slower GPU', [ran('cpu', 400), ran('webgpu', 399, 1e-4)], 'cpu', /no other/],
    ['a GPU as fast as the CPU', [ran('cpu', 400), ran('webgpu', 400)], 'cpu', /no other/],
    ['a faster GPU at the limit', [ran('cpu', 400), ran('webgpu', 2000, 1e-3)], 'webgpu', /5\.0 times/],
    ['a faster GPU with other numbers', [ran('cpu', 400), ran('webgpu', 2000, 1.1e-3)], 'cpu', /no other/],
    ['a GPU that fails', [ran('cpu', 400), failed('webgpu')], 'cpu', /no other/],
    ['two GPUs', [ran('cpu', 400), ran('webgpu', 2000), ran('cuda', 6000)], 'cuda', /15 times/],
    ['the faster one wrong', [ran('cpu', 400), ran('webgpu', 2000), ran('cuda', 6000, 0.5)], 'webgpu', /5\.0 times/],
    ['no run on the CPU', [failed('cpu'), ran('webgpu', 2000)], 'cpu', /nothing to compare/],
    ['nothing at all', [], 'cpu', /nothing to compare/],
  ])('%s', (_, trials, provider, reason) => {
    const choice = choose(trials);
    expect(choice.provider).toBe(provider);
    expect(render(choice.reason)).toMatch(reason);
  });
});

describe('a run is held against that of the CPU', () => {
  const measured = (seconds: number, ...logprobs: number[]): TrialAnswer => ({
    seconds,
    logprobs: Float32Array.from(logprobs),
    cpuOperators: [{ operator: 'LogSoftmax', nodes: 1 }],
  });
  const cpu = measured(2, -1, -2, -4);

  test('in speed and in the largest difference, and keeps what stays on the CPU', () => {
    expect(trialOf('webgpu', measured(0.5, -1, -2.25, -4.125), cpu)).toEqual({
      provider: 'webgpu',
      works: true,
      // A token more than logprobs: the first has none.
      tokensPerSecond: 8,
      difference: 0.25,
      cpuOperators: [{ operator: 'LogSoftmax', nodes: 1 }],
    });
  });

  test.each<[string, TrialAnswer, TrialAnswer | undefined, RegExp]>([
    ['no number among them', measured(0.5, -1, Number.NaN, -4), cpu, /no numbers/],
    ['an infinite one', measured(0.5, -1, Number.NEGATIVE_INFINITY, -4), cpu, /no numbers/],
    ['a failure', { failure: 'it took more than 60 s' }, cpu, /60 s/],
    ['nothing to hold it against', measured(0.5, -1, -2, -4), { failure: 'it ended with code 1' }, /no run on the CPU/],
    ['nothing at all to hold it against', measured(0.5, -1, -2, -4), undefined, /no run on the CPU/],
  ])('%s counts as a no', (_, answer, against, reason) => {
    expect(trialOf('webgpu', answer, against)).toMatchObject({ works: false, reason: expect.stringMatching(reason) });
  });
});

test.each([
  ['linux', 'x64', ['cpu', 'webgpu', 'cuda']],
  ['linux', 'arm64', ['cpu']],
  ['darwin', 'arm64', ['cpu', 'webgpu', 'coreml']],
  ['win32', 'x64', ['cpu', 'webgpu', 'dml']],
  ['freebsd', 'x64', ['cpu']],
])('%s-%s has its own providers', (platform, arch, providers) => {
  expect(packagedProviders(platform, arch)).toEqual(providers);
});

import { expect } from 'vitest';
import type { Distributed, DivergenceStatistics, Estimate } from '../../src/shared/difference-api';

/** A value and its standard error. */
type Pair = [number, number];
interface Spread {
  mean: Pair;
  maximum: number;
  minimum: number;
  percentiles: number[];
}
type Estimates =
  | 'perplexityA'
  | 'perplexityB'
  | 'logRatio'
  | 'ratio'
  | 'difference'
  | 'rootMeanSquareChange'
  | 'sameTop';

/** What `statistics` of test/fixtures/difference/formula.py writes. */
export type LlamaCppBlock = Record<Estimates, Pair> &
  Record<'kl' | 'probabilityChange', Spread> & { tokens: number; correlation: number };

/** The block of `llama-perplexity --kl-divergence`, to three digits. */
export function expectBlock(found: DivergenceStatistics, expected: LlamaCppBlock): void {
  expect(found.tokens).toBe(expected.tokens);
  expectClose(found.correlation, expected.correlation, 'correlation');
  for (const name of [
    'perplexityA',
    'perplexityB',
    'logRatio',
    'ratio',
    'difference',
    'rootMeanSquareChange',
    'sameTop',
  ] as const)
    expectEstimate(found[name], expected[name], name);
  expectSpread(found.kl, expected.kl, 'kl');
  expectSpread(found.probabilityChange, expected.probabilityChange, 'probabilityChange');
}

function expectSpread(found: Distributed, expected: Spread, name: string): void {
  expectEstimate(found.mean, expected.mean, name);
  expectClose(found.maximum, expected.maximum, `${name} maximum`);
  expectClose(found.minimum, expected.minimum, `${name} minimum`);
  for (const [i, value] of expected.percentiles.entries()) {
    const at = found.percentiles[i];
    expectClose(at?.value, value, `${name} ${at?.percent} %`);
  }
}

function expectEstimate(found: Estimate, [value, error]: Pair, name: string): void {
  expectClose(found.value, value, name);
  expectClose(found.error, error, `error of ${name}`);
}

/** To three digits, or where they are near nothing to a millionth. */
function expectClose(found: number | undefined, expected: number, name: string): void {
  expect(Math.abs((found ?? Number.NaN) - expected), name).toBeLessThan(5e-4 * Math.abs(expected) + 1e-6);
}

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { Engine } from '../../src/engine/engine';
import type { VectorNumbers } from '../../src/shared/why-api';
import { largestDifference } from '../support/compare';
import { temporaryFolder } from '../support/temporary-folder';

/* The vectors that layers make of a token, as numbers, by PyTorch: test/fixtures/vectors/make.py. */

const FIXTURES = fileURLToPath(new URL('../fixtures/', import.meta.url));
type Layer = Record<'queries' | 'keys' | 'values', number[]> & Record<'residual' | 'attention' | 'mlp', VectorNumbers>;
const { ids, position, cases } = JSON.parse(readFileSync(`${FIXTURES}vectors/golden.json`, 'utf8')) as {
  ids: number[];
  position: number;
  cases: Record<string, Layer[]>;
};

test.each(Object.entries(cases))(
  'the vectors of a token in every layer of %s are as long as PyTorch has them',
  async (name, layers) => {
    const engine = new Engine({ progress() {} });
    const cache = { folder: temporaryFolder(), limitBytes: 1e9 };
    const path = `${FIXTURES}architectures/${name}/hf`;
    await engine.answer('load', {
      task: 1,
      path,
      provider: 'cpu',
      threads: 1,
      cache,
      weights: 'auto',
      allowLarge: false,
    });
    const { trace } = await engine.answer('forwardTokens', { task: 2, ids, headMask: [], hidden: [], patches: [] });
    const found = await engine.answer('vectors', { trace, position });
    expect(found).toHaveLength(layers.length);
    for (const [layer, expected] of layers.entries()) {
      const numbers = ({ residual, attention, mlp }: Pick<Layer, 'residual' | 'attention' | 'mlp'>) =>
        [residual, attention, mlp].flatMap(({ norm, cosine }) => [norm, cosine]);
      const of = found[layer] as (typeof found)[number];
      expect(largestDifference(of.queries, expected.queries)).toBeLessThan(1e-4);
      expect(largestDifference(of.keys, expected.keys)).toBeLessThan(1e-4);
      expect(largestDifference(of.values, expected.values)).toBeLessThan(1e-4);
      expect(largestDifference(numbers(of), numbers(expected))).toBeLessThan(1e-4);
    }
  },
);

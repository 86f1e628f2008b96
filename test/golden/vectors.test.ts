import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { Engine } from '../../src/engine/engine';
import type { Additions } from '../../src/shared/anatomy-api';
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

async function read(name: string, tokens: number[]) {
  const engine = new Engine({ progress() {} });
  const cache = { folder: temporaryFolder(), limitBytes: 1e9 };
  const path = `${FIXTURES}architectures/${name}/hf`;
  const asked = { provider: 'cpu', threads: 1, weights: 'auto', allowLarge: false } as const;
  await engine.answer('load', { task: 1, path, cache, ...asked });
  const none = { headMask: [], hidden: [], patches: [] };
  const { trace } = await engine.answer('forwardTokens', { task: 2, ids: tokens, ...none });
  return { engine, trace };
}

/** Of one token, in every layer: what enters, and what the two parts add. */
const normsAt = ({ tokens, stream, attention, mlp }: Additions, position: number) =>
  Array.from({ length: mlp.length / tokens }, (_, layer) =>
    [stream, attention, mlp].map((norms) => norms[layer * tokens + position] as number),
  ).flat();

test.each(Object.entries(cases))(
  'the vectors of a token in every layer of %s are as long as PyTorch has them',
  async (name, layers) => {
    const { engine, trace } = await read(name, ids);
    const norms = normsAt(await engine.answer('additions', { task: 3, trace }), position);
    const expectedNorms = layers.flatMap(({ residual, attention, mlp }) => [residual.norm, attention.norm, mlp.norm]);
    expect(largestDifference(norms, expectedNorms)).toBeLessThan(1e-4);
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

test('what layers add to a long text, some of which carry a state, is as long as for each token alone', async () => {
  const tokens = 250;
  const { engine, trace } = await read(
    'qwen35',
    Array.from({ length: tokens }, (_, i) => (i * 37) % 200),
  );
  const all = await engine.answer('additions', { task: 3, trace });
  for (const token of [0, 100, tokens - 1]) {
    const alone = await engine.answer('vectors', { trace, position: token });
    const norms = alone.flatMap(({ residual, attention, mlp }) => [residual.norm, attention.norm, mlp.norm]);
    expect(largestDifference(normsAt(all, token), norms)).toBeLessThan(1e-4);
  }
});

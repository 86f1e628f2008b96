import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clustersOf, membersOf } from '../../../src/datasets/duplicates/clusters';
import { MinHash } from '../../../src/datasets/duplicates/min-hash';
import { permutations } from '../../../src/datasets/duplicates/permutations';
import type { ShingleHash } from '../../../src/datasets/duplicates/shingles';
import { MinHashFilter } from '../../../src/datasets/filters/min-hash';
import { copiesAmong } from './copies-among';

interface Expected {
  digests: (string | null)[];
  clusters: number[][];
}

const folder = 'test/fixtures/near-copies';
const documents: string[] = JSON.parse(gunzipSync(readFileSync(`${folder}/documents.json.gz`)).toString());
const expected: Record<ShingleHash, Expected> & { permutations: { a: string[]; b: string[] } } = JSON.parse(
  readFileSync(`${folder}/expected.json`, 'utf8'),
);

/** Documents that are like another, cluster by cluster. */
async function clustersIn(texts: string[], hash?: ShingleHash, stays = (_: number) => true, threshold = 0) {
  const { copies } = await copiesAmong(new MinHashFilter(hash), texts);
  const firsts = clustersOf(copies, texts.length, stays, threshold);
  return [...new Set(firsts)].map((first) => membersOf(firsts, first)).filter(({ length }) => length > 1);
}

const digest = (values: BigUint64Array | undefined) =>
  values ? createHash('sha256').update(new Uint8Array(values.buffer)).digest('hex').slice(0, 16) : null;

describe('MinHash', () => {
  it('has the permutations that numpy draws for datatrove', () => {
    const { a, b } = permutations(112);
    expect([...a].map(String)).toEqual(expected.permutations.a);
    expect([...b].map(String)).toEqual(expected.permutations.b);
  });

  describe.each(['xxhash', 'sha1'] as const)('of shingles by %s', (hash) => {
    it('gives the values that datatrove gives, in all languages', () => {
      const minHash = new MinHash(hash);
      expect(documents.map((text) => digest(minHash.values(text)))).toEqual(expected[hash].digests);
    });

    it('finds the clusters that datatrove finds', async () => {
      expect(await clustersIn(documents, hash)).toEqual(expected[hash].clusters);
    });
  });

  it('finds the same clusters in any order of documents', async () => {
    const inOrder = (clusters: number[][]) => clusters.map((cluster) => [...cluster].sort()).sort();
    const all = documents.map((_, index) => index);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(all, { minLength: all.length }), async (order) => {
        const clusters = await clustersIn(order.map((index) => documents[index] as string));
        const named = clusters.map((cluster) => cluster.map((place) => order[place] as number));
        expect(inOrder(named)).toEqual(inOrder(expected.xxhash.clusters));
      }),
      { numRuns: 3 },
    );
  });

  it('puts texts that are the same into one cluster, and finds nothing in common between those that share no words', async () => {
    const word = fc.stringMatching(/^[a-z]{3,8}$/);
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(word, { minLength: 20, maxLength: 40 }),
        fc.integer({ min: 2, max: 5 }),
        async (words, copies) => {
          const [one, other] = [words.slice(0, 10).join(' '), words.slice(10).join(' ')];
          const texts = [...Array.from({ length: copies }, () => one), other];
          expect(await clustersIn(texts)).toEqual([Array.from({ length: copies }, (_, index) => index)]);
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('an estimate of what two texts have in common', () => {
  it('is near to the share of sequences of five words that is', () => {
    const letter = (number: number) => String.fromCharCode(97 + (number % 26));
    const words = Array.from({ length: 400 }, (_, i) => `word${letter(i)}${letter(i / 26)}`);
    for (const apart of [0, 40, 100, 200]) {
      const other = words.map((word, i) => (i < apart ? `other${word}` : word));
      const common = 396 - Math.min(396, apart);
      const share = common / (2 * 396 - common);
      const estimate = new MinHash().similarity(words.join(' '), other.join(' '));
      expect(Math.abs(estimate - share)).toBeLessThan(0.15);
    }
  });
});

describe('near-duplicates of what stays', () => {
  const words = Array.from(
    { length: 100 },
    (_, i) => `word${String.fromCharCode(97 + (i % 26))}${String.fromCharCode(97 + (i % 7))}${'x'.repeat(i % 5)}`,
  );
  const changed = (from: number, to: number) =>
    words.map((word, i) => (i >= from && i < to ? `new${word}` : word)).join(' ');
  // The first and the last have half of their words in common, and each most of them with the one between.
  const chain = [changed(0, 12), changed(0, 0), changed(88, 100)];

  it('are what datatrove finds where the others were never there', async () => {
    const without = documents.map((_, index) => index % 3 !== 0);
    const staying = documents.map((_, index) => index).filter((index) => without[index]);
    const alone = await clustersIn(staying.map((index) => documents[index] as string));
    expect(await clustersIn(documents, 'xxhash', (index) => without[index] as boolean)).toEqual(
      alone.map((cluster) => cluster.map((place) => staying[place])),
    );
  });

  it('are fewer where the threshold is higher, and none at 1', async () => {
    const counts: number[] = [];
    for (const threshold of [0, 0.8, 0.9, 0.95, 1]) {
      const clusters = await clustersIn(documents, 'xxhash', () => true, threshold);
      counts.push(clusters.reduce((sum, { length }) => sum + length - 1, 0));
    }
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    expect(new Set(counts).size).toBe(counts.length);
    expect(counts.at(-1)).toBe(0);
  });

  it('have a number that says how much they share, but for the first of them', async () => {
    const texts = [...chain, 'something else that is not like any of the others'];
    const { similarities: numbers } = await copiesAmong(new MinHashFilter(), texts);
    expect(numbers[0]).toBeNaN();
    expect(numbers[1]).toBeGreaterThan(0.6);
    expect(numbers[2]).toBeGreaterThan(0.6);
    expect(numbers[3]).toBeNaN();
  });
});

import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { EngineApi } from '../../src/shared/requests';
import { largestDifference } from './compare';

/* What softmax is given, as transformers has it: README.md beside the fixture. */

interface WorkingGolden {
  logZ: number[];
  rows: RowGolden[];
}

interface RowGolden {
  layer: number;
  head: number;
  query: number;
  products: number[];
  /** Null where the mask is; the last of more than keys is a sink's. */
  scores: (number | null)[];
}

const WORKINGS: Readonly<Record<string, WorkingGolden>> = JSON.parse(
  readFileSync(new URL('../fixtures/workings/workings.json', import.meta.url), 'utf8'),
);

/** @param name of a case of `../fixtures/why` */
export const workingOf = (name: string): WorkingGolden => WORKINGS[name] as WorkingGolden;

/** The row is PyTorch's step by step, and ends in the pattern and in the lengths that other lenses compute by graphs. */
export async function expectRow(engine: EngineApi, trace: number, golden: RowGolden): Promise<void> {
  const { layer, head, query, products, scores } = golden;
  const row = await engine.headRow({ trace, layer, head, query });
  const largest = Math.max(...products.map(Math.abs));
  expect(largestDifference(row.products, products)).toBeLessThan(1e-4 * largest);
  expect([...row.masked]).toEqual(scores.slice(0, products.length).map((score) => (score === null ? 1 : 0)));
  const ours = [...row.scores, ...(row.sink ? [row.sink.score] : [])];
  expect(ours.length).toBe(scores.length);
  // PyTorch may have taken the same from all of them, which softmax ignores.
  const seen = [...scores.keys()].filter((key) => scores[key] !== null);
  const lessOwn = (all: readonly (number | null)[]) => seen.map((key) => (all[key] as number) - (all[query] as number));
  expect(largestDifference(lessOwn(ours), lessOwn(scores))).toBeLessThan(2e-4);
  const pattern = await engine.attentionOfQuery({ trace, layer, head, query });
  expect(largestDifference(row.weights.subarray(0, query + 1), pattern)).toBeLessThan(2e-5);
  const rows = { from: query, to: query + 1 };
  const { maximum } = await engine.attention({ trace, layer, head, rows, valueWeighted: 'length' });
  expect(largestDifference(row.norms.subarray(0, query + 1), maximum)).toBeLessThan(1e-4 * Math.max(...maximum));
}

import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { numbersOf } from '../../bench/engine/exactness';
import type { Numbers } from '../../bench/engine/peer';
import { meanDifference } from '../support/compare';
import { useEngine } from '../support/engine';

interface Text {
  name: string;
  ids: number[];
  /** The model computed in float64 throughout, by torch. */
  float64: Omit<Numbers, 'attention'>;
  /** How far torch's own float32 is from that: root of the mean square. */
  distanceOfTorch: Record<keyof Omit<Numbers, 'attention'>, number>;
}

const path = new URL('../fixtures/float64.json', import.meta.url);
const { texts }: { texts: Text[] } = JSON.parse(readFileSync(path, 'utf8'));

const use = useEngine();

describe.each(texts)("$name: no more than twice as far from float64 as torch's float32", (text) => {
  let ours: Awaited<ReturnType<typeof numbersOf>>;
  beforeAll(async () => {
    ours = await numbersOf(use.engine, Uint32Array.from(text.ids));
  });

  it.each(['logprob', 'entropy', 'lens'] as const)('in %s', (name) => {
    const distance = meanDifference(ours[name], text.float64[name]);
    expect(distance).toBeLessThan(2 * text.distanceOfTorch[name]);
  });
});

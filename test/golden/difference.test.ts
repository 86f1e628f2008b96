import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadRequest, nextTask, startTestEngine } from '../support/engine';

const TEXT = 'The mouse ate the cheese that the cat had left on the table.';

const engine = startTestEngine();
const other = startTestEngine();
afterAll(() => Promise.all([engine.stop(), other.stop()]));
beforeAll(() => Promise.all([engine.load(loadRequest()), other.load(loadRequest())]));

describe('a model held against itself', () => {
  test.each(['in one engine', 'in two engines'])('says the same, %s', async (where) => {
    const { trace, ids } = await engine.forward({ task: nextTask(), text: TEXT });
    const isShared = where === 'in two engines';
    const b = isShared ? await other.forward({ task: nextTask(), text: TEXT }) : { trace };
    const share = isShared ? await other.shareDistributions({}) : undefined;
    const found = await engine.difference({ task: nextTask(), trace, other: { trace: b.trace, share } });
    expect(found.kl).toHaveLength(ids.length - 1);
    expect(Math.max(...found.kl, ...found.reverseKl)).toBeLessThan(1e-6);
    expect(found.a).toEqual(found.b);
    const { logprob, rank } = await engine.predictions({ trace, from: 0, to: ids.length });
    expect(Math.max(...found.a.logprob.map((value, i) => Math.abs(value - (logprob[i + 1] as number))))).toBeLessThan(
      1e-4,
    );
    expect([...found.a.rank]).toEqual([...rank.subarray(1)]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Thumbnails } from '../../src/shared/engine-api';
import { largestDifference } from '../support/compare';
import { nextTask, readAll, useEngine } from '../support/engine';

const PROSE = 'The mouse that ate the cheese ran from the cat that ate the mouse, and nobody was surprised. ';
const LONG = Array.from({ length: 30 }, (_, i) => `${i}. ${PROSE}`).join('');

type Change = Parameters<typeof readAll>[2];

const comparable = async (engine: Parameters<typeof readAll>[0], text: string, change: Change = {}) => {
  const read = await readAll(engine, text, change);
  const heads = await engine.heads({ trace: read.trace });
  const thumbnails = await engine.thumbnails({ trace: read.trace });
  return { read, heads, thumbnails };
};

function expectEqual(one: Thumbnails, other: Thumbnails): void {
  expect(largestDifference(one.maximum, other.maximum)).toBeLessThan(1e-4);
  expect(largestDifference(one.mean, other.mean)).toBeLessThan(1e-4);
}

describe('a text that begins as the last one did', () => {
  const edited = useEngine();
  const fresh = useEngine();

  let runs = 0;
  /** A gain that differs from every earlier one by less than any number here can show: what was read under another is not reused. */
  const anew = (): Change => ({ headMask: [{ layer: 29, head: 8, value: 1 + ++runs * 2 ** -23 }] });

  it('gives the same numbers as a fresh run, wherever it was edited', async () => {
    const edit = fc.record({
      length: fc.integer({ min: 1, max: LONG.length }),
      insert: fc.constantFrom('', ' cheese', '\n\tx', '🧀'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 2, maxLength: 3 }), async (edits) => {
        for (const { length, insert } of edits) {
          const text = LONG.slice(0, length) + insert;
          const [a, b] = [await comparable(edited.engine, text), await comparable(fresh.engine, text, anew())];
          expect(b.read.reused).toBe(0);
          expect(a.read.ids).toEqual(b.read.ids);
          expect(largestDifference(a.read.logprob, b.read.logprob)).toBeLessThan(1e-4);
          expect(largestDifference(a.read.entropyAfter, b.read.entropyAfter)).toBeLessThan(1e-4);
          for (const [i, head] of a.heads.entries()) {
            const values = ({ previous, first, self, induction, entropy }: typeof head) => [
              previous,
              first,
              self,
              induction,
              entropy,
            ];
            expect(largestDifference(values(head), values(b.heads[i] as typeof head))).toBeLessThan(1e-4);
          }
          if (a.thumbnails.block === b.thumbnails.block) expectEqual(a.thumbnails, b.thumbnails);
        }
      }),
      { numRuns: 4 },
    );
  }, 240_000);

  it('has the thumbnails of a fresh run while it grows, and with it their blocks', async () => {
    const words = LONG.split(/(?= )/);
    for (let length = 8; length < 300; length += 29) {
      const text = words.slice(0, length).join('');
      const [a, b] = [await comparable(edited.engine, text), await comparable(fresh.engine, text, anew())];
      expect(a.thumbnails.block).toBe(b.thumbnails.block);
      expectEqual(a.thumbnails, b.thumbnails);
    }
  });

  it('is not run again up to the edit', async () => {
    // No text before began so: a trace that is still there would leave the keys and values of another text in the cache.
    const text = `Again: ${LONG}`;
    const first = await readAll(edited.engine, text);
    const second = await readAll(edited.engine, `${text} surprisingly`);
    expect(first.ids.length).toBeGreaterThan(600);
    expect(first.reused).toBe(0);
    expect(second.reused).toBeGreaterThanOrEqual(first.ids.length - 65);
    expect((await readAll(edited.engine, text)).reused).toBe(first.ids.length);
  });

  it('is read anew where it is so short that the thumbnails of the long one are too coarse for it', async () => {
    const long = await readAll(edited.engine, LONG);
    const short = await readAll(edited.engine, LONG.slice(0, 400));
    const { block } = await edited.engine.thumbnails({ trace: short.trace });
    expect(long.ids.length).toBeGreaterThan(5 * short.ids.length);
    expect(block).toBeLessThanOrEqual(4);
  });

  it('is read anew when a head is ablated', async () => {
    const plain = await readAll(edited.engine, PROSE);
    const ablated = await readAll(edited.engine, PROSE, { headMask: [{ layer: 0, head: 0, value: 0 }] });
    expect(ablated.reused).toBe(0);
    expect(largestDifference(ablated.logprob, plain.logprob)).toBeGreaterThan(0.01);
  });

  it('may follow a continuation, which has added to the cache', async () => {
    const { trace } = await readAll(edited.engine, PROSE);
    await edited.engine.continuation({ task: nextTask(), trace, count: 5 });
    const after = await readAll(edited.engine, `${PROSE} And then`);
    expect(
      largestDifference(after.logprob, (await readAll(fresh.engine, `${PROSE} And then`, anew())).logprob),
    ).toBeLessThan(1e-4);
  });

  it('stays at hand while others are read that nobody waits for, and goes first', async () => {
    const { engine } = edited;
    const text = LONG.slice(0, 1200);
    const { ids, logprob } = await readAll(engine, text);
    const ended: string[] = [];
    const ends = (name: string, work: Promise<unknown>) => work.then(() => ended.push(name));
    const scoring = engine.scoreInBackground({ task: nextTask(), ids: [...ids] });
    const given = { task: nextTask(), ids: [...ids].reverse() };
    const givenUp = engine.scoreInBackground(given);
    const asked = readAll(engine, `${text} And`);
    await Promise.all([
      ends('in background', scoring),
      ends('asked', asked),
      ends('given up', expect(givenUp).rejects.toMatchObject({ code: 'task.cancelled' })),
      ends('cancelled', engine.cancel({ task: given.task })),
    ]);
    expect(ended).toEqual(['cancelled', 'asked', 'in background', 'given up']);
    expect((await asked).reused).toBeGreaterThan(ids.length - 65);
    expect(largestDifference((await scoring).logprob.subarray(1), logprob.subarray(1))).toBeLessThan(1e-4);
  });
});

import { describe, expect, it } from 'vitest';
import { nextTask, readAll, useEngine, withoutHeads } from '../support/engine';

const SENTENCE = 'The quick brown fox jumps over the lazy dog near the river. ';
const ALL = Array.from({ length: 270 }, (_, i) => ({ layer: Math.floor(i / 9), head: i % 9 }));

describe('heads switched off one by one', () => {
  const use = useEngine();

  it.each([
    // One run of several streams, and a stream in several runs.
    ['a sentence', SENTENCE.repeat(3), 38],
    ['a long text', SENTENCE.repeat(50), 600],
  ])('change a token of %s as much as each does by itself', async (_, text, position) => {
    const { trace, ids } = await readAll(use.engine, text);
    const heads = [
      { layer: 29, head: 8 },
      { layer: 18, head: 6 },
      { layer: 0, head: 3 },
    ];
    const found = await withoutHeads(use.engine, { trace, position, heads });
    for (const [i, head] of heads.entries()) {
      const scored = await use.engine.score({
        task: nextTask(),
        ids: [...ids.subarray(0, position + 1)],
        headMask: [{ ...head, value: 0 }],
      });
      expect(Math.abs((found[i] ?? Number.NaN) - (scored.at(-1) ?? 0))).toBeLessThan(1e-4);
    }
  });

  it('can be cancelled', async () => {
    const { trace, ids } = await readAll(use.engine, SENTENCE.repeat(20));
    const task = nextTask();
    const run = withoutHeads(use.engine, { task, trace, position: ids.length - 1, heads: ALL });
    await use.engine.cancel({ task });
    await expect(run).rejects.toMatchObject({ code: 'task.cancelled' });
    const again = await withoutHeads(use.engine, { task, trace, position: 1, heads: ALL.slice(0, 2) });
    expect(again).toHaveLength(2);
  });

  it.each([
    ['a head that there is not', { position: 1, heads: [{ layer: 30, head: 0 }] }],
    ['a token that there is not', { position: 5000, heads: ALL }],
    ['the first token, which nothing predicts', { position: 0, heads: ALL }],
  ])('refuse %s', async (_, request) => {
    const { trace } = await readAll(use.engine, SENTENCE);
    await expect(withoutHeads(use.engine, { trace, ...request })).rejects.toMatchObject({
      code: expect.stringMatching(/^request\./),
    });
  });

  it('ask for none and get none', async () => {
    const { trace } = await readAll(use.engine, SENTENCE);
    expect(await withoutHeads(use.engine, { trace, position: 1, heads: [] })).toHaveLength(0);
  });
});

import { expect, it } from 'vitest';
import { blankPredictions } from '../../../src/remote/predictions';
import { WindowMemory } from '../../../src/remote/window-memory';
import { scoreWindows } from '../../../src/workspace/windows';

/** As if each token were as improbable as its id is large. */
function predictionsOf(ids: Uint32Array, topK: number) {
  const predictions = blankPredictions(ids.length, topK, undefined);
  predictions.logprob.set(ids);
  return predictions;
}

const idsFrom = (from: number, count: number) => Uint32Array.from({ length: count }, (_, i) => (from + i) * 3);

it('knows all windows of a text as long as contexts are when it has been read', () => {
  const memory = new WindowMemory();
  const windows = scoreWindows(128_000, 2000).map(({ from, to }) => idsFrom(from, to - from));
  for (const ids of windows) memory.add(ids, predictionsOf(ids, 5));
  expect(windows.every((ids) => memory.known(ids, 5)?.logprob.length === ids.length)).toBe(true);
});

it('knows what an edited text begins with, and the text before the edit', () => {
  const memory = new WindowMemory();
  const before = idsFrom(0, 100);
  memory.add(before, predictionsOf(before, 5));
  const grown = idsFrom(0, 101);
  memory.add(grown, predictionsOf(grown, 5));
  const edited = before.with(60, 7);
  expect(memory.known(edited, 5)?.logprob).toEqual(predictionsOf(before.subarray(0, 60), 5).logprob);
  memory.add(edited, predictionsOf(edited, 5));
  expect(memory.known(before, 5)?.logprob).toHaveLength(100);
  expect(memory.known(edited, 5)?.logprob).toHaveLength(100);
});

it('knows fewer alternatives than were read, and not more', () => {
  const memory = new WindowMemory();
  const ids = idsFrom(0, 10);
  memory.add(ids, predictionsOf(ids, 20));
  memory.add(idsFrom(0, 11), predictionsOf(idsFrom(0, 11), 5));
  expect(memory.known(ids, 5)?.topK).toBe(5);
  expect(memory.known(ids, 20)?.topK).toBe(20);
  expect(memory.known(ids, 21)).toBeUndefined();
});

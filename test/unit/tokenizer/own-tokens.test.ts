import { expect, it } from 'vitest';
import type { Tokenizer } from '../../../src/tokenizer';
import { ownTokens } from '../../../src/tokenizer/model-text';

/** What is told of a text of these ids while it is read, where a model wants these before every text. */
function told(ids: number[], begin: number[]): [number, number][] {
  const reports: [number, number][] = [];
  const tokenizer = { begin } as unknown as Tokenizer;
  const report = ownTokens((done, total) => reports.push([done, total]), Uint32Array.from(ids), tokenizer);
  for (let done = 0; done <= ids.length; done++) report(done, ids.length);
  return reports;
}

it('counts no token that is before every text', () => {
  expect(told([2, 7, 8], [2])).toEqual([
    [0, 2],
    [0, 2],
    [1, 2],
    [2, 2],
  ]);
});

it.each([
  [[7, 8], []],
  [[7, 8], [2]],
  [[2], [2]],
])('and all of %j where %j is not before it', (ids, begin) =>
  expect(told(ids, begin).at(-1)).toEqual([ids.length, ids.length]),
);

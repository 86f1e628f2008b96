import { expect, it } from 'vitest';
import { jsonPieces } from '../../../src/cli/json-pieces';

it.each([
  { name: 'model', text: 'a "b"\n', nothing: null, unasked: undefined, number: -1.5 },
  { first: undefined, list: [], lists: [[1, 2], []], objects: [{ a: [{}] }, null] },
])('is the JSON of %j', (object) => {
  expect([...jsonPieces(object)].join('')).toBe(JSON.stringify(object));
});

it('holds no more than an item of a list at a time', () => {
  function* items() {
    for (let item = 0; item < 1000; item++) yield 'x'.repeat(1000);
  }
  const longest = Math.max(...Array.from(jsonPieces({ items: items() }), (piece) => piece.length));
  expect(longest).toBeLessThan(1100);
});

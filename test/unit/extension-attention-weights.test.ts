import { describe, expect, it } from 'vitest';
import { queryAttention } from '../../src/extension/decorations/attention-weights';

/** Two heads over three keys. */
const PATTERNS = Float32Array.of(0.5, 0.25, 0.25, 0.75, 0, 0.25);

describe('what a query attends to', () => {
  it.each([
    ['the mean of all heads', undefined, false, { weights: [0.625, 0.125, 0.25], masked: 0, largest: 0.625 }],
    ['one head', 1, false, { weights: [0.75, 0, 0.25], masked: 0, largest: 0.75 }],
    ['the mean without the first token', undefined, true, { weights: [0, 0.125, 0.25], masked: 0.625, largest: 0.25 }],
    ['one head without the first token', 0, true, { weights: [0, 0.25, 0.25], masked: 0.5, largest: 0.25 }],
  ])('%s', (_, head, maskSink, expected) => {
    const { weights, masked, largest } = queryAttention(PATTERNS, 2, head, maskSink);
    expect({ weights: Array.from(weights), masked, largest }).toEqual(expected);
  });

  it('leaves the first token what it has, which is all', () => {
    expect(queryAttention(Float32Array.of(1, 1), 2, undefined, true)).toMatchObject({ masked: 0, largest: 1 });
  });
});

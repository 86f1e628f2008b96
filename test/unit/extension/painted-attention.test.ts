import { describe, expect, it } from 'vitest';
import { queryAttention } from '../../../src/extension/decorations/painted-attention';

describe('what a query attends to', () => {
  it.each([
    ['all of it', false, { weights: [0.75, 0, 0.25], masked: 0, largest: 0.75 }],
    ['without the first token', true, { weights: [0, 0, 0.25], masked: 0.75, largest: 0.25 }],
  ])('%s', (_, maskSink, expected) => {
    const { weights, masked, largest } = queryAttention(Float32Array.of(0.75, 0, 0.25), maskSink);
    expect({ weights: Array.from(weights), masked, largest }).toEqual(expected);
  });

  it('leaves the first token what it has, which is all', () => {
    expect(queryAttention(Float32Array.of(1), true)).toMatchObject({ masked: 0, largest: 1 });
  });
});

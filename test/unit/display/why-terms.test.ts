import { describe, expect, it } from 'vitest';
import { whyTerms } from '../../../src/display/why-terms';
import type { LayerInfo } from '../../../src/shared/engine-api';
import type { Why } from '../../../src/shared/why-api';

const layer = (attention: boolean): LayerInfo => ({ attention, hasSinks: false, hasPositions: true });

/** Of two layers with two heads each; numbers that a float32 holds. */
const why: Why = {
  token: 7,
  against: 9,
  position: 3,
  logprobs: { token: -0.5, against: -1.5 },
  logitDifference: 1,
  embedding: 0.125,
  heads: Float32Array.of(0.5, -0.25, 0, 0),
  mixers: Float32Array.of(0, 0.75),
  attentionBiases: Float32Array.of(0, 0),
  mlps: Float32Array.of(0.375, -0.5),
  bias: 0,
  sources: Float32Array.of(0.125, 0.25, -0.125),
  remainder: 0,
  softCap: 0,
};
const layers = [layer(true), layer(false)];
const textOf = (id: number) => `<${id}>`;
const ids = Uint32Array.of(1, 2, 1, 7);

describe('why a token, with a name for every part', () => {
  it('goes from the embedding through the layers, and adds up to the difference with the remainder', () => {
    const { terms, remainder, logitDifference } = whyTerms(why, layers, ids, textOf);
    expect(terms).toEqual([
      { kind: 'embedding', value: 0.125 },
      { kind: 'head', layer: 0, head: 0, value: 0.5 },
      { kind: 'head', layer: 0, head: 1, value: -0.25 },
      { kind: 'mlp', layer: 0, value: 0.375 },
      { kind: 'mixer', layer: 1, value: 0.75 },
      { kind: 'mlp', layer: 1, value: -0.5 },
    ]);
    expect(terms.reduce((sum, { value }) => sum + value, remainder)).toBe(logitDifference);
  });

  it('has the biases of a model that has such, and what a soft cap has of the remainder', () => {
    const biased = { ...why, attentionBiases: Float32Array.of(0.25, 0), bias: -0.5, remainder: 0.125, softCap: 0.125 };
    const { terms, remainder, logitDifference, softCap } = whyTerms(biased, layers, ids, textOf);
    expect(terms.filter(({ kind }) => kind === 'bias')).toEqual([
      { kind: 'bias', layer: 0, value: 0.25 },
      { kind: 'bias', value: -0.5 },
    ]);
    expect(terms.reduce((sum, { value }) => sum + value, remainder)).toBe(logitDifference);
    expect(softCap).toBe(0.125);
  });

  it('names both tokens with their probabilities, and each token that stands before', () => {
    expect(whyTerms(why, layers, ids, textOf)).toMatchObject({
      token: { id: 7, text: '<7>', logprob: -0.5 },
      against: { id: 9, text: '<9>', logprob: -1.5 },
      position: 3,
      sources: [
        { token: { id: 1, text: '<1>' }, value: 0.125 },
        { token: { id: 2, text: '<2>' }, value: 0.25 },
        { token: { id: 1, text: '<1>' }, value: -0.125 },
      ],
    });
  });
});

import { describe, expect, it } from 'vitest';
import {
  attentionShare,
  bitsOf,
  differenceShare,
  entropyShare,
  probabilityShare,
  rankShare,
  signedShare,
  surprisalShare,
} from '../../../src/display/scales';

describe('shares of the scales', () => {
  it.each([
    ['certainty is not surprising', surprisalShare(0), 0],
    ['half of 16 bits', surprisalShare(8), 0.5],
    ['the scale of surprisal ends at 16 bits', surprisalShare(40), 1],
    ['two bits less are half of the way to eight', differenceShare(-2), -0.5],
    ['the scale of differences ends at 8 bits', differenceShare(30), 1],
    ['a quarter of the most that is brought, against', signedShare(-0.5, 2), -0.5],
    ['nothing where nothing is brought', signedShare(0, 0), 0],
    ['100 %', probabilityShare(Math.log(1)), 0],
    ['1 % is two of five decades', probabilityShare(Math.log(0.01)), 0.4],
    ['0.001 % is the end', probabilityShare(Math.log(0.00001)), 1],
    ['less is the end too', probabilityShare(Math.log(1e-9)), 1],
    ['the first guess', rankShare(0), 0],
    ['the tenth guess is one of three decades', rankShare(9), 1 / 3],
    ['the thousandth guess is the end', rankShare(999), 1],
    ['beyond it too', rankShare(40_000), 1],
    ['no uncertainty', entropyShare(0, 1024), 0],
    ['half of log2 of the vocabulary', entropyShare(5, 1024), 0.5],
    ['all tokens alike', entropyShare(10, 1024), 1],
    ['a quarter of the largest weight is half the scale', attentionShare(0.1, 0.4), 0.5],
    ['the largest weight', attentionShare(0.4, 0.4), 1],
    ['nothing to be shown', attentionShare(0, 0), 0],
    ['a weight of under 0.001 %, were it the largest', attentionShare(9e-6, 9e-6), 0],
  ])('%s', (_, share, expected) => {
    expect(share).toBeCloseTo(expected, 10);
  });

  it('has no share for what is not a number', () => {
    expect([surprisalShare(Number.NaN), probabilityShare(Number.NaN)]).toEqual([Number.NaN, Number.NaN]);
  });
});

it('counts bits of a probability', () => {
  expect(bitsOf(Math.log(1 / 8))).toBeCloseTo(3, 12);
});

import { describe, expect, it } from 'vitest';
import {
  approximateTrainingFlops,
  CHINCHILLA,
  deviceSeconds,
  EPOCH,
  fittedLoss,
  kaplanOptimalTokens,
  kaplanOptimumFor,
  type LossFit,
  optimalTokens,
  optimumFor,
  tokensForLoss,
} from '../../../src/anatomy/scaling-laws';

const PARAMETERS = 134_515_008;

/* Constants from the papers' own tables, computed once more with Python from their formulas. */
describe('what the best training of a size is', () => {
  it.each<[string, LossFit, number, number, number]>([
    ['as the paper has it', CHINCHILLA, 3.85e9, 3.24, 2.54],
    ['in the refit', EPOCH, 3.37e9, 3.22, 2.6],
  ])('%s', (_, fit, tokens, loss, lossOf2T) => {
    const optimum = optimalTokens(fit, PARAMETERS);
    expect(Number(optimum.toPrecision(3))).toBe(tokens);
    expect(Number(fittedLoss(fit, PARAMETERS, optimum).toFixed(2))).toBe(loss);
    expect(Number(fittedLoss(fit, PARAMETERS, 2e12).toFixed(2))).toBe(lossOf2T);
  });

  it.each<[string, LossFit, number, number, number]>([
    ['as the paper has it', CHINCHILLA, 32.2e9, 2.98e12, 92.6],
    ['in the refit', EPOCH, 72.2e9, 1.33e12, 18.4],
  ])('with the operations that Chinchilla took, %s', (_, fit, parameters, tokens, ratio) => {
    const best = optimumFor(fit, 5.76e23);
    expect(Number(best.parameters.toPrecision(3))).toBe(parameters);
    expect(Number(best.tokens.toPrecision(3))).toBe(tokens);
    expect(Number((best.tokens / best.parameters).toPrecision(3))).toBe(ratio);
  });

  // Hoffmann et al. 2022, introduction: of ten times the computation, Kaplan et al. give the size 5.5 and the tokens 1.8 times.
  it('as Kaplan et al. have it', () => {
    const [less, more] = [kaplanOptimumFor(1e21), kaplanOptimumFor(1e22)];
    expect(Math.abs(more.parameters / less.parameters - 5.5)).toBeLessThan(0.2);
    expect(Math.abs(more.tokens / less.tokens - 1.8)).toBeLessThan(0.1);
    expect(kaplanOptimalTokens(more.parameters) / more.tokens).toBeCloseTo(1, 9);
    // Of one petaflop-day their law has 1.3e9 weights, and it is that computation still.
    const { parameters, tokens } = kaplanOptimumFor(8.64e19);
    expect(parameters).toBe(1.3e9);
    expect(approximateTrainingFlops(parameters, tokens) / 8.64e19).toBeCloseTo(1, 9);
  });

  it('tokens that bring a size to a loss do, and none bring it below what the size allows', () => {
    const tokens = tokensForLoss(EPOCH, PARAMETERS, 2.7) ?? Number.NaN;
    expect(fittedLoss(EPOCH, PARAMETERS, tokens)).toBeCloseTo(2.7, 9);
    expect(tokensForLoss(EPOCH, PARAMETERS, 2.5)).toBeUndefined();
  });

  it('both ways to ask for it agree', () => {
    const { parameters, tokens } = optimumFor(EPOCH, 1e21);
    expect(optimalTokens(EPOCH, parameters) / tokens).toBeCloseTo(1, 9);
    expect(approximateTrainingFlops(parameters, tokens) / 1e21).toBeCloseTo(1, 9);
  });
});

it('seconds are those of a device that is used in part', () => {
  expect(deviceSeconds(60e12, 2e12, 0.5)).toBe(60);
});

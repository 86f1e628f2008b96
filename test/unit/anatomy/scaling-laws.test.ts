import { describe, expect, it } from 'vitest';
import {
  approximateTrainingFlops,
  CHINCHILLA,
  deviceDays,
  EPOCH,
  fittedLoss,
  type LossFit,
  optimalTokens,
  optimumFor,
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

  it('both ways to ask for it agree', () => {
    const { parameters, tokens } = optimumFor(EPOCH, 1e21);
    expect(optimalTokens(EPOCH, parameters) / tokens).toBeCloseTo(1, 9);
    expect(approximateTrainingFlops(parameters, tokens) / 1e21).toBeCloseTo(1, 9);
  });
});

it('days are those of a device that is used in part', () => {
  expect(deviceDays(86_400 * 1e12, 2e12, 0.5)).toBe(1);
});

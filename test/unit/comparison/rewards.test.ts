import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  crossEntropy,
  implicitReward,
  negativeLogSigmoid,
  preferenceLoss,
  rewardedAnswer,
  rewardModelLoss,
  sigmoid,
  tokenRewards,
} from '../../../src/comparison/rewards';
import golden from '../../fixtures/rewards/golden.json' with { type: 'json' };

const finite = (most: number) => fc.double({ min: -most, max: most, noNaN: true });
const beta = fc.double({ min: 0.001, max: 10, noNaN: true });
const logprobs = fc.record({ policy: finite(1000), reference: finite(1000) });

const sumsOf = ({ policy, reference }: (typeof golden.pairs)[number]['chosen']) => ({
  policy: policy.sum,
  reference: reference.sum,
});

describe("rewards agree with TRL's formulas in PyTorch", () => {
  it.each(golden.pairs)('of a pair with β = $beta', (pair) => {
    const [chosen, rejected] = [sumsOf(pair.chosen), sumsOf(pair.rejected)];
    const { chosenReward, rejectedReward, margin, preference, loss } = pair;
    const found = preferenceLoss(chosen, rejected, pair.beta);
    for (const [key, value] of Object.entries({ chosenReward, rejectedReward, margin, preference, loss })) {
      expect(found[key as keyof typeof found]).toBeCloseTo(value, 10);
    }
    const [one = 0, other = 0] = pair.modelRewards;
    expect(rewardModelLoss(one, other)).toBeCloseTo(pair.rewardModelLoss, 10);
    expect(rewardedAnswer(one, chosen, pair.beta).objective).toBeCloseTo(pair.objective, 10);
    for (const { policy, reference } of [pair.chosen, pair.rejected]) {
      expect(crossEntropy(policy.tokens)).toBeCloseTo(policy.crossEntropy, 10);
      const tokens = tokenRewards(policy.tokens, reference.tokens, pair.beta);
      const sum = tokens.reduce((total, reward) => total + reward, 0);
      const whole = implicitReward({ policy: policy.sum, reference: reference.sum }, pair.beta);
      expect(sum).toBeCloseTo(whole, 10);
    }
  });

  it.each(golden.logsigmoid)('of $x at both ends of σ', ({ x, loss, sigmoid: share }) => {
    expect(Math.abs(negativeLogSigmoid(x) - loss)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(loss)));
    expect(Math.abs(sigmoid(x) - share)).toBeLessThan(1e-15);
  });
});

describe('whatever the numbers are', () => {
  it('a pair turned round has the margin turned round, and the two losses differ by it', () => {
    fc.assert(
      fc.property(logprobs, logprobs, beta, (chosen, rejected, b) => {
        const [one, other] = [preferenceLoss(chosen, rejected, b), preferenceLoss(rejected, chosen, b)];
        expect(other.margin).toBeCloseTo(-one.margin, 8);
        expect(other.loss - one.loss).toBeCloseTo(one.margin, 6);
        expect(one.preference + other.preference).toBeCloseTo(1, 12);
      }),
    );
  });

  it('a model against itself has no reward, no margin, and the loss ln 2', () => {
    fc.assert(
      fc.property(finite(1000), finite(1000), beta, (chosen, rejected, b) => {
        const same = (logprob: number) => ({ policy: logprob, reference: logprob });
        const { margin, loss, chosenReward } = preferenceLoss(same(chosen), same(rejected), b);
        expect([Math.abs(margin), Math.abs(chosenReward), loss]).toEqual([0, 0, Math.LN2]);
      }),
    );
  });

  it('what a prompt adds to both answers changes nothing', () => {
    fc.assert(
      fc.property(logprobs, logprobs, beta, finite(1000), (chosen, rejected, b, shift) => {
        const shifted = (answer: typeof chosen) => ({ ...answer, policy: answer.policy + shift });
        const margin = preferenceLoss(shifted(chosen), shifted(rejected), b).margin;
        expect(margin).toBeCloseTo(preferenceLoss(chosen, rejected, b).margin, 6);
      }),
    );
  });

  it('a larger margin never has a larger loss, and the loss is finite', () => {
    fc.assert(
      fc.property(finite(1e6), fc.double({ min: 0, max: 1e6, noNaN: true }), (margin, more) => {
        const loss = negativeLogSigmoid(margin);
        expect(Number.isFinite(loss) && loss >= 0).toBe(true);
        expect(negativeLogSigmoid(margin + more)).toBeLessThanOrEqual(loss);
      }),
    );
  });

  it('the best answers of the objective are those whose implicit reward is the reward', () => {
    fc.assert(
      fc.property(finite(50), finite(50), beta, (reference, reward, b) => {
        // π = π_ref e^(r/β) / Z with Z = 1: Rafailov et al. 2023, equation 4.
        const optimal = { policy: reference + reward / b, reference };
        expect(implicitReward(optimal, b)).toBeCloseTo(reward, 6);
        expect(rewardedAnswer(reward, optimal, b).objective).toBeCloseTo(0, 6);
      }),
    );
  });

  it('of no tokens there is no cross-entropy', () => expect(crossEntropy([])).toBeNaN());
});

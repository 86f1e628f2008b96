import {
  type AnswerLogprobs,
  crossEntropy,
  logRatio,
  type PreferenceLoss,
  preferenceLoss,
  type RewardedAnswer,
  rewardedAnswer,
  rewardModelLoss,
  sigmoid,
  tokenRewards,
} from '../../../../src/comparison/rewards';
import type { ScoredAnswer, ScoredPair } from '../../../../src/shared/difference-api';
import type { PairChoice } from './pair-choice';

/** A token of an answer under both models; nats. */
export interface TokenNumbers {
  text: string;
  reference: number;
  policy: number;
  /** ln π/π_ref. */
  ratio: number;
  /** β times that. */
  reward: number;
}

export interface AnswerNumbers extends AnswerLogprobs {
  tokens: TokenNumbers[];
  ratio: number;
  /** −ln p a token; with different vocabularies, a character. */
  loss: { policy: number; reference: number };
  rewarded: RewardedAnswer;
}

/** All that the steps say of a pair. */
export interface PairNumbers {
  /** Where not, `tokens` are parts of the answers, and cross-entropies are of characters. */
  sameVocabulary: boolean;
  chosen: AnswerNumbers;
  rejected: AnswerNumbers;
  preference: PreferenceLoss;
  /** Of the scores that a person has written. */
  rewardModel: { preference: number; loss: number };
}

export function pairNumbers(pair: ScoredPair, choice: PairChoice): PairNumbers {
  const { beta, chosenScore, rejectedScore } = choice;
  const chosen = answerNumbers(pair.chosen, chosenScore, choice, pair.sameVocabulary);
  const rejected = answerNumbers(pair.rejected, rejectedScore, choice, pair.sameVocabulary);
  return {
    sameVocabulary: pair.sameVocabulary,
    chosen,
    rejected,
    preference: preferenceLoss(chosen, rejected, beta),
    rewardModel: {
      preference: sigmoid(chosenScore - rejectedScore),
      loss: rewardModelLoss(chosenScore, rejectedScore),
    },
  };
}

function answerNumbers(
  answer: ScoredAnswer,
  score: number,
  { trained, beta }: PairChoice,
  sameVocabulary: boolean,
): AnswerNumbers {
  const ofB = trained === 'b';
  const [policies, references] = [
    answer.tokens.map(({ logprobA, logprobB }) => (ofB ? logprobB : logprobA)),
    answer.tokens.map(({ logprobA, logprobB }) => (ofB ? logprobA : logprobB)),
  ];
  const sums = ofB
    ? { policy: answer.logprobB, reference: answer.logprobA }
    : { policy: answer.logprobA, reference: answer.logprobB };
  const characters = answer.tokens.reduce((sum, { text }) => sum + [...text].length, 0);
  const rewards = tokenRewards(policies, references, beta);
  return {
    ...sums,
    tokens: answer.tokens.map(({ text }, index) => {
      const [policy = Number.NaN, reference = Number.NaN] = [policies[index], references[index]];
      return { text, policy, reference, ratio: logRatio({ policy, reference }), reward: rewards[index] ?? Number.NaN };
    }),
    ratio: logRatio(sums),
    loss: sameVocabulary
      ? { policy: crossEntropy(policies), reference: crossEntropy(references) }
      : { policy: -sums.policy / characters, reference: -sums.reference / characters },
    rewarded: rewardedAnswer(score, sums, beta),
  };
}

/** The token of an answer that training made less probable by most; undefined where it did so to none. */
export function mostLessened({ tokens }: AnswerNumbers): TokenNumbers | undefined {
  const least = tokens.reduce<TokenNumbers | undefined>(
    (lowest, token) => (token.ratio < (lowest?.ratio ?? 0) ? token : lowest),
    undefined,
  );
  return least;
}

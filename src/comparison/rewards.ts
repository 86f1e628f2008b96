/*
 * From loss to reward, in numbers. π is the policy, the model that was trained; π_ref the reference, which it was trained
 * from. All logarithms are natural, and only tokens of an answer count: those of the prompt are given.
 *
 * - Christiano et al. 2017, "Deep reinforcement learning from human preferences", arXiv 1706.03741: rewards of preferences.
 * - Ouyang et al. 2022, "Training language models to follow instructions with human feedback", arXiv 2203.02155: the loss of
 *   a reward model (equation 1) and the objective with its KL term (equation 2, here without the pretraining term).
 * - Rafailov et al. 2023, "Direct preference optimization", arXiv 2305.18290: the implicit reward and the loss (equation 7).
 * - Rafailov et al. 2024, "From r to Q*", arXiv 2404.12358: what a single token's share of it is.
 */

/** The β that most libraries train with unless told another: a model on a hub does not say its own. */
export const DEFAULT_BETA = 0.1;

/** ln p of an answer, summed over its tokens, in nats. */
export interface AnswerLogprobs {
  policy: number;
  reference: number;
}

/** What direct preference optimisation makes of a pair of answers. */
export interface PreferenceLoss {
  /** β ln π/π_ref of each answer, up to a term of the prompt alone, which both have in common. */
  chosenReward: number;
  rejectedReward: number;
  /** The first less the second: there the term of the prompt is gone. */
  margin: number;
  /** σ(margin): with these rewards, how probable it is that the chosen answer is preferred (Bradley and Terry). */
  preference: number;
  /** −ln σ(margin), in nats. */
  loss: number;
}

/** Of an answer: what reinforcement learning makes as large as it can. */
export interface RewardedAnswer {
  /** β ln π/π_ref: over many answers of the policy its mean is β KL(π ‖ π_ref); of one answer it may be below 0. */
  penalty: number;
  /** The reward less the penalty. */
  objective: number;
}

/** −ln p a token, in nats: what pretraining and supervised fine-tuning make small. NaN for no tokens. */
export function crossEntropy(logprobs: readonly number[]): number {
  return logprobs.length === 0 ? Number.NaN : -sumOf(logprobs) / logprobs.length;
}

/** ln π/π_ref of an answer: how many nats more probable training has made it. */
export function logRatio({ policy, reference }: AnswerLogprobs): number {
  return policy - reference;
}

/**
 * β ln π/π_ref of an answer. After preference training it is the reward that was learnt, up to a term of the prompt alone
 * (Rafailov et al. 2023, equation 5); after any other training it is a log-ratio times β.
 */
export function implicitReward(logprobs: AnswerLogprobs, beta: number): number {
  return beta * logRatio(logprobs);
}

/**
 * β ln π/π_ref of each token. It is r + V(next state) − V(state), an advantage: one token of a good answer may be below 0,
 * and only the sum over the answer says something of it (Rafailov et al. 2024).
 *
 * @param policy, reference ln p of the tokens of one answer: [token]
 */
export function tokenRewards(policy: readonly number[], reference: readonly number[], beta: number): number[] {
  return policy.map((logprob, index) => beta * (logprob - (reference[index] ?? Number.NaN)));
}

/** @param beta above 0; the training's own, where it is known */
export function preferenceLoss(chosen: AnswerLogprobs, rejected: AnswerLogprobs, beta: number): PreferenceLoss {
  const chosenReward = implicitReward(chosen, beta);
  const rejectedReward = implicitReward(rejected, beta);
  // Of the ratios, as TRL does: a product of β with each first would round twice.
  const margin = beta * (logRatio(chosen) - logRatio(rejected));
  return { chosenReward, rejectedReward, margin, preference: sigmoid(margin), loss: negativeLogSigmoid(margin) };
}

/** −ln σ(r_chosen − r_rejected), in nats: what the training of a reward model makes small. */
export function rewardModelLoss(chosen: number, rejected: number): number {
  return negativeLogSigmoid(chosen - rejected);
}

/** @param reward of the answer, by a reward model or by a person; in its own unit, which β divides nats of */
export function rewardedAnswer(reward: number, logprobs: AnswerLogprobs, beta: number): RewardedAnswer {
  const penalty = implicitReward(logprobs, beta);
  return { penalty, objective: reward - penalty };
}

/** −ln σ(x) = ln(1 + e^−x), without overflow at either end. */
export function negativeLogSigmoid(x: number): number {
  return Math.max(0, -x) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** 1 / (1 + e^−x), exact at both ends. */
export function sigmoid(x: number): number {
  const small = Math.exp(-Math.abs(x));
  return (x >= 0 ? 1 : small) / (1 + small);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/*
 * How a model's loss falls with its size and with what it has read, as three papers fitted it. Losses are nats a token of the
 * papers' own vocabularies and texts: they say how training is best spent, not what a model at hand would score.
 */

/** L(N, D) = E + A / N^α + B / D^β, of N parameters and D tokens. */
export interface LossFit {
  E: number;
  A: number;
  B: number;
  alpha: number;
  beta: number;
}

/** Hoffmann et al. 2022 (arXiv 2203.15556), as printed there, rounded: they contradict the paper's own 20 tokens a parameter. */
export const CHINCHILLA: LossFit = { E: 1.69, A: 406.4, B: 410.7, alpha: 0.34, beta: 0.28 };

/** The refit of the same experiments by Besiroglu et al. 2024 (arXiv 2404.10102). */
export const EPOCH: LossFit = { E: 1.8172, A: 482.01, B: 2085.43, alpha: 0.3478, beta: 0.3658 };

/** The loss that a fit expects. */
export function fittedLoss({ E, A, B, alpha, beta }: LossFit, parameters: number, tokens: number): number {
  return E + A / parameters ** alpha + B / tokens ** beta;
}

/** Tokens for which a model of this size is the best use of what its training takes: ∂L/∂N and ∂L/∂D are in balance at C = 6ND. */
export function optimalTokens({ A, B, alpha, beta }: LossFit, parameters: number): number {
  return (((beta * B) / (alpha * A)) * parameters ** alpha) ** (1 / beta);
}

/** The size and the tokens that use a training of so many operations best, C = 6ND (Hoffmann et al., equation 4). */
export function optimumFor(
  { A, B, alpha, beta }: LossFit,
  trainingFlops: number,
): { parameters: number; tokens: number } {
  const product = trainingFlops / 6;
  const ratio = ((alpha * A) / (beta * B)) ** (1 / (alpha + beta));
  const parameters = ratio * product ** (beta / (alpha + beta));
  return { parameters, tokens: product / parameters };
}

/** Operations of training by the rule of thumb: 2 forward and 4 backward for every parameter and token (Kaplan et al. 2020). */
export const approximateTrainingFlops = (parameters: number, tokens: number): number => 6 * parameters * tokens;

/** Kaplan et al. 2020 (arXiv 2001.08361): of the size without embeddings, of the tokens, and of the operations in PF-days. */
export const KAPLAN = {
  ofParameters: (parameters: number): number => (8.8e13 / parameters) ** 0.076,
  ofTokens: (tokens: number): number => (5.4e13 / tokens) ** 0.095,
  ofPetaflopDays: (days: number): number => (3.1e8 / days) ** 0.05,
} as const;

/** Seconds of one device that reaches so many operations a second, of which it uses a part. */
export function deviceSeconds(flops: number, peakFlopsPerSecond: number, utilisation: number): number {
  return flops / (peakFlopsPerSecond * utilisation);
}

const PETAFLOP_DAY = 1e15 * 86_400;

/**
 * What Kaplan et al. spend a training of so many operations on: a far larger model on far less text. The size, without
 * embeddings, is 1.3e9 · C^0.73 of C petaflop-days (appendix A); the tokens are those that C = 6ND leaves for it.
 */
export function kaplanOptimumFor(trainingFlops: number): { parameters: number; tokens: number } {
  const parameters = 1.3e9 * (trainingFlops / PETAFLOP_DAY) ** 0.73;
  return { parameters, tokens: trainingFlops / 6 / parameters };
}

/** Tokens on which they would train a model of this size, without embeddings: the same law, from the size. */
export function kaplanOptimalTokens(parameters: number): number {
  const trainingFlops = PETAFLOP_DAY * (parameters / 1.3e9) ** (1 / 0.73);
  return trainingFlops / 6 / parameters;
}

/** Tokens that bring a model of this size to a loss; undefined where none do. */
export function tokensForLoss({ E, A, B, alpha, beta }: LossFit, parameters: number, loss: number): number | undefined {
  const left = loss - E - A / parameters ** alpha;
  return left > 0 ? (B / left) ** (1 / beta) : undefined;
}

import {
  approximateTrainingFlops,
  CHINCHILLA,
  EPOCH,
  fittedLoss,
  KAPLAN,
  kaplanOptimalTokens,
  kaplanOptimumFor,
  optimalTokens,
  optimumFor,
} from '../../../../src/anatomy/scaling-laws';
import { formatSi } from '../../../../src/display/format-si';
import type { AnatomyTensor, ModelAnatomy } from '../../../../src/shared/anatomy-api';
import { t } from '../../../l10n';
import { elementsOf } from '../parts/tensors';

/** A size and what it reads: the model's own, or what the sliders say. */
export interface Training {
  parameters: number;
  /** Of those, what Kaplan et al. count: all but the embedding. */
  withoutEmbeddings: number;
  tokens: number;
}

/** Weights that a token meets: all but those of experts that it does not see. They are what its training computes with. */
export function metParameters({ parameters, tensors }: ModelAnatomy): number {
  const unseen = ({ elements, products }: AnatomyTensor) => (products > 0 ? Math.max(0, elements - products) : 0);
  return parameters - tensors.reduce((sum, tensor) => sum + unseen(tensor), 0);
}

/** Weights that are looked up, or make scores of tokens. */
export function embeddingWeights({ tensors }: ModelAnatomy): number {
  return elementsOf(tensors.filter(({ part }) => part === 'embedding' || part === 'unembedding'));
}

/** `1 token`, `2 T tokens`. */
export function tokensText(tokens: number): string {
  const text = formatSi(tokens);
  return text === '1' ? t('1 token') : t('{0} tokens', text);
}

export const trainingFlops = ({ parameters, tokens }: Training): number => approximateTrainingFlops(parameters, tokens);

/** What a paper says of a training. */
export interface PaperAnswer {
  /** As its authors and the year. */
  name: string;
  /** Tokens that it would have a model of this size read. */
  tokens: number;
  /** Nats a token of its own texts and vocabulary. */
  loss: number;
  /** What it would make of the same computation. */
  optimum: { parameters: number; tokens: number };
}

/** The three papers, each by its own way of counting. */
export function papersOn(training: Training): [PaperAnswer, PaperAnswer, PaperAnswer] {
  const { parameters, withoutEmbeddings, tokens } = training;
  const flops = trainingFlops(training);
  const byFit = (name: string, fit: typeof EPOCH): PaperAnswer => ({
    name,
    tokens: optimalTokens(fit, parameters),
    loss: fittedLoss(fit, parameters, tokens),
    optimum: optimumFor(fit, flops),
  });
  return [
    byFit(t('Hoffmann 2022, as printed'), CHINCHILLA),
    byFit(t('Besiroglu 2024, refit'), EPOCH),
    {
      name: t('Kaplan 2020'),
      tokens: kaplanOptimalTokens(withoutEmbeddings),
      // Whichever of the two holds it back.
      loss: Math.max(KAPLAN.ofParameters(withoutEmbeddings), KAPLAN.ofTokens(tokens)),
      optimum: kaplanOptimumFor(flops),
    },
  ];
}

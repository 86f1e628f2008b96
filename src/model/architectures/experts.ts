import type { Value } from '../onnx/graph';
import {
  addAxis,
  apart,
  ascendingOrder,
  concat,
  divide,
  dropAxis,
  gather,
  matmul,
  occurrences,
  reshape,
  silu,
  softmax,
  splitInto,
  sum,
  topK,
} from '../onnx/operations';
import type { FeedForward, LayerContext, Routing } from './architecture';
import { project } from './attention-parts';
import { expertsOf } from './expert-weights';
import { gatedNeurons } from './feed-forward';
import { gatedFeedForward, type RmsNormConfig } from './rms-norm';

/*
 * Feed-forward parts made of experts, of which each token is seen by a few (Shazeer et al. 2017, arXiv 1701.06538).
 * N: positions, C: the model's width, E: experts, K: those that see a token.
 */

/** The experts of the K largest probabilities among all experts'. @param renormalised whether the weights then sum to 1 */
function routedBySoftmax(c: LayerContext, x: Value, renormalised: boolean): Routing {
  const [weights, experts] = topK(c.g, softmax(c.g, project(c, 'router', x)), expertsOf(c.kind).numExpertsPerTok);
  return { experts, weights: renormalised ? divide(c.g, weights, addAxis(c.g, sum(c.g, weights, 1), 1)) : weights };
}

/**
 * The sum of what the chosen experts say of each token, by their weights: [N, C] → [N, C].
 *
 * The tokens are brought into the order of their experts, and each expert is given those that chose it, which may be none.
 * What is computed grows with K and not with E, and what is kept with N · K.
 *
 * @param expert the answer of an expert to its tokens, [n, C] → [n, C]
 */
export function mixture(
  c: LayerContext,
  x: Value,
  { experts, weights }: Routing,
  expert: (c: LayerContext, number: number, x: Value) => Value,
): Value {
  c.routed(experts, weights);
  return apart(c.g, x, ['N', c.config.hiddenSize], (g) =>
    answersOfExperts({ ...c, g }, x, { experts, weights }, expert),
  );
}

function answersOfExperts(
  c: LayerContext,
  x: Value,
  { experts, weights }: Routing,
  expert: (c: LayerContext, number: number, x: Value) => Value,
): Value {
  const { g } = c;
  const { numExperts, numExpertsPerTok } = expertsOf(c.kind);
  const choices = reshape(g, experts, [-1]);
  const order = ascendingOrder(g, choices);
  // Choice number i is of token i / K.
  const tokens = gather(g, x, divide(g, order, g.constant('int64', [numExpertsPerTok])));
  const perExpert = splitInto(g, tokens, 0, occurrences(g, choices, numExperts), numExperts);
  const answers = concat(
    g,
    perExpert.map((own, number) => expert(c, number, own)),
    0,
  );
  const byToken = reshape(g, gather(g, answers, ascendingOrder(g, order)), [-1, numExpertsPerTok, c.config.hiddenSize]);
  return dropAxis(g, matmul(g, addAxis(g, weights, 1), byToken), 1);
}

/**
 * Experts that norm what attention leaves, the K of the largest probabilities for each token; of a kind without experts,
 * one gated feed-forward part. @param renormalised whether the weights of a token's experts sum to 1
 */
export function gatedExperts<C extends RmsNormConfig>(renormalised: (config: C) => boolean): FeedForward<C> {
  return {
    ...gatedFeedForward<C>(),
    experts: {
      route: (c, n) => routedBySoftmax(c, n, renormalised(c.config)),
      neurons: (c, number, n) => gatedNeurons(c, n, silu, `expert.${number}.`),
    },
  };
}

/** The experts of the K largest logits, and the softmax of these alone. */
export function routedByLogits(c: LayerContext, x: Value): Routing {
  const [logits, experts] = topK(c.g, project(c, 'router', x), expertsOf(c.kind).numExpertsPerTok);
  return { experts, weights: softmax(c.g, logits) };
}

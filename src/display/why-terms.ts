import type { LayerInfo } from '../shared/engine-api';
import type { Why } from '../shared/why-api';

/* Why a token, as JSON has it: on the command line, for other extensions and for a chat's tools (docs/json.md). */

/** A part of the model, and what it wrote for the token and against the other: of logits. Layers and heads count from 0. */
export type WhyTerm =
  | { kind: 'embedding'; value: number }
  | { kind: 'head'; layer: number; head: number; value: number }
  /** What a layer without attention has in its place. */
  | { kind: 'mixer'; layer: number; value: number }
  | { kind: 'mlp'; layer: number; value: number }
  /** What was added to the streams of a run, or put in their place. */
  | { kind: 'interventions'; value: number }
  /** Of a layer's attention; without a layer, of the final norm and the unembedding. */
  | { kind: 'bias'; layer?: number; value: number };

interface NamedToken {
  id: number;
  text: string;
}

/** Of a token of the vocabulary, at the place that is asked about: `logprob` is the natural logarithm of its probability. */
interface AskedToken extends NamedToken {
  logprob: number;
}

export interface WhyTerms {
  token: AskedToken;
  against: AskedToken;
  /** How many tokens of the text stand before it. */
  position: number;
  /** Of the token's logit and the other's: the terms and the remainder add up to it. */
  logitDifference: number;
  terms: WhyTerm[];
  /** What all heads bring from each token before it, in the order of the text: adds up to the terms of the heads. */
  sources: { token: NamedToken; value: number }[];
  /** What rounding leaves, a soft cap has, and steering and patches of the run itself have added. */
  remainder: number;
  /** What a soft cap has of the remainder; only of a model that has one. */
  softCap?: number;
}

/**
 * What the engine answers to `why`, with a name for every part, from the first layer to the logit. Biases that are 0 are
 * those of a model without, and left out.
 *
 * @param layers of the model
 * @param ids of the text: [position] at least
 * @param textOf a token of the vocabulary, by its id
 */
export function whyTerms(
  why: Why,
  layers: readonly LayerInfo[],
  ids: Uint32Array,
  textOf: (id: number) => string,
): WhyTerms {
  const { position, logprobs, logitDifference, softCap } = why;
  const terms = termsOf(why, layers);
  const named = (id: number) => ({ id, text: textOf(id) });
  return {
    token: { ...named(why.token), logprob: logprobs.token },
    against: { ...named(why.against), logprob: logprobs.against },
    position,
    logitDifference,
    terms,
    sources: Array.from(why.sources, (value, key) => ({ token: named(ids[key] as number), value })),
    // Of the numbers as they are written, so that they add up.
    remainder: terms.reduce((rest, { value }) => rest - value, logitDifference),
    ...(softCap === 0 ? {} : { softCap }),
  };
}

function termsOf(why: Why, layers: readonly LayerInfo[]): WhyTerm[] {
  return [
    { kind: 'embedding', value: why.embedding },
    ...layers.flatMap(({ attention }, layer) => layerTerms(why, layer, layers.length, attention)),
    ...(why.interventions ? [{ kind: 'interventions', value: why.interventions } as const] : []),
    ...(why.bias === 0 ? [] : [{ kind: 'bias', value: why.bias } as const]),
  ];
}

/** What a layer writes: first what stands in the place of attention, then the MLP. */
function layerTerms(why: Why, layer: number, layers: number, hasAttention: boolean): WhyTerm[] {
  const mlp: WhyTerm = { kind: 'mlp', layer, value: why.mlps[layer] as number };
  if (!hasAttention) return [{ kind: 'mixer', layer, value: why.mixers[layer] as number }, mlp];
  const perLayer = why.heads.length / layers;
  const values = why.heads.subarray(layer * perLayer, (layer + 1) * perLayer);
  const heads = Array.from(values, (value, head): WhyTerm => ({ kind: 'head', layer, head, value }));
  const bias = why.attentionBiases[layer] as number;
  return [...heads, ...(bias === 0 ? [] : [{ kind: 'bias', layer, value: bias } as const]), mlp];
}

import type { CompiledModel } from '../../model/compile';
import { kindOf, type LayerKind } from '../../model/config';
import type { HeadRow } from '../../shared/engine-api';
import type { HeadAddress } from '../../shared/head-address';
import { type Sessions, sessionsOfHeads } from '../sessions';
import { residualOf, type Trace } from '../trace';
import { headRows } from '../weight-rows';
import { ValueNorms } from '../why/value-norms';
import { project } from './projection';

/** One query's row of a head, step by step: q · k, scaled and capped, masked, softmax, and how long what it takes from each key is. */
export async function headRow(
  sessions: Sessions,
  model: CompiledModel,
  trace: Trace,
  { layer, head }: HeadAddress,
  query: number,
): Promise<HeadRow> {
  const kind = kindOf(model.config, layer);
  const heads = { layer, head, count: 1 };
  const { interventions, ids } = trace;
  const products = await productsOf(sessions, model, trace, heads, query);
  const scores = products.map((product) => scoreOf(kind, product));
  const masked = maskOf(kind, query, ids.length, interventions.hidden);
  const sink = kind.hasSinks ? headRows(model, layer, 'sinks', heads)[0] : undefined;
  const { weights, sinkWeight } = softmax(scores, masked, sink);
  const lengths = await new ValueNorms(sessions, model, heads, interventions).of(
    residualOf(trace, layer, 0, query + 1),
  );
  const gain = Math.abs(interventions.headMask[layer * model.config.numAttentionHeads + head] as number);
  return {
    products,
    scaling: kind.scaling,
    softcap: kind.attnLogitSoftcapping,
    scores,
    slidingWindow: kind.slidingWindow,
    masked,
    sink: sink === undefined ? undefined : { score: sink, weight: sinkWeight },
    weights,
    norms: weights.map((weight, key) => (key > query ? 0 : gain * weight * (lengths[key] as number))),
  };
}

/** The query's product with the key of every token of the text: [keys]. */
async function productsOf(
  sessions: Sessions,
  model: CompiledModel,
  trace: Trace,
  heads: HeadAddress & { count: number },
  query: number,
): Promise<Float32Array> {
  const { projection } = sessionsOfHeads(sessions, model.config, heads.layer);
  const { headDim } = kindOf(model.config, heads.layer);
  const { ids, interventions } = trace;
  const keys = new Float32Array(ids.length * headDim);
  const text = { first: query, textLength: ids.length, interventions };
  const residual = residualOf(trace, heads.layer, 0, ids.length);
  const queries = await project(projection, model, heads, residual, text, keys);
  return Float32Array.from(ids, (_, key) => {
    let product = 0;
    for (let i = 0; i < headDim; i++) product += (queries[i] as number) * (keys[key * headDim + i] as number);
    return product;
  });
}

function scoreOf({ scaling, attnLogitSoftcapping: cap }: LayerKind, product: number): number {
  const score = product * scaling;
  return cap === undefined ? score : cap * Math.tanh(score / cap);
}

/** 1 for each key that the query does not see: later ones, those outside of its window, and those that are hidden from all but themselves. */
function maskOf({ slidingWindow }: LayerKind, query: number, keys: number, hidden: readonly number[]): Uint8Array {
  const first = slidingWindow === undefined ? 0 : Math.max(0, query - slidingWindow + 1);
  const masked = Uint8Array.from({ length: keys }, (_, key) => (key < first || key > query ? 1 : 0));
  for (const key of hidden) if (key < query) masked[key] = 1;
  return masked;
}

/** @param sink one more score, which takes a part of the weight and is no key */
function softmax(
  scores: Float32Array,
  masked: Uint8Array,
  sink: number | undefined,
): { weights: Float32Array; sinkWeight: number } {
  const seen = scores.filter((_, key) => masked[key] === 0);
  const largest = seen.reduce((most, score) => Math.max(most, score), sink ?? Number.NEGATIVE_INFINITY);
  const exponential = (score: number) => Math.exp(score - largest);
  const ofSink = sink === undefined ? 0 : exponential(sink);
  const sum = seen.reduce((total, score) => total + exponential(score), ofSink);
  return {
    weights: scores.map((score, key) => (masked[key] === 1 ? 0 : exponential(score) / sum)),
    sinkWeight: ofSink / sum,
  };
}

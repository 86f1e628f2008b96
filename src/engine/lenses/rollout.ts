import { setImmediate } from 'node:timers/promises';
import { hasAttention, kindOf, type ModelConfig } from '../../model/config';
import type { Work } from '../../shared/progress';
import type { AttentionPatterns } from '../attention/attention-patterns';
import type { Rows } from '../attention/head-group';
import { checkRange } from '../ranges';
import type { Trace } from '../trace';
import type { LensOf } from './lens';

/** Queries of a layer that are followed at once: a bound on memory. */
const ROWS_AT_A_TIME = 256;

/** What passes a layer beside its attention, by the residual connection, and so stays at its token. */
const KEPT = 0.5;

/** How much of each input token reaches some tokens through all layers. */
export const rollout: LensOf<'rollout'> = {
  runsGraph: true,
  answer({ from, to }, { model, trace, signal, progress }) {
    checkRange(trace, { from, to });
    const task = { signal, progress: progress('rollout') };
    return followLayers(model.attention, model.compiled.config, trace, { from, to }, task);
  },
};

/**
 * How much of each input token flows into some tokens through all layers, if attention alone moved it: each layer is the
 * mean of its heads, mixed half and half with the token itself (Abnar & Zuidema 2020, arXiv 2005.00928). Followed from
 * the last layer down, so that a few tokens never take the product of whole matrices. Layers without attention move
 * nothing by it.
 *
 * @returns [to - from, to]; each row sums to 1
 */
async function followLayers(
  lens: AttentionPatterns,
  config: ModelConfig,
  trace: Trace,
  { from, to }: Rows,
  { signal, progress }: Work,
): Promise<Float32Array> {
  const { numHiddenLayers } = config;
  let shares = new Float32Array((to - from) * to);
  for (let token = from; token < to; token++) shares[(token - from) * to + token] = 1;
  for (let layer = numHiddenLayers - 1; layer >= 0; layer--) {
    progress(numHiddenLayers - 1 - layer, numHiddenLayers);
    if (!hasAttention(kindOf(config, layer))) continue;
    // A run blocks the thread: between two, a request to cancel gets in.
    await setImmediate();
    const below = shares.map((share) => KEPT * share);
    // In the last layer only the tokens themselves look at anything.
    for (let at = layer === numHiddenLayers - 1 ? from : 0; at < to; at += ROWS_AT_A_TIME) {
      signal.throwIfAborted();
      const part = { from: at, to: Math.min(at + ROWS_AT_A_TIME, to) };
      addAttended(below, shares, await lens.layerMean(trace, layer, part), part, to);
    }
    shares = below;
  }
  progress(numHiddenLayers, numHiddenLayers);
  return shares;
}

/** Hands what stands at a layer's queries on to their keys. @param mean [queries, keys], of the queries of a part */
function addAttended(below: Float32Array, shares: Float32Array, mean: Float32Array, { from, to }: Rows, width: number) {
  for (let row = 0; row < shares.length; row += width) {
    for (let query = from; query < to; query++) {
      const share = (1 - KEPT) * (shares[row + query] as number);
      const start = (query - from) * to;
      if (share > 0) {
        for (let key = 0; key <= query; key++) {
          below[row + key] = (below[row + key] as number) + share * (mean[start + key] as number);
        }
      }
    }
  }
}

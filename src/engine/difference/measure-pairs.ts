import { TOP_K } from '../../model/graphs/ports';
import type { ModelSide, TokenDifferences } from '../../shared/difference-api';
import type { Work } from '../../shared/progress';
import type { Pairs } from './check-pairs';
import { compareRows } from './compare-rows';
import { type LogitRows, rowsAtATime } from './logit-rows';
import { orderRow } from './row-order';

/**
 * What two models say at pairs of positions, some rows at a time, so that V numbers of few positions are in memory.
 *
 * Checkpoints of one vocabulary may have different V: embeddings are filled up with rows that stand for no token, and
 * adapters add tokens. What is said is then of the tokens that both have, ids 0 to the smaller V, and both distributions are
 * normalised over these: over a token that one of them cannot say, KL would be infinite or undefined.
 */
export async function measurePairs(
  a: LogitRows,
  b: LogitRows,
  pairs: Pairs,
  topK: number,
  { signal, progress }: Work,
): Promise<TokenDifferences> {
  const vocabulary = Math.min(a.vocabSize, b.vocabSize);
  const count = pairs.a.length;
  const kept = Math.min(topK, TOP_K, vocabulary);
  const differences: TokenDifferences = {
    a: sideOf(count, kept),
    b: sideOf(count, kept),
    kl: new Float64Array(count),
    reverseKl: new Float64Array(count),
    topK: kept,
  };
  const size = rowsAtATime(Math.max(a.vocabSize, b.vocabSize));
  if (count === 0) return differences;
  let waiting = asked(b.rows(pairs.b.subarray(0, size)));
  for (let from = 0; from < count; from += size) {
    progress(from, count);
    signal.throwIfAborted();
    const rowsB = await waiting;
    const to = Math.min(from + size, count);
    // Another engine computes the next rows while this one is at these.
    if (to < count) waiting = asked(b.rows(pairs.b.subarray(to, to + size)));
    const rowsA = await a.rows(pairs.a.subarray(from, to));
    for (let pair = from; pair < to; pair++) {
      const token = a.ids[pairs.a[pair] as number] as number;
      const rowOf = (rows: Float32Array, { vocabSize }: LogitRows) => {
        const start = (pair - from) * vocabSize;
        return rows.subarray(start, start + vocabulary);
      };
      measurePair(differences, pair, token, rowOf(rowsA, a), rowOf(rowsB, b));
    }
  }
  progress(count, count);
  return differences;
}

function measurePair(
  { a, b, kl, reverseKl, topK }: TokenDifferences,
  pair: number,
  token: number,
  logitsA: Float32Array,
  logitsB: Float32Array,
): void {
  const topOf = ({ topIds }: ModelSide) => topIds.subarray(pair * topK, (pair + 1) * topK);
  const orderA = orderRow(logitsA, token, topOf(a));
  const orderB = orderRow(logitsB, token, topOf(b));
  const compared = compareRows(logitsA, logitsB, orderA.largest, orderB.largest);
  kl[pair] = compared.kl;
  reverseKl[pair] = compared.reverseKl;
  const write = (side: ModelSide, logits: Float32Array, logZ: number, rank: number, entropy: number) => {
    side.logprob[pair] = (logits[token] as number) - logZ;
    side.rank[pair] = rank;
    side.entropy[pair] = entropy;
    for (const [i, id] of topOf(side).entries()) side.topLogprobs[pair * topK + i] = (logits[id] as number) - logZ;
  };
  write(a, logitsA, compared.logZA, orderA.rank, compared.entropyA);
  write(b, logitsB, compared.logZB, orderB.rank, compared.entropyB);
}

const sideOf = (pairs: number, topK: number): ModelSide => ({
  logprob: new Float64Array(pairs),
  rank: new Uint32Array(pairs),
  entropy: new Float64Array(pairs),
  topIds: new Uint32Array(pairs * topK),
  topLogprobs: new Float32Array(pairs * topK),
});

/** A promise that nobody may come to wait for, where another step fails first. */
function asked<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

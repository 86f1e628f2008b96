import { TOP_K } from '../../model/graphs/ports';
import type { TokenDifferences } from '../../shared/difference-api';
import type { Work } from '../../shared/progress';
import type { Pairs } from './check-pairs';
import { type LogitRows, rowsAtATime } from './logit-rows';
import { PairWriter } from './pair-writer';

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
  { topK, asLlamaCpp }: { topK: number; asLlamaCpp: boolean },
  { signal, progress }: Work,
): Promise<TokenDifferences> {
  const vocabulary = Math.min(a.vocabSize, b.vocabSize);
  const count = pairs.a.length;
  const writer = new PairWriter(count, Math.min(topK, TOP_K, vocabulary), asLlamaCpp);
  const size = rowsAtATime(Math.max(a.vocabSize, b.vocabSize));
  if (count === 0) return writer.differences;
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
      writer.write(pair, token, rowOf(rowsA, a), rowOf(rowsB, b));
    }
  }
  progress(count, count);
  return writer.differences;
}

/** A promise that nobody may come to wait for, where another step fails first. */
function asked<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

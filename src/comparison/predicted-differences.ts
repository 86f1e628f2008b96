import type { ModelSide, TokenDifferences } from '../shared/difference-api';
import type { EngineApi } from '../shared/requests';

/** A text as a model has read it. */
interface Read {
  engine: Pick<EngineApi, 'predictions'>;
  trace: number;
}

/** Alternatives that are asked for, as `difference` gives them. */
const TOP_K = 5;

/**
 * What two models say at pairs of positions, of which not both give whole distributions: what each predicts there. How far the
 * distributions are apart is not known: that is NaN.
 *
 * @param positions from 1 on, one entry a pair
 */
export async function predictedDifferences(
  { a, b }: { a: Read; b: Read },
  positions: { a: Uint32Array; b: Uint32Array },
): Promise<TokenDifferences> {
  const [ofA, ofB] = await Promise.all([predictionsUpTo(a, positions.a), predictionsUpTo(b, positions.b)]);
  // One may name fewer than the other.
  const topK = Math.min(ofA.topK, ofB.topK);
  const unknown = () => new Float64Array(positions.a.length).fill(Number.NaN);
  return {
    a: sideOf(ofA, positions.a, topK),
    b: sideOf(ofB, positions.b, topK),
    kl: unknown(),
    reverseKl: unknown(),
    topK,
  };
}

type Predicted = Awaited<ReturnType<EngineApi['predictions']>>;

const predictionsUpTo = ({ engine, trace }: Read, positions: Uint32Array): Promise<Predicted> =>
  engine.predictions({ trace, from: 0, to: Math.max(1, (positions.at(-1) ?? 0) + 1), topK: TOP_K });

function sideOf(predictions: Predicted, positions: Uint32Array, topK: number): ModelSide {
  const { logprob, rank, entropyAfter, topIdsAfter, topLogprobsAfter, rankLimit, isEntropyBound } = predictions;
  const side: ModelSide = {
    logprob: Float64Array.from(positions, (position) => logprob[position] as number),
    rank: Uint32Array.from(positions, (position) => rank[position] as number),
    // Predictions have it in bits.
    entropy: Float64Array.from(positions, (position) => Math.LN2 * (entropyAfter[position - 1] as number)),
    topIds: new Uint32Array(positions.length * topK),
    topLogprobs: new Float32Array(positions.length * topK),
    ...(rankLimit !== undefined && { rankLimit }),
    ...(isEntropyBound && { isEntropyBound }),
  };
  for (const [pair, position] of positions.entries()) {
    const from = (position - 1) * predictions.topK;
    side.topIds.set(topIdsAfter.subarray(from, from + topK), pair * topK);
    side.topLogprobs.set(topLogprobsAfter.subarray(from, from + topK), pair * topK);
  }
  return side;
}

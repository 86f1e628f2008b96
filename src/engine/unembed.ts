import type { ModelConfig } from '../model/config';
import { UNEMBEDDING } from '../model/graphs/ports';
import { joinCounts, joinFloats } from './joined';
import type { Session } from './sessions';
import { counts, float32, floats, int64 } from './tensors';

/** What is kept of the distribution after each of N positions. Units: `Predictions` of the engine's API. */
export interface Distributions {
  logprob: Float32Array;
  rank: Uint32Array;
  /** Natural logarithm of the sum of e^logit over the vocabulary: a token's logit is its logprob and this. */
  logZ: Float32Array;
  entropy: Float32Array;
  /** [N, TOP_K] */
  topIds: Uint32Array;
  topLogprobs: Float32Array;
}

/** Rows whose N x V logits are in memory at a time. */
const ROWS_AT_A_TIME = 128;

const STATISTICS = [
  UNEMBEDDING.logprob,
  UNEMBEDDING.rank,
  UNEMBEDDING.logZ,
  UNEMBEDDING.entropy,
  UNEMBEDDING.topIds,
  UNEMBEDDING.topLogprobs,
];

/**
 * What the model would say from a residual stream [N, C]: at the last layer its prediction, before it the logit lens
 * (nostalgebraist 2020). Targets may be fewer than N: the last position of a text has none.
 */
export async function unembed(
  session: Session,
  config: ModelConfig,
  residual: Float32Array,
  targets: ArrayLike<number>,
): Promise<Distributions> {
  const positions = residual.length / config.hiddenSize;
  const parts: Distributions[] = [];
  for (let from = 0; from < positions; from += ROWS_AT_A_TIME) {
    const rows = Math.min(ROWS_AT_A_TIME, positions - from);
    const target = Uint32Array.from({ length: rows }, (_, i) => targets[from + i] ?? 0);
    const slice = residual.subarray(from * config.hiddenSize, (from + rows) * config.hiddenSize);
    const results = await session.run(
      { [UNEMBEDDING.residual]: float32(slice, rows, config.hiddenSize), [UNEMBEDDING.target]: int64(target, rows) },
      STATISTICS,
    );
    parts.push({
      logprob: floats(results[UNEMBEDDING.logprob]),
      rank: counts(results[UNEMBEDDING.rank]),
      logZ: floats(results[UNEMBEDDING.logZ]),
      entropy: floats(results[UNEMBEDDING.entropy]),
      topIds: counts(results[UNEMBEDDING.topIds]),
      topLogprobs: floats(results[UNEMBEDDING.topLogprobs]),
    });
  }
  return joinDistributions(parts);
}

/** The logprobs of some tokens after each of N positions, from their residual streams [N, C]: [N, tokens]. */
export async function logprobsOfTokens(
  session: Session,
  { hiddenSize }: ModelConfig,
  residual: Float32Array,
  tokens: readonly number[],
): Promise<Float32Array> {
  const positions = residual.length / hiddenSize;
  const logprobs = new Float32Array(positions * tokens.length);
  for (let from = 0; from < positions; from += ROWS_AT_A_TIME) {
    const rows = Math.min(ROWS_AT_A_TIME, positions - from);
    const slice = residual.subarray(from * hiddenSize, (from + rows) * hiddenSize);
    const feeds = {
      [UNEMBEDDING.residual]: float32(slice, rows, hiddenSize),
      [UNEMBEDDING.target]: int64(new Uint32Array(rows), rows),
    };
    const results = await session.run(feeds, [UNEMBEDDING.logits, UNEMBEDDING.logZ]);
    const [logits, logZ] = [floats(results[UNEMBEDDING.logits]), floats(results[UNEMBEDDING.logZ])];
    for (let row = 0; row < rows; row++) {
      for (const [i, token] of tokens.entries()) {
        const logit = logits[(row * logits.length) / rows + token] as number;
        logprobs[(from + row) * tokens.length + i] = logit - (logZ[row] as number);
      }
    }
  }
  return logprobs;
}

/** The logprob of every token of the vocabulary after one position, [V], from its residual stream [C]. */
export async function logprobsOf(session: Session, config: ModelConfig, residual: Float32Array): Promise<Float32Array> {
  const feeds = {
    [UNEMBEDDING.residual]: float32(residual, 1, config.hiddenSize),
    [UNEMBEDDING.target]: int64([0], 1),
  };
  const results = await session.run(feeds, [UNEMBEDDING.logits, UNEMBEDDING.logZ]);
  const logZ = floats(results[UNEMBEDDING.logZ])[0] as number;
  return floats(results[UNEMBEDDING.logits]).map((logit) => logit - logZ);
}

function joinDistributions(parts: readonly Distributions[]): Distributions {
  if (parts.length === 1) return parts[0] as Distributions;
  return {
    logprob: joinFloats(parts.map((part) => part.logprob)),
    rank: joinCounts(parts.map((part) => part.rank)),
    logZ: joinFloats(parts.map((part) => part.logZ)),
    entropy: joinFloats(parts.map((part) => part.entropy)),
    topIds: joinCounts(parts.map((part) => part.topIds)),
    topLogprobs: joinFloats(parts.map((part) => part.topLogprobs)),
  };
}

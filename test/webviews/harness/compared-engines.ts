import type { ModelSide, SharedSpan, TokenDifferences } from '../../../src/shared/difference-api';
import type { TraceInfo } from '../../../src/shared/engine-api';
import type { EngineApi } from '../../../src/shared/requests';

/** A text as one engine read it. */
export interface ReadBy {
  engine: EngineApi;
  read: Pick<TraceInfo, 'trace' | 'ids' | 'starts' | 'ends'>;
}

const TOP_K = 5;

/** Two traces of the same tokens, over the whole vocabulary: one entry a position from 1 on. In doubles, by the formulas. */
export async function differencesOf(a: ReadBy, b: ReadBy): Promise<TokenDifferences> {
  const pairs = a.read.ids.length - 1;
  const differences = {
    a: emptySide(pairs),
    b: emptySide(pairs),
    kl: zeros(pairs),
    reverseKl: zeros(pairs),
    topK: TOP_K,
  };
  for (let pair = 0; pair < pairs; pair++) {
    const [p, q] = await Promise.all(
      [a, b].map(({ engine, read }) => engine.distribution({ trace: read.trace, position: pair })),
    );
    if (!p || !q) throw new Error('no distribution');
    const id = a.read.ids[pair + 1] ?? 0;
    describe(differences.a, pair, p, id);
    describe(differences.b, pair, q, id);
    differences.kl[pair] = divergence(p, q);
    differences.reverseKl[pair] = divergence(q, p);
  }
  return differences;
}

/** Parts of the text at whose ends both have the end of a token. */
export async function spansOf(a: ReadBy, b: ReadBy): Promise<SharedSpan[]> {
  const [one, other] = await Promise.all([a, b].map(tokensOf));
  if (!one || !other) return [];
  const borders = one.map(({ end }) => end).filter((end) => other.some((token) => token.end === end));
  // Of what begins with a token that nothing predicts, nothing is known.
  const first = borders.find((border) => [one, other].every(([token]) => (token?.start ?? 0) >= 0 && border > 0)) ?? 0;
  return borders
    .filter((end) => end > first)
    .map((end, i) => {
      const start = borders.filter((border) => border >= first)[i] ?? 0;
      const inside = (tokens: ScoredToken[]) => tokens.filter((token) => token.start >= start && token.end <= end);
      const sum = (tokens: ScoredToken[]) => tokens.reduce((total, { logprob }) => total + logprob, 0);
      const [ofA, ofB] = [inside(one), inside(other)];
      return { start, end, tokensA: ofA.length, tokensB: ofB.length, logprobA: sum(ofA), logprobB: sum(ofB) };
    });
}

interface ScoredToken {
  start: number;
  end: number;
  logprob: number;
}

async function tokensOf({ engine, read }: ReadBy): Promise<ScoredToken[]> {
  const { trace, ids, starts, ends } = read;
  const { logprob } = await engine.predictions({ trace, from: 0, to: ids.length, topK: 1 });
  return Array.from(ids, (_, i) => ({ start: starts[i] ?? 0, end: ends[i] ?? 0, logprob: logprob[i] ?? Number.NaN }));
}

const zeros = (length: number) => new Float64Array(length);

function emptySide(pairs: number): ModelSide {
  return {
    logprob: zeros(pairs),
    rank: new Uint32Array(pairs),
    entropy: zeros(pairs),
    topIds: new Uint32Array(pairs * TOP_K),
    topLogprobs: new Float32Array(pairs * TOP_K),
  };
}

function describe(side: ModelSide, pair: number, logprobs: Float32Array, id: number): void {
  const own = logprobs[id] ?? Number.NaN;
  side.logprob[pair] = own;
  side.rank[pair] = logprobs.filter((logprob) => logprob > own).length;
  side.entropy[pair] = logprobs.reduce((sum, logprob) => sum - Math.exp(logprob) * logprob, 0);
  const order = [...logprobs.keys()]
    .sort((one, other) => (logprobs[other] ?? 0) - (logprobs[one] ?? 0))
    .slice(0, TOP_K);
  side.topIds.set(order, pair * TOP_K);
  side.topLogprobs.set(
    order.map((top) => logprobs[top] ?? 0),
    pair * TOP_K,
  );
}

const divergence = (p: Float32Array, q: Float32Array) =>
  p.reduce((sum, logprob, i) => sum + Math.exp(logprob) * (logprob - (q[i] ?? 0)), 0);

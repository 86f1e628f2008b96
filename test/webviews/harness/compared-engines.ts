import { predictedDifferences } from '../../../src/comparison/predicted-differences';
import type { SharedSpan, TokenDifferences } from '../../../src/shared/difference-api';
import type { TraceInfo } from '../../../src/shared/engine-api';
import type { EngineApi } from '../../../src/shared/requests';
import type { Stage } from './stage';

/** A text as one engine read it. */
export interface ReadBy {
  engine: EngineApi;
  read: Pick<TraceInfo, 'trace' | 'ids' | 'starts' | 'ends'>;
}

/** Two traces of the same tokens, as the engine of the first holds them against each other; where a server has it, by what both predict. */
export async function differencesOf(stage: Stage, a: ReadBy, b: ReadBy): Promise<TokenDifferences> {
  if (!(await stage.model()).capabilities.hasDistributions) {
    const readOf = ({ engine, read }: ReadBy) => ({ engine, trace: read.trace });
    const positions = Uint32Array.from(a.read.ids.subarray(1), (_, i) => i + 1);
    return predictedDifferences({ a: readOf(a), b: readOf(b) }, { a: positions, b: positions });
  }
  const share = b.engine === a.engine ? undefined : await b.engine.shareDistributions({});
  const other = { trace: b.read.trace, share };
  return a.engine.difference({ task: stage.newTask(), trace: a.read.trace, other });
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

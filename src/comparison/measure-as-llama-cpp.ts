import type { DistributionShare, DivergenceStatistics, TokenDifferences } from '../shared/difference-api';
import { sentence, VitrineError } from '../shared/errors';
import type { Work } from '../shared/progress';
import type { EngineApi, Requests } from '../shared/requests';
import { divergenceStatistics } from './divergence-statistics';
import { CHUNK_TOKENS, chunksAsLlamaCpp, type TextChunk } from './llama-cpp-chunks';
import { predictedDifferences } from './predicted-differences';

/** A model that reads chunks. */
interface ChunkReader {
  engine: Pick<EngineApi, 'forwardTokens' | 'difference' | 'predictions' | 'cancel'>;
  /** What it computes otherwise: nothing by default. */
  changes?: Omit<Requests['forwardTokens'], 'task' | 'ids'>;
}

export interface AskedLikeLlamaCpp {
  a: ChunkReader;
  /** With the place where its engine gives distributions, where that is not the one of A. */
  b: ChunkReader & { share?: DistributionShare | undefined };
  /** Those that the model wants before every text, and behind them the text's: what it keeps for control is text to llama.cpp. */
  ids: ArrayLike<number>;
  /** Those that it wants. */
  begin: readonly number[];
  /** Where not both give whole distributions, divergences are NaN, and ln p_A is not rounded as llama.cpp does. */
  hasDistributions?: boolean;
  /** A number for each task, that no other task of these engines has. */
  nextTask(): number;
}

/** llama.cpp needs two chunks to begin with. */
export const FEWEST_TOKENS = 2 * CHUNK_TOKENS;

/**
 * What `llama-perplexity --kl-divergence` would say of a text, A as the base and B as what became of it: chunk by chunk, read
 * by A, then by B, then compared. Progress counts chunks.
 *
 * @throws VitrineError `text.short` where the text has fewer tokens than llama.cpp takes, and what the engines throw; AbortError
 */
export async function measureAsLlamaCpp(
  { a, b, ids, begin, hasDistributions = true, nextTask }: AskedLikeLlamaCpp,
  { signal, progress }: Work,
): Promise<DivergenceStatistics> {
  checkLength(ids.length);
  const run = async <T>(engine: ChunkReader['engine'], ask: (task: number) => Promise<T>): Promise<T> => {
    signal.throwIfAborted();
    const task = nextTask();
    const cancel = () => void engine.cancel({ task }).catch(() => {});
    signal.addEventListener('abort', cancel, { once: true });
    return ask(task).finally(() => signal.removeEventListener('abort', cancel));
  };
  const read = ({ engine, changes }: ChunkReader, chunk: TextChunk) =>
    run(engine, async (task) => (await engine.forwardTokens({ ...changes, task, ids: chunk.ids })).trace);
  const chunks = chunksAsLlamaCpp(ids, begin);
  const difference = async (traceA: number, traceB: number, { positions: each }: TextChunk) => {
    const positions = { a: each, b: each };
    if (!hasDistributions) {
      return predictedDifferences({ a: { ...a, trace: traceA }, b: { ...b, trace: traceB } }, positions);
    }
    const asked = { trace: traceA, other: { trace: traceB, share: b.share }, positions, topK: 1, asLlamaCpp: true };
    return run(a.engine, (task) => a.engine.difference({ task, ...asked }));
  };
  const parts: TokenDifferences[] = [];
  for (const chunk of chunks) {
    progress(parts.length, chunks.length);
    parts.push(await difference(await read(a, chunk), await read(b, chunk), chunk));
  }
  progress(chunks.length, chunks.length);
  return divergenceStatistics(parts);
}

function checkLength(tokens: number): void {
  if (tokens >= FEWEST_TOKENS) return;
  throw new VitrineError(
    'text.short',
    sentence`The text has ${tokens} tokens, and llama.cpp's statistics want ${FEWEST_TOKENS}. Take a longer one.`,
  );
}

import type { Engine } from '../../engine/client';
import type { ComparedText, ModelSide } from '../../shared/difference-api';
import type { Candidate, ReadPrompt } from '../inspect/inspection';
import { describeCandidates } from '../inspect/tokens';

/** What one of the models says in a token's place. Natural logarithms, nats. */
export interface TokenSide {
  logprob: number;
  /** From 0. */
  rank: number;
  /** Where ranks are known only up to a number: one of this rank has it at least. */
  rankLimit: number | undefined;
  entropy: number;
  /** The most probable tokens, the first first; fewer or none where a server names no more. */
  top: Candidate[];
}

/** A token that both read alike. */
export interface ComparedToken {
  /** In the text as A reads it. */
  position: number;
  id: number;
  text: string;
  /** In hexadecimal. */
  bytes: string;
  /** UTF-16 units of the text. */
  start: number;
  end: number;
  a: TokenSide;
  b: TokenSide;
  kl: number;
  reverseKl: number;
}

/** The tokens that both read alike, with the names of what each would rather have said. */
export async function comparedTokens(
  { text, tokens }: ComparedText,
  a: { engine: Engine; read: ReadPrompt },
  b: { engine: Engine },
): Promise<ComparedToken[]> {
  const { ids, starts, ends, positionsA, kl, reverseKl, topK } = tokens;
  const sideOf = async (engine: Engine, side: ModelSide) => {
    const top = await describeCandidates(engine, side.topIds, side.topLogprobs, topK);
    return (pair: number): TokenSide => ({
      logprob: side.logprob[pair] ?? Number.NaN,
      rank: side.rank[pair] ?? 0,
      rankLimit: side.rankLimit,
      entropy: side.entropy[pair] ?? Number.NaN,
      top: top[pair] ?? [],
    });
  };
  const [ofA, ofB] = [await sideOf(a.engine, tokens.a), await sideOf(b.engine, tokens.b)];
  return Array.from(positionsA, (position, pair) => ({
    position,
    id: ids[pair] ?? 0,
    text: text.slice(starts[pair], ends[pair]),
    bytes: a.read.bytesOf(position),
    start: starts[pair] ?? 0,
    end: ends[pair] ?? 0,
    a: ofA(pair),
    b: ofB(pair),
    kl: kl[pair] ?? Number.NaN,
    reverseKl: reverseKl[pair] ?? Number.NaN,
  }));
}

import { charactersOf } from '../../comparison/differences-at';
import { bitsOf } from '../../display/scales';
import type { SharedSpan } from '../../shared/difference-api';
import type { ComparedToken } from './compared-tokens';

/** What one model makes of all tokens together. */
interface SideSums {
  /** Natural logarithm of their probability. */
  sumLogprob: number;
  perplexity: number;
}

/** What the tokens that both models read come to together. Natural logarithms, nats. */
export interface TokenSums {
  tokens: number;
  /** Σ ln(p_B / p_A). */
  logRatio: number;
  /** Means of KL(A ‖ B) and of KL(B ‖ A); NaN where not both models give whole distributions. */
  meanKl: number;
  meanReverseKl: number;
  /** The share of tokens in whose place both have the same first guess; NaN where a model names none. */
  sameTop: number;
  a: SideSums;
  b: SideSums;
}

/** What the parts come to together that both models cut off at the same characters. */
export interface SpanSums {
  spans: number;
  /** Code points. */
  characters: number;
  logRatio: number;
  a: SpanSideSums;
  b: SpanSideSums;
}

interface SpanSideSums {
  tokens: number;
  sumLogprob: number;
  bitsPerCharacter: number;
}

export function tokenSums(tokens: readonly ComparedToken[]): TokenSums {
  const mean = (of: (token: ComparedToken) => number) => sumOf(tokens, of) / tokens.length;
  const sideOf = (side: 'a' | 'b'): SideSums => ({
    sumLogprob: sumOf(tokens, (token) => token[side].logprob),
    perplexity: Math.exp(-mean((token) => token[side].logprob)),
  });
  return {
    tokens: tokens.length,
    logRatio: sumOf(tokens, logRatioOf),
    meanKl: mean(({ kl }) => kl),
    meanReverseKl: mean(({ reverseKl }) => reverseKl),
    sameTop: mean((token) => (token.a.top.length * token.b.top.length > 0 ? Number(!isFlip(token)) : Number.NaN)),
    a: sideOf('a'),
    b: sideOf('b'),
  };
}

export function spanSums(text: string, spans: readonly SharedSpan[]): SpanSums {
  const characters = sumOf(spans, (span) => charactersOf(text, span));
  const sideOf = (tokens: 'tokensA' | 'tokensB', logprob: 'logprobA' | 'logprobB'): SpanSideSums => {
    const sumLogprob = sumOf(spans, (span) => span[logprob]);
    return {
      tokens: sumOf(spans, (span) => span[tokens]),
      sumLogprob,
      bitsPerCharacter: bitsOf(sumLogprob) / characters,
    };
  };
  return {
    spans: spans.length,
    characters,
    logRatio: sumOf(spans, ({ logprobA, logprobB }) => logprobB - logprobA),
    a: sideOf('tokensA', 'logprobA'),
    b: sideOf('tokensB', 'logprobB'),
  };
}

/** ln(p_B / p_A). */
export const logRatioOf = ({ a, b }: ComparedToken): number => b.logprob - a.logprob;

/** Whether another token is the most probable one for B. */
export const isFlip = ({
  a: {
    top: [a],
  },
  b: {
    top: [b],
  },
}: ComparedToken): boolean => a !== undefined && b !== undefined && a.id !== b.id;

function sumOf<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}

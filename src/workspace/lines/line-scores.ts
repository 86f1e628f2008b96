import type { TokenScores } from '../../shared/engine-api';
import type { Span, Tokenization } from '../../shared/tokens';
import type { LineScore, SurprisingToken } from '../../shared/workspace-api';
import { structureOf, type TextStructure } from './text-structure';

/** A token with fewer before it surprises because the file begins, whatever it is. */
export const FEWEST_BEFORE = 16;

/** A file's text, as a model has read it. */
export interface ScoredText {
  text: string;
  languageId: string;
  tokens: Pick<Tokenization, 'starts' | 'ends'>;
  scores: TokenScores;
  /** The text of a token by its id. */
  tokenText(id: number): string;
}

/**
 * The lines of a file that have tokens with a surprisal, in order; how unusual they are is not known: NaN. The file's first
 * 16 tokens do not count.
 *
 * @param structure of the text, where it is known
 */
export function lineScoresOf(
  { text, languageId, tokens, scores, tokenText }: ScoredText,
  { lineStarts, lineKinds, tokenLines, newNames }: TextStructure = structureOf(text, languageId, tokens),
): LineScore[] {
  const isNew = touching(newNames, tokens);
  const lines: LineScore[] = [];
  for (const [token, line] of tokenLines.entries()) {
    const bits = -(scores.logprob[token] as number) / Math.LN2;
    if (Number.isNaN(bits) || token < FEWEST_BEFORE) continue;
    const worst = (): SurprisingToken => {
      const lineStart = lineStarts[line] as number;
      const [start, end] = [tokens.starts[token] as number, tokens.ends[token] as number];
      return {
        start: Math.max(0, start - lineStart),
        end: end - lineStart,
        text: text.slice(start, end),
        bits,
        expected: expectedText(scores, tokenText, token),
      };
    };
    let score = lines.at(-1);
    if (score?.line !== line) {
      const kind = lineKinds[line] ?? 'other';
      score = { line, kind, tokens: 0, bits: 0, newNames: { tokens: 0, bits: 0 }, z: Number.NaN, worst: worst() };
      lines.push(score);
    }
    score.tokens++;
    score.bits += bits;
    if (bits > score.worst.bits) score.worst = worst();
    if (!isNew(token)) continue;
    score.newNames.tokens++;
    score.newNames.bits += bits;
  }
  return lines;
}

/** What a model expected in the place of a token; undefined where a server does not say. */
export function expectedText(
  { expected }: TokenScores,
  tokenText: (id: number) => string,
  token: number,
): string | undefined {
  return expected && tokenText(expected[token] as number);
}

/** Whether a token has a part in one of some spans, which are in order; asked of tokens in order. */
export function touching(spans: readonly Span[], { starts, ends }: ScoredText['tokens']): (token: number) => boolean {
  let next = 0;
  return (token) => {
    const [start, end] = [starts[token] as number, ends[token] as number];
    while (next < spans.length && (spans[next] as Span).end <= start) next++;
    return next < spans.length && (spans[next] as Span).start < end;
  };
}

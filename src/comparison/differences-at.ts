import type { ComparedText } from '../shared/difference-api';
import type { Span } from '../shared/tokens';

/* What two models say of one place of a text: by its index, a pair of tokens, or of different vocabularies a shared span. Natural logarithms. */

/** ln p under each model, of a span that of all its tokens; NaN where the text has no such place. */
export function logprobsAt({ sameVocabulary, tokens, spans }: ComparedText, index: number): { a: number; b: number } {
  if (!sameVocabulary) return { a: spans[index]?.logprobA ?? Number.NaN, b: spans[index]?.logprobB ?? Number.NaN };
  return { a: tokens.a.logprob[index] ?? Number.NaN, b: tokens.b.logprob[index] ?? Number.NaN };
}

/** ln(p_B / p_A), in nats. */
export function logRatioAt(compared: ComparedText, index: number): number {
  const { a, b } = logprobsAt(compared, index);
  return b - a;
}

/** Whether it is known how far the distributions are apart: of one vocabulary, where both give whole ones. */
export const hasDivergence = ({ sameVocabulary, tokens }: ComparedText): boolean =>
  sameVocabulary && !Number.isNaN(tokens.kl[0]);

/** Whether it is known what both would have said in the place of each token. */
export const hasGuesses = ({ sameVocabulary, tokens }: ComparedText): boolean => sameVocabulary && tokens.topK > 0;

/** KL(A ‖ B), in nats; NaN where it is not known, as of different vocabularies. */
export function klAt({ sameVocabulary, tokens }: ComparedText, index: number): number {
  return sameVocabulary ? (tokens.kl[index] ?? Number.NaN) : Number.NaN;
}

/** Whether the first guess of B is another than that of A. */
export function isFlipAt(compared: ComparedText, index: number): boolean {
  const { a, b, topK } = compared.tokens;
  return hasGuesses(compared) && a.topIds[index * topK] !== b.topIds[index * topK];
}

/** Code points. */
export const charactersOf = (text: string, { start, end }: Span): number => [...text.slice(start, end)].length;

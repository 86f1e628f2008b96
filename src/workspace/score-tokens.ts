import type { TokenScores } from '../shared/engine-api';
import type { Progress } from '../shared/progress';
import type { FileModel } from './file-model';
import type { ScoreWindow } from './windows';

/**
 * Tokens of a window, those that a model wants before every text among them. Most files of code have fewer, so that each of
 * their tokens is read once: shorter windows, half of which is read twice, take longer and know less.
 */
export const WINDOW_TOKENS = 2048;

/** Tokens of a text that a model reads at once. @param most with those that the model wants before every text */
export const windowLength = ({ tokenizer, contextLength }: FileModel, most = WINDOW_TOKENS): number =>
  Math.max(2, Math.min(most, contextLength) - tokenizer.begin.length);

/** Of tokens of which none is scored yet. */
export const noScores = (tokens: number): TokenScores => ({
  logprob: new Float32Array(tokens).fill(Number.NaN),
});

/** Puts what a model thinks of a window where it belongs in the scores of its text. */
export function putScores(scores: TokenScores, { scoredFrom }: ScoreWindow, { logprob, expected }: TokenScores): void {
  scores.logprob.set(logprob, scoredFrom);
  if (!expected) return;
  scores.expected ??= new Uint32Array(scores.logprob.length);
  scores.expected.set(expected, scoredFrom);
}

/** By what the store knows a window's tokens: a zero, which no text has, tells them from a text. */
export const windowContent = (ids: Uint32Array, { from, to, scoredFrom }: ScoreWindow): string =>
  `${scoredFrom - from}\0${ids.subarray(from, to).join(' ')}`;

/** What a model thinks of the tokens of a window that are scored. @param progress told how many of these are. @throws AbortError */
export async function scoreWindow(
  ids: Uint32Array,
  { from, to, scoredFrom }: ScoreWindow,
  model: FileModel,
  signal: AbortSignal,
  progress: Progress = () => {},
): Promise<TokenScores> {
  const { begin } = model.tokenizer;
  const before = scoredFrom - from;
  const read = Uint32Array.from([...begin, ...ids.subarray(from, to)]);
  const told: Progress = (done) => progress(Math.max(0, done - before), to - scoredFrom);
  const { logprob, expected } = await model.score(read, signal, told);
  const at = begin.length + before;
  return { logprob: logprob.subarray(at), expected: expected?.subarray(at) };
}

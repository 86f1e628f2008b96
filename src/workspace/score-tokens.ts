import type { TokenScores } from '../shared/engine-api';
import type { FileModel } from './file-model';
import { type ScoreWindow, scoreWindows } from './windows';

/**
 * Tokens of a window, those that a model wants before every text among them. Most files of code have fewer, so that each of
 * their tokens is read once: shorter windows, half of which is read twice, take longer and know less.
 */
export const WINDOW_TOKENS = 2048;

/** Tokens of a text that a model reads at once. */
export const windowLength = ({ tokenizer, contextLength }: FileModel): number =>
  Math.max(2, Math.min(WINDOW_TOKENS, contextLength) - tokenizer.begin.length);

/**
 * What a model thinks of each token of a text of any length, read in windows that overlap by half. The first token has no
 * surprisal, unless the model wants tokens before every text.
 *
 * @param done told of tokens that have been scored. @throws AbortError
 */
export async function scoreTokens(
  ids: Uint32Array,
  model: FileModel,
  signal: AbortSignal,
  done: (tokens: number) => void = () => {},
): Promise<TokenScores> {
  const scores: TokenScores = {
    logprob: new Float32Array(ids.length).fill(Number.NaN),
    expected: new Uint32Array(ids.length),
  };
  for (const window of scoreWindows(ids.length, windowLength(model))) {
    signal.throwIfAborted();
    const read = await scoreWindow(ids, window, model, signal);
    scores.logprob.set(read.logprob, window.scoredFrom);
    scores.expected.set(read.expected, window.scoredFrom);
    done(window.to - window.scoredFrom);
  }
  return scores;
}

/** What a model thinks of the tokens of a window that are scored. @throws AbortError */
export async function scoreWindow(
  ids: Uint32Array,
  { from, to, scoredFrom }: ScoreWindow,
  model: FileModel,
  signal: AbortSignal,
): Promise<TokenScores> {
  const { begin } = model.tokenizer;
  const { logprob, expected } = await model.score(Uint32Array.from([...begin, ...ids.subarray(from, to)]), signal);
  const at = begin.length + scoredFrom - from;
  return { logprob: logprob.subarray(at), expected: expected.subarray(at) };
}

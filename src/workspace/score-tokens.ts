import type { TokenScores } from '../shared/engine-api';
import type { FileModel } from './file-model';
import { scoreWindows } from './windows';

/**
 * Tokens of a window, those that a model wants before every text among them. Most files of code have fewer, so that each of
 * their tokens is read once: shorter windows, half of which is read twice, take longer and know less.
 */
export const WINDOW_TOKENS = 2048;

/**
 * What a model thinks of each token of a text of any length, read in windows that overlap by half. The first token has no
 * surprisal, unless the model wants tokens before every text.
 *
 * @param done told of tokens that have been scored
 * @param part how long windows are, and from which token on scores are wanted. @throws AbortError
 */
export async function scoreTokens(
  ids: Uint32Array,
  model: FileModel,
  signal: AbortSignal,
  done: (tokens: number) => void = () => {},
  { window = WINDOW_TOKENS, wantedFrom = 0 } = {},
): Promise<TokenScores> {
  const { begin } = model.tokenizer;
  const scores: TokenScores = {
    logprob: new Float32Array(ids.length).fill(Number.NaN),
    expected: new Uint32Array(ids.length),
  };
  const length = Math.max(2, Math.min(window, model.contextLength) - begin.length);
  for (const { from, to, scoredFrom } of scoreWindows(ids.length, length)) {
    signal.throwIfAborted();
    if (to <= wantedFrom) continue;
    const read = await model.score(Uint32Array.from([...begin, ...ids.subarray(from, to)]), signal);
    const at = begin.length + scoredFrom - from;
    scores.logprob.set(read.logprob.subarray(at, begin.length + to - from), scoredFrom);
    scores.expected.set(read.expected.subarray(at, begin.length + to - from), scoredFrom);
    done(to - scoredFrom);
  }
  return scores;
}

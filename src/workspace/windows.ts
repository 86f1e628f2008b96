/** A part of a long row of tokens that a model reads at once. */
export interface ScoreWindow {
  /** Tokens [from, to) are read. */
  from: number;
  to: number;
  /** Of them [scoredFrom, to) are scored. */
  scoredFrom: number;
}

/**
 * Windows that overlap by half: of the first all tokens are scored, of each other those that have at least half a window
 * before them.
 *
 * @param length tokens of a window
 */
export function scoreWindows(tokens: number, length: number): ScoreWindow[] {
  const half = Math.floor(length / 2);
  const windows: ScoreWindow[] = [];
  for (let scoredFrom = 0; scoredFrom < tokens; scoredFrom = windows.at(-1)?.to ?? tokens) {
    const to = Math.min(tokens, Math.max(length, scoredFrom + length - half));
    windows.push({ from: Math.max(0, scoredFrom - half), to, scoredFrom });
  }
  return windows;
}

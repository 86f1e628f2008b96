/** A part of a long row of tokens that a model reads at once. */
export interface ScoreWindow {
  /** Tokens [from, to) are read. */
  from: number;
  to: number;
  /** Of them [scoredFrom, to) are scored. */
  scoredFrom: number;
}

/**
 * Windows that overlap: of the first all tokens are scored, of each other those that have the others before them.
 *
 * @param length tokens of a window
 * @param overlap tokens that a window shares with the one before it: half of it by default
 */
export function scoreWindows(tokens: number, length: number, overlap = Math.floor(length / 2)): ScoreWindow[] {
  const windows: ScoreWindow[] = [];
  for (let scoredFrom = 0; scoredFrom < tokens; scoredFrom = windows.at(-1)?.to ?? tokens) {
    const to = Math.min(tokens, Math.max(length, scoredFrom + length - overlap));
    windows.push({ from: Math.max(0, scoredFrom - overlap), to, scoredFrom });
  }
  return windows;
}

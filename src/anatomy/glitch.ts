import type { Indicator, TokenCategory, Undertrained } from '../shared/undertrained-api';

/** Undertrained tokens as `vitrine anatomy --json` prints them. */
export interface Glitch {
  indicator: Indicator;
  candidates: { id: number; text: string; indicator: number; category: TokenCategory }[];
  /** What 2 % of the tokens that text can become are at or below. */
  threshold: number;
}

export function glitchOf({ indicator, candidates, threshold }: Undertrained): Glitch {
  return {
    indicator,
    candidates: candidates.map(({ id, text, indicator, category }) => ({ id, text, indicator, category })),
    threshold,
  };
}

import type { ChangedLineToken } from '../../src/shared/workspace-api';
import type { RawHunk } from '../../src/workspace/changes/hunk-score';

/** What a hunk is ranked by: the highest number comes first. */
type Rule = (hunk: RawHunk) => number;

const highest = (tokens: readonly ChangedLineToken[]) => Math.max(...tokens.map(({ bits }) => bits));

/** Of the hunks of code that have a new token. */
export const RULES: readonly (readonly [name: string, rule: Rule])[] = [
  ['the most surprising new token, a new name 4 bits less (what Vitrine does)', ({ surprise }) => surprise],
  ['the most surprising new token', ({ newTokens }) => highest(newTokens)],
  ['the same without new names', ({ newTokens }) => highest(newTokens.filter(({ isNewName }) => !isNewName))],
  ['mean of the five most surprising', ({ newTokens }) => meanOfFive(newTokens.map(({ bits }) => bits))],
  ['sum of the bits above 4', ({ newTokens }) => newTokens.reduce((sum, { bits }) => sum + Math.max(0, bits - 4), 0)],
  ['chance', () => 0],
];

function meanOfFive(bits: readonly number[]): number {
  const five = [...bits].sort((a, b) => b - a).slice(0, 5);
  return five.reduce((sum, value) => sum + value, 0) / five.length;
}

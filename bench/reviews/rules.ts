import type { ChangedLineToken } from '../../src/shared/workspace-api';
import type { RawHunk } from '../../src/workspace/changes/hunk-score';
import { isCounted } from '../../src/workspace/changes/scored-side';
import { isKept, tokenChanges } from '../../src/workspace/changes/token-changes';

/** What a hunk is ranked by: the highest number comes first. */
type Rule = (hunk: RawHunk) => number;

const highest = (tokens: readonly ChangedLineToken[]) => Math.max(...tokens.map(({ bits }) => bits));

/** Of the hunks of code that have a new token. */
export const RULES: readonly (readonly [name: string, rule: Rule])[] = [
  ['the most surprising new token, a new name 4 bits less (what Vitrine does)', ({ surprise }) => surprise],
  ['the most surprising new token', (hunk) => highest(newTokens(hunk))],
  ['the same without new names', (hunk) => highest(newTokens(hunk).filter(({ isNewName }) => !isNewName))],
  ['mean of the five most surprising', (hunk) => meanOfFive(newTokens(hunk).map(({ bits }) => bits))],
  ['sum of the bits above 4', (hunk) => newTokens(hunk).reduce((sum, { bits }) => sum + Math.max(0, bits - 4), 0)],
  ['chance', () => 0],
];

/** Of a hunk that was read without its comments. */
export const newTokens = ({ removedTokens, addedTokens, languageId }: RawHunk): ChangedLineToken[] =>
  tokenChanges(removedTokens, addedTokens)
    .filter((change) => !isKept(change))
    .flatMap(({ added }) => added.filter((token) => isCounted(token, languageId)));

function meanOfFive(bits: readonly number[]): number {
  const five = [...bits].sort((a, b) => b - a).slice(0, 5);
  return five.reduce((sum, value) => sum + value, 0) / five.length;
}

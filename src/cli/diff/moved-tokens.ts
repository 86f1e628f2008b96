import { LEAST_LOG_RATIO } from '../../display/difference-scale';
import { formatCount } from '../../display/numbers';
import { tokenLabel } from '../inspect/labels';
import type { Screen } from '../output';
import { type GridColumn, gridRows } from '../terminal/grid';
import type { ComparedToken } from './compared-tokens';
import { isFlip, logRatioOf } from './sums';
import { guessLabel, ratioCell } from './token-table';

/** In each direction, and of flips. */
const LISTED = 8;
const TOKEN_WIDTH = 20;

/** The tokens that B finds more probable, and those that it finds less probable, those first that moved most. */
export function movedTokens(tokens: readonly ComparedToken[], { palette }: Screen): string[] {
  const ofSign = (sign: 1 | -1) =>
    tokens
      .filter((token) => sign * logRatioOf(token) > LEAST_LOG_RATIO)
      .sort((one, other) => sign * (logRatioOf(other) - logRatioOf(one)))
      .slice(0, LISTED);
  const [more, less] = [ofSign(1), ofSign(-1)];
  if (more.length + less.length === 0) return [];
  // The shorter list ends with rows of nothing.
  const rows = Array.from({ length: Math.max(more.length, less.length) }, (_, row) => row);
  const columns = (moved: readonly ComparedToken[], header: string): GridColumn[] => {
    const cells = (of: (token: ComparedToken) => string) => rows.map((row) => (moved[row] ? of(moved[row]) : ''));
    return [
      { header: '#', align: 'end', cells: cells(({ position }) => `${position}`) },
      { header, align: 'start', cells: cells((token) => tokenLabel(token, TOKEN_WIDTH)) },
      { header: 'ln B/A', align: 'end', cells: cells((token) => ratioCell(logRatioOf(token))) },
    ];
  };
  return [
    palette.bold('The tokens that moved most'),
    ...gridRows([...columns(more, 'more probable to B'), ...columns(less, 'less probable to B')]),
  ];
}

/**
 * Where the first guess of B is another than that of A: those places first where the distributions are farthest apart, or where
 * that is not known, where the token moved most.
 */
export function flippedGuesses(tokens: readonly ComparedToken[], { palette, width }: Screen): string[] {
  const isKlKnown = tokens.every(({ kl }) => !Number.isNaN(kl));
  const distance = (token: ComparedToken) => (isKlKnown ? token.kl : Math.abs(logRatioOf(token)));
  const flips = tokens.filter(isFlip).sort((one, other) => distance(other) - distance(one));
  if (flips.length === 0) return [];
  const listed = flips.slice(0, LISTED);
  const room = Math.floor((width - TOKEN_WIDTH) / 2) - TOKEN_WIDTH / 4;
  const more =
    flips.length > listed.length ? `; the ${listed.length} with the largest ${isKlKnown ? 'KL' : 'ln B/A'}` : '';
  return [
    palette.bold(
      `The first guess flips in ${formatCount(flips.length)} of ${formatCount(tokens.length)} places${more}`,
    ),
    ...gridRows([
      { header: '#', align: 'end', cells: listed.map(({ position }) => `${position}`) },
      { header: 'stands there', align: 'start', cells: listed.map((token) => tokenLabel(token, TOKEN_WIDTH)) },
      { header: 'A would say', align: 'start', cells: listed.map(({ a }) => guessLabel(a, room, true)) },
      { header: 'B would say', align: 'start', cells: listed.map(({ b }) => guessLabel(b, room, true)) },
    ]),
  ];
}

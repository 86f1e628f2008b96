import { LEAST_KL, LEAST_LOG_RATIO, lineWeightOf, logRatioShare } from '../../display/difference-scale';
import { formatDecimal, formatLogprobShort, formatSigned } from '../../display/numbers';
import { candidateLabel, tokenLabel } from '../inspect/labels';
import type { Screen } from '../output';
import { GAP, type GridColumn, gridRows } from '../terminal/grid';
import type { Palette } from '../terminal/palette';
import { widthOf } from '../terminal/width';
import type { ComparedToken, TokenSide } from './compared-tokens';
import { isFlip, logRatioOf } from './sums';

/** Where there is room, columns stand apart and guesses have their probabilities beside them. */
const ROOMY_WIDTH = 100;
const TOKEN_WIDTH = { roomy: 20, tight: 12 };
const LEAST_GUESS_WIDTH = 4;
/** By the line that the editor draws under a token: none, dotted, dashed, solid. */
const KL_MARKS = [' ', '┈', '╌', '━'] as const;

/** One token a row: how much more probable it is to B, how far apart both are there, and what each would rather have written. */
export function tokenTable(tokens: readonly ComparedToken[], { width, palette }: Screen): string[] {
  const isRoomy = width >= ROOMY_WIDTH;
  const gap = isRoomy ? GAP : ' ';
  const [header = '', ...rows] = gridRows(numberColumns(tokens, isRoomy), gap);
  const room = Math.floor((width - widthOf(header) - 2 * GAP.length) / 2);
  const [guessHeader = '', ...guesses] = gridRows(guessColumns(tokens, room, isRoomy), GAP);
  return [
    palette.bold(`${header}${GAP}${guessHeader}`),
    ...tokens.map((token, index) => {
      const row = tinted(rows[index] ?? '', logRatioOf(token), palette);
      return `${row}${GAP}${guesses[index] ?? ''}`.trimEnd();
    }),
  ];
}

function numberColumns(tokens: readonly ComparedToken[], isRoomy: boolean): GridColumn[] {
  const tokenWidth = isRoomy ? TOKEN_WIDTH.roomy : TOKEN_WIDTH.tight;
  return [
    { header: '#', align: 'end', cells: tokens.map(({ position }) => `${position}`) },
    { header: 'token', align: 'start', cells: tokens.map((token) => tokenLabel(token, tokenWidth)) },
    { header: 'p A', align: 'end', cells: tokens.map(({ a }) => formatLogprobShort(a.logprob)) },
    { header: 'p B', align: 'end', cells: tokens.map(({ b }) => formatLogprobShort(b.logprob)) },
    { header: 'ln B/A', align: 'end', cells: tokens.map((token) => ratioCell(logRatioOf(token))) },
    // Not known of models that do not give whole distributions.
    ...(tokens.some(({ kl }) => Number.isNaN(kl))
      ? []
      : [{ header: 'KL ', align: 'end', cells: tokens.map(klCell) } as const]),
  ];
}

function guessColumns(tokens: readonly ComparedToken[], room: number, isRoomy: boolean): GridColumn[] {
  const guess = (side: TokenSide) => guessLabel(side, room, isRoomy);
  return [
    { header: 'A would say', align: 'start', cells: tokens.map(({ a }) => guess(a)) },
    { header: 'B, if else', align: 'start', cells: tokens.map((token) => (isFlip(token) ? guess(token.b) : '')) },
  ];
}

/** The first guess of a model. @param width columns */
export function guessLabel({ top: [first] }: TokenSide, width: number, withProbability: boolean): string {
  if (!first) return '';
  const probability = withProbability ? ` ${formatLogprobShort(first.logprob)}` : '';
  return candidateLabel(first, Math.max(LEAST_GUESS_WIDTH, width - widthOf(probability))) + probability;
}

/** A row in the hue of its ln(p_B / p_A), on the scale of every difference. */
export function tinted(row: string, nats: number, palette: Palette): string {
  const share = logRatioShare(nats);
  // The palette takes the root, as the scale has done.
  return palette.signed(row, share * Math.abs(share));
}

/** ln(p_B / p_A), with its sign. */
export function ratioCell(nats: number): string {
  return Math.abs(nats) < LEAST_LOG_RATIO ? '≈0' : formatSigned(nats);
}

function klCell({ kl }: ComparedToken): string {
  return `${kl < LEAST_KL ? '≈0' : formatDecimal(kl)}${KL_MARKS[lineWeightOf(kl)]}`;
}

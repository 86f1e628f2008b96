import { formatRank, knownRankClass } from '../../display/bounds';
import { formatBits, formatBitsAlone, formatLogprobShort } from '../../display/numbers';
import type { Screen } from '../output';
import { GAP, type GridColumn, gridRows } from '../terminal/grid';
import { widthOf } from '../terminal/width';
import type { InspectedToken } from './inspection';
import { alternativeLines, RANK_CLASSES, tokenLabel } from './labels';

/** Where there is room, columns stand apart and numbers have their unit beside them; elsewhere it is in the header. */
const ROOMY_WIDTH = 100;
const TOKEN_WIDTH = { roomy: 20, tight: 12 };
const NOTHING = '–';

/** One token a row: what it is, how probable it was, and what the model would rather have written. */
export function tokenTable(tokens: readonly InspectedToken[], { width, palette }: Screen): string[] {
  const isRoomy = width >= ROOMY_WIDTH;
  const [header = '', ...rows] = gridRows(tokenColumns(tokens, isRoomy), isRoomy ? '  ' : ' ');
  const room = width - widthOf(header + GAP);
  const indent = ' '.repeat(width - room);
  const lines = tokens.flatMap((token, index) => {
    const [first = '', ...more] = alternativesOf(token, room);
    const row = palette.surprisal(rows[index] ?? '', surprisalOf(token) ?? 0);
    return [`${row}${GAP}${first}`, ...more.map((line) => indent + line)];
  });
  return [palette.bold(`${header}${GAP}instead`), ...lines];
}

function tokenColumns(tokens: readonly InspectedToken[], isRoomy: boolean): GridColumn[] {
  const tokenWidth = isRoomy ? TOKEN_WIDTH.roomy : TOKEN_WIDTH.tight;
  return [
    { header: '#', align: 'end', cells: tokens.map(({ position }) => `${position}`) },
    { header: 'token', align: 'start', cells: tokens.map((token) => tokenLabel(token, tokenWidth)) },
    { header: 'id', align: 'end', cells: tokens.map(({ id }) => `${id}`) },
    { header: isRoomy ? 'probability' : 'prob.', align: 'end', cells: tokens.map(probabilityCell) },
    { header: 'rank ', align: 'end', cells: tokens.map(rankCell) },
    {
      header: isRoomy ? 'surprisal' : 'bits',
      align: 'end',
      cells: tokens.map((token) => surprisalCell(token, isRoomy)),
    },
  ];
}

function probabilityCell({ prediction }: InspectedToken): string {
  return prediction ? formatLogprobShort(prediction.logprob) : NOTHING;
}

/** People count ranks from 1. */
function rankCell({ prediction }: InspectedToken): string {
  if (!prediction || prediction.rankLimit === 0) return `${NOTHING} `;
  const { rank, rankLimit } = prediction;
  const known = knownRankClass(rank, rankLimit);
  return formatRank(rank, rankLimit) + (known ? RANK_CLASSES[known].mark : ' ');
}

function surprisalCell(token: InspectedToken, withUnit: boolean): string {
  const surprisal = surprisalOf(token);
  if (surprisal === undefined) return NOTHING;
  return withUnit ? formatBits(surprisal) : formatBitsAlone(surprisal);
}

function alternativesOf(token: InspectedToken, width: number): string[] {
  return token.prediction ? alternativeLines(token.instead, width) : ['nothing comes before it'];
}

/** In bits. */
function surprisalOf({ prediction }: InspectedToken): number | undefined {
  return prediction && Math.abs(prediction.logprob / Math.LN2);
}

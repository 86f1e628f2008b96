import type { Screen } from '../output';
import { GAP, type GridColumn, gridRows } from '../terminal/grid';
import { formatBits, formatCount, formatLogprob } from '../terminal/numbers';
import { fit, widthOf } from '../terminal/width';
import { alternativeLines } from './alternatives';
import type { InspectedToken } from './inspection';
import { tokenLabel } from './labels';
import { RANK_CLASSES, rankClassOf } from './rank-classes';

/** Columns of the widest token that is not cut, as a share of the terminal. */
const TOKEN_SHARE = 0.2;
const NOTHING = '–';

/** One token a row: what it is, how probable it was, and what the model would rather have written. */
export function tokenTable(tokens: readonly InspectedToken[], { width, palette }: Screen): string[] {
  const [header = '', ...rows] = gridRows(tokenColumns(tokens, Math.floor(width * TOKEN_SHARE)));
  const room = width - widthOf(header + GAP);
  const indent = ' '.repeat(width - room);
  const lines = tokens.flatMap((token, index) => {
    const [first = '', ...more] = alternativesOf(token, room);
    const row = palette.surprisal(rows[index] ?? '', surprisalOf(token) ?? 0);
    return [`${row}${GAP}${first}`, ...more.map((line) => indent + line)];
  });
  return [palette.bold(`${header}${GAP}instead`), ...lines.map((line) => line.trimEnd())];
}

function tokenColumns(tokens: readonly InspectedToken[], tokenWidth: number): GridColumn[] {
  return [
    { header: '#', align: 'end', cells: tokens.map(({ position }) => `${position}`) },
    { header: 'token', align: 'start', cells: tokens.map((token) => fit(tokenLabel(token), tokenWidth)) },
    { header: 'id', align: 'end', cells: tokens.map(({ id }) => `${id}`) },
    { header: 'probability', align: 'end', cells: tokens.map(probabilityCell) },
    { header: 'rank  ', align: 'end', cells: tokens.map(rankCell) },
    { header: 'surprisal', align: 'end', cells: tokens.map(surprisalCell) },
  ];
}

function probabilityCell({ prediction }: InspectedToken): string {
  return prediction ? formatLogprob(prediction.logprob) : NOTHING;
}

/** People count ranks from 1. */
function rankCell({ prediction }: InspectedToken): string {
  if (!prediction) return `${NOTHING}  `;
  return `${formatCount(prediction.rank + 1)} ${RANK_CLASSES[rankClassOf(prediction.rank)].mark}`;
}

function surprisalCell(token: InspectedToken): string {
  const surprisal = surprisalOf(token);
  return surprisal === undefined ? NOTHING : formatBits(surprisal);
}

function alternativesOf(token: InspectedToken, width: number): string[] {
  return token.prediction ? alternativeLines(token.instead, width) : ['nothing comes before it'];
}

/** In bits. */
function surprisalOf({ prediction }: InspectedToken): number | undefined {
  return prediction && Math.abs(prediction.logprob / Math.LN2);
}

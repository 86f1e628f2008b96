import {
  type Language,
  type Notation,
  type NumberReport,
  type NumberToken,
  sentencesOf,
} from '../../tokenizer/number-lens';
import type { Screen } from '../output';
import { gridRows } from '../terminal/grid';
import { widthOf, wrapText } from '../terminal/width';

/** Between the tokens of a number. */
const CUT = '·';

/** A number under several vocabularies: how each cuts it and the ways to write it, and what that means. */
export function reportLines(
  reports: readonly NumberReport[],
  language: Language,
  { width, palette }: Screen,
): string[] {
  const [header = '', ...rows] = gridRows([
    { header: 'vocabulary', align: 'start', cells: reports.map(({ vocabulary }) => vocabulary) },
    { header: 'tokens', align: 'end', cells: reports.map(({ tokens }) => `${tokens.length}`) },
    { header: 'cut', align: 'start', cells: reports.map(({ tokens }) => cutText(tokens)) },
    { header: 'ids', align: 'start', cells: reports.map(({ tokens }) => tokens.map(({ id }) => id).join(' ')) },
  ]);
  return [
    palette.bold(header),
    ...rows,
    '',
    ...notationTables(reports, width, palette.bold),
    ...reports.flatMap((report) => [
      '',
      palette.bold(report.vocabulary),
      ...sentencesOf(report, language).flatMap((sentence) => wrapText(sentence, width)),
    ]),
  ];
}

/**
 * One way to write the number a row, one vocabulary a column, with the ids of several tokens; in several tables where
 * the columns do not fit beside each other. A number that is too long even so is without ids.
 */
function notationTables(reports: readonly NumberReport[], width: number, bold: (text: string) => string): string[] {
  const withIds = notationRows(reports, (notation) => [notationCell(notation), idsBelow(notation)]);
  const hasRoom = withIds.every((row) => widthOf(row) <= width);
  if (!hasRoom && reports.length > 1) {
    const half = Math.ceil(reports.length / 2);
    const [first, second] = [reports.slice(0, half), reports.slice(half)];
    return [...notationTables(first, width, bold), '', ...notationTables(second, width, bold)];
  }
  const [header = '', ...rows] = hasRoom
    ? withIds.filter((row) => row !== '')
    : notationRows(reports, (notation) => [notationCell(notation)]);
  return [bold(header), ...rows];
}

/** @param linesOf the lines of a cell, as many in each */
function notationRows(reports: readonly NumberReport[], linesOf: (notation: Notation) => string[]): string[] {
  const notations = reports[0]?.notations ?? [];
  return gridRows([
    {
      header: 'written',
      align: 'start',
      cells: notations.flatMap((notation) =>
        linesOf(notation).map((_, line) => (line === 0 ? shown(notation.text) : '')),
      ),
    },
    ...reports.map((report) => ({
      header: report.vocabulary,
      align: 'start' as const,
      cells: report.notations.flatMap(linesOf),
    })),
  ]);
}

function notationCell({ tokens }: Notation): string {
  const [first] = tokens;
  return first && tokens.length === 1 ? `one token, ${first.id}` : cutText(tokens);
}

/** The ids of several tokens; that of one stands beside it. */
function idsBelow({ tokens }: Notation): string {
  return tokens.length === 1 ? '' : tokens.map(({ id }) => id).join(' ');
}

function cutText(tokens: readonly NumberToken[]): string {
  return tokens.map(({ text }) => shown(text)).join(CUT);
}

function shown(text: string): string {
  return text.replace(' ', '␣');
}

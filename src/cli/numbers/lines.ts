import {
  type Language,
  type Notation,
  type NumberMap,
  type NumberReport,
  type NumberToken,
  type Operand,
  type Sum,
  sentencesOf,
  sumSentence,
} from '../../tokenizer/number-lens';
import type { Screen } from '../output';
import { gridRows } from '../terminal/grid';
import { widthOf, wrapText } from '../terminal/width';

/** Between the tokens of a number. */
const CUT = '·';
/** Where one token ends and the next begins. */
const EDGE = '│';
/** Where something is carried from one token to another. */
const CROSSING = '←';
/** Integers a row: a hundred where there is room for them, else half as many. */
const WIDE = 100;
const NARROW = 50;

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

/** A sum laid out in columns, the edges between tokens drawn, and what is carried over them. */
export function sumLines(vocabulary: string, sum: Sum, language: Language, { width, palette }: Screen): string[] {
  const places = Math.max(sum.a.digits.length, sum.b.digits.length, sum.c.digits.length);
  const row = (sign: string, digits: string) => `${sign} ${digits.padStart(2 * places - 1)}`;
  return [
    palette.bold(vocabulary),
    palette.quiet(row(' ', carryRow(sum, places))),
    row(' ', digitRow(sum.a)),
    row(sum.sign, digitRow(sum.b)),
    row('=', digitRow(sum.c)),
    ...wrapText(sumSentence(vocabulary, sum, language), width),
  ];
}

/** The digits with a column between each two, which shows the edge of a token. */
function digitRow({ digits, tokens }: Operand): string {
  const edges = new Set(tokens.map(({ start }) => start));
  return Array.from(digits, (digit, at) => (at === 0 ? digit : `${edges.has(at) ? EDGE : ' '}${digit}`)).join('');
}

/** A 1 above each place that something is carried into, or borrowed from. */
function carryRow({ carries, crossings }: Sum, places: number): string {
  const columns = Array.from({ length: places }, (_, index) => {
    const place = places - 1 - index;
    const carried = carries.includes(place - 1) ? '1' : ' ';
    return `${carried}${crossings.includes(place - 1) ? CROSSING : ' '}`;
  });
  return columns.join('').slice(0, -1);
}

/** Every integer from 0 to 9999 as a pixel, by how many tokens it is; without colours, as that digit. */
export function mapLines(vocabulary: string, map: NumberMap, { palette, width }: Screen): string[] {
  const legend = [1, 2, 3, 4].map(
    (tokens) => `${palette.hasColours ? palette.pixels(tokens, tokens) : tokens} ${tokens}`,
  );
  const side = width >= WIDE ? WIDE : NARROW;
  const title = `${vocabulary}: tokens of 0 to 9999, ${side} a row`;
  const rows = palette.hasColours ? pixelRows(map.counts, side, palette) : digitRows(map.counts, side);
  return [palette.bold(title), ...rows, `tokens: ${palette.hasColours ? legend.join('  ') : '1 to 4'}`];
}

function pixelRows(counts: Uint8Array, side: number, palette: Screen['palette']): string[] {
  return Array.from({ length: counts.length / side / 2 }, (_, row) =>
    Array.from({ length: side }, (_, column) => {
      const upper = 2 * row * side + column;
      return palette.pixels(counts[upper] ?? 0, counts[upper + side] ?? 0);
    }).join(''),
  );
}

function digitRows(counts: Uint8Array, side: number): string[] {
  return Array.from({ length: counts.length / side }, (_, row) =>
    counts.subarray(row * side, (row + 1) * side).join(''),
  );
}

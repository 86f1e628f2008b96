import {
  type Language,
  type Notation,
  type NumberReport,
  type NumberToken,
  sentencesOf,
} from '../../tokenizer/number-lens';
import type { Screen } from '../output';
import { gridRows } from '../terminal/grid';
import { wrapText } from '../terminal/width';

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
    ...notationTable(reports, palette.bold),
    ...reports.flatMap((report) => [
      '',
      palette.bold(report.vocabulary),
      ...sentencesOf(report, language).flatMap((sentence) => wrapText(sentence, width)),
    ]),
  ];
}

/** One way to write the number a row, one vocabulary a column. */
function notationTable(reports: readonly NumberReport[], bold: (text: string) => string): string[] {
  const notations = reports[0]?.notations ?? [];
  const [header = '', ...rows] = gridRows([
    { header: 'written', align: 'start', cells: notations.map(({ text }) => text.replace(' ', '␣')) },
    ...reports.map((report) => ({
      header: report.vocabulary,
      align: 'start' as const,
      cells: report.notations.map(notationCell),
    })),
  ]);
  return [bold(header), ...rows];
}

function notationCell({ tokens }: Notation): string {
  const [first] = tokens;
  return first && tokens.length === 1 ? `one token, ${first.id}` : cutText(tokens);
}

function cutText(tokens: readonly NumberToken[]): string {
  return tokens.map(({ text }) => text.replace(' ', '␣')).join(CUT);
}

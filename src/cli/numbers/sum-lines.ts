import { type Language, type Operand, type Sum, sumSentence } from '../../tokenizer/number-lens';
import type { Screen } from '../output';
import { wrapText } from '../terminal/width';

/** Where one token ends and the next begins. */
const EDGE = '│';
/** Where something is carried from one token to another. */
const CROSSING = '←';

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

import type { Screen } from '../output';
import { GAP } from '../terminal/grid';
import { type LabelOf, rememberedLabels } from './bands';
import { type TextToken, type TokenizedText, tokensOf } from './tokenized-text';

const LABEL_WIDTH = 32;

interface Cell {
  text: string;
  /** Columns that it takes. */
  columns: number;
}

const HEADERS = ['#', 'token', 'id', 'start', 'end', 'bytes'];
const FROM_THE_LEFT = new Set(['token', 'bytes']);

/**
 * One token a row: its place, what it is, its id, its span in UTF-16 units and its bytes. The text is gone through
 * twice, for how wide the columns are and for the rows: all rows at once would fill the memory.
 */
export function* tokenTable(tokenized: TokenizedText, { palette }: Screen): Generator<string> {
  const labelOf = rememberedLabels(LABEL_WIDTH);
  const headers = HEADERS.map(plain);
  const widths = headers.map(({ columns }) => columns);
  for (const cells of rowsOf(tokenized, labelOf)) {
    for (const [column, cell] of cells.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.columns);
  }
  yield palette.bold(rowLine(headers, widths));
  for (const cells of rowsOf(tokenized, labelOf)) yield rowLine(cells, widths);
}

function* rowsOf(tokenized: TokenizedText, labelOf: LabelOf): Generator<Cell[]> {
  let place = 0;
  for (const token of tokensOf(tokenized)) yield cellsOf(place++, token, labelOf);
}

function cellsOf(place: number, token: TextToken, labelOf: LabelOf): Cell[] {
  const { id, start, end, bytes } = token;
  const { label, columns } = labelOf(token);
  const spaced = bytes.replace(/..(?=.)/g, '$& ');
  return [plain(`${place}`), { text: label, columns }, ...[id, start, end].map((n) => plain(`${n}`)), plain(spaced)];
}

function plain(text: string): Cell {
  return { text, columns: text.length };
}

function rowLine(cells: readonly Cell[], widths: readonly number[]): string {
  const padded = cells.map(({ text, columns }, column) => {
    const space = ' '.repeat((widths[column] ?? 0) - columns);
    return FROM_THE_LEFT.has(HEADERS[column] ?? '') ? text + space : space + text;
  });
  return padded.join(GAP).trimEnd();
}

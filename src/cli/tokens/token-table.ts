import { tokenLabel } from '../inspect/labels';
import type { Screen } from '../output';
import { gridRows } from '../terminal/grid';
import type { TokenizedText } from './tokenized-text';

const LABEL_WIDTH = 32;

/** One token a row: its place, what it is, its id, its bytes and its span in UTF-16 units. */
export function tokenTable({ tokens }: TokenizedText, { palette }: Screen): string[] {
  const [header = '', ...rows] = gridRows([
    { header: '#', align: 'end', cells: tokens.map((_, index) => `${index}`) },
    { header: 'token', align: 'start', cells: tokens.map((token) => tokenLabel(token, LABEL_WIDTH)) },
    { header: 'id', align: 'end', cells: tokens.map(({ id }) => `${id}`) },
    { header: 'start', align: 'end', cells: tokens.map(({ start }) => `${start}`) },
    { header: 'end', align: 'end', cells: tokens.map(({ end }) => `${end}`) },
    { header: 'bytes', align: 'start', cells: tokens.map(({ bytes }) => bytes.replace(/..(?=.)/g, '$& ')) },
  ]);
  return [palette.bold(header), ...rows];
}

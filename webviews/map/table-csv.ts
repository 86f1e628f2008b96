import { csvRow } from '../../src/shared/csv';
import type { TableRow } from './table-rows';

const COLUMNS = ['path', 'function', 'line', 'language', 'tokens', 'bits', 'bitsPerToken', 'z'];

/** The table as a file, with the numbers as they are; lines count from 1, as the editor has them. */
export function tableCsv(rows: readonly TableRow[]): string {
  const lines = rows.map(({ name, node, score, line }) => {
    const [own, at] = line === undefined ? [] : [name, line + 1];
    const { tokens, mean, z } = score;
    return csvRow([node.path, own, at, node.file?.languageId, tokens, tokens * mean, mean, z], { isGuarded: true });
  });
  return [COLUMNS.join(','), ...lines, ''].join('\r\n');
}

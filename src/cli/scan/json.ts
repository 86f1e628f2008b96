import { provenanceOf } from '../../recording/provenance';
import { csvRow } from '../../shared/csv';
import type { FileScore } from '../../shared/workspace-api';
import type { Scanned } from './scan-paths';

/** What `--json` prints, as docs/json.md documents it, file by file; NaN is null. */
export async function* scanJson({ model, leftOut, scores }: Scanned): AsyncGenerator<string> {
  yield `{"model":${JSON.stringify(model.name)},"provenance":${JSON.stringify(provenanceOf(model, []))},"files":[`;
  let before = '';
  for await (const score of scores()) {
    yield before + JSON.stringify(score);
    before = ',';
  }
  yield `],"leftOut":${JSON.stringify(Array.from(leftOut, ([path, why]) => ({ path, why })))}}\n`;
}

const COLUMNS = [
  'path',
  'line',
  'language',
  'kind',
  'tokens',
  'bits',
  'z',
  'newNameTokens',
  'newNameBits',
  'worstText',
  'worstBits',
  'expected',
];

/** A row a line of code. */
export async function* scanCsv({ scores }: Scanned): AsyncGenerator<string> {
  yield `${COLUMNS.join(',')}\r\n`;
  for await (const score of scores()) yield csvRows(score);
}

function csvRows({ path, languageId, lines }: FileScore): string {
  const rows = lines.map(({ line, kind, tokens, bits, z, newNames, worst }) => {
    const counts = [tokens, bits, z, newNames.tokens, newNames.bits];
    const cells = [path, line, languageId, kind, ...counts, worst.text, worst.bits, worst.expected];
    return csvRow(cells, { isGuarded: true });
  });
  return rows.map((row) => `${row}\r\n`).join('');
}

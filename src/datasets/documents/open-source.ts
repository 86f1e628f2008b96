import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { sentence, VitrineError } from '../../shared/errors';
import { openCsv } from './csv';
import type { DocumentSource } from './document-source';
import { openFolder } from './folder';
import { openJsonLines } from './json-lines';
import { openParquet } from './parquet';
import { openPlainText } from './plain-text';

const OPENERS: Readonly<Record<string, (path: string) => Promise<DocumentSource>>> = {
  '.csv': openCsv,
  '.jsonl': openJsonLines,
  '.ndjson': openJsonLines,
  '.parquet': openParquet,
  '.tsv': openCsv,
  '.txt': openPlainText,
};

/**
 * Opens a data set by its name: documents are known as soon as `index` has found some.
 *
 * @throws VitrineError `dataset.unreadable`, `dataset.kind`
 */
export async function openSource(path: string): Promise<DocumentSource> {
  const isFolder = await stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  if (isFolder) return openFolder(path);
  const open = OPENERS[extname(path).toLowerCase()];
  if (open) return open(path);
  throw new VitrineError(
    'dataset.kind',
    sentence`${path} is no data set that Vitrine knows. Choose a folder, or a .jsonl, .txt, .csv or .parquet file.`,
  );
}

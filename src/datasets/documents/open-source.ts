import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { sentence, VitrineError } from '../../shared/errors';
import { openCompressed } from './compressed';
import { openCsv } from './csv';
import type { DocumentSource } from './document-source';
import { openFolder } from './folder';
import { openJsonLines } from './json-lines';
import { openParquet } from './parquet';
import { openPlainText } from './plain-text';
import { shardsIn } from './shard-files';
import { openShards } from './shards';

const TEXT_OPENERS: Readonly<Record<string, (path: string) => Promise<DocumentSource>>> = {
  '.csv': openCsv,
  '.jsonl': openJsonLines,
  '.ndjson': openJsonLines,
  '.tsv': openCsv,
  '.txt': openPlainText,
};

/**
 * Opens a data set by its name: documents are known as soon as `index` has found some.
 *
 * @throws VitrineError `dataset.unreadable`, `dataset.kind`, `dataset.kinds`
 */
export async function openSource(path: string): Promise<DocumentSource> {
  const isFolder = await stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  if (!isFolder) return openFile(path);
  const shards = await shardsIn(path);
  return shards ? openShards(path, shards, openFile) : openFolder(path);
}

async function openFile(path: string): Promise<DocumentSource> {
  const ending = extname(path).toLowerCase();
  if (ending === '.parquet') return openParquet(path);
  const packed = ending === '.gz' ? extname(path.slice(0, -ending.length)).toLowerCase() : ending;
  const open = TEXT_OPENERS[packed];
  if (open) return ending === '.gz' ? openCompressed(path, open) : open(path);
  throw new VitrineError(
    'dataset.kind',
    sentence`${path} is no data set that Vitrine knows. Choose a folder, or a .jsonl, .txt, .csv or .parquet file; the first three may be packed as .gz.`,
  );
}

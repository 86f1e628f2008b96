import { extname } from 'node:path';
import { sentence, VitrineError } from '../../shared/errors';
import type { DocumentSource } from './document-source';
import { openJsonLines } from './json-lines';

const OPENERS: Readonly<Record<string, (path: string) => Promise<DocumentSource>>> = {
  '.jsonl': openJsonLines,
  '.ndjson': openJsonLines,
};

/**
 * Opens a data set by its name: documents are known as soon as `index` has found some.
 *
 * @throws VitrineError `dataset.unreadable`, `dataset.kind`
 */
export async function openSource(path: string): Promise<DocumentSource> {
  const open = OPENERS[extname(path).toLowerCase()];
  if (open) return open(path);
  throw new VitrineError('dataset.kind', sentence`${path} is no data set that Vitrine knows. Choose a .jsonl file.`);
}

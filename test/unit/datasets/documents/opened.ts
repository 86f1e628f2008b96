import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { DatasetDocument, DocumentSource } from '../../../../src/datasets/documents/document-source';
import { openSource } from '../../../../src/datasets/documents/open-source';
import { temporaryFolder } from '../../../support/temporary-folder';

const opened: DocumentSource[] = [];

afterEach(async () => {
  for (const source of opened.splice(0)) await source.close();
});

/** A data set with all of its documents found; it is closed after the test. */
export async function indexed(path: string): Promise<DocumentSource> {
  const source = await openSource(path);
  opened.push(source);
  await source.index({ signal: new AbortController().signal, progress: () => {} });
  return source;
}

/** @param extension `.jsonl` */
export function indexedFile(extension: string, content: string | Uint8Array): Promise<DocumentSource> {
  const path = join(temporaryFolder(), `${randomUUID()}${extension}`);
  writeFileSync(path, content);
  return indexed(path);
}

export async function documentsOf(source: DocumentSource, from = 0, to = source.count): Promise<DatasetDocument[]> {
  const documents: DatasetDocument[] = [];
  for await (const document of source.stream(from, to)) documents.push(document);
  return documents;
}

export const textsOf = async (source: DocumentSource) => (await documentsOf(source)).map(({ text }) => text);

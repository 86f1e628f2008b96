import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { openSource } from '../../datasets/documents/open-source';
import type { ExportKind, Funnel } from '../../datasets/funnel/funnel-api';
import { formatBytes } from '../../display/format-bytes';
import { formatQuantity } from '../../display/numbers';
import { checkWritable, type OutputTarget, unwritable } from '../inspect/output-target';
import { warn } from '../output';
import { UsageError } from '../usage-error';
import { takenSentence } from './sentences';

/** @throws UsageError also where two would be written over each other; VitrineError */
export async function checkTargets(targets: readonly OutputTarget[]): Promise<void> {
  const options = new Map<string, string>();
  for (const target of targets) {
    const path = resolve(target.path);
    const other = options.get(path);
    if (other) throw new UsageError(`${other} and ${target.option} would both write ${target.path}. Name two files.`);
    options.set(path, target.option);
    await checkWritable(target);
  }
}

/** Before anything is read: its first rows say what a data set holds. @throws UsageError of conversations; VitrineError */
export async function checkRewritable(path: string): Promise<void> {
  const source = await openSource(path);
  await source.close();
  if (source.holds === 'texts') return;
  throw new UsageError(
    `${path} holds conversations, which are no one text that could be written anew. Leave --rewrite out: --export writes them as they stand.`,
  );
}

export async function exportTo(funnel: Funnel, kind: ExportKind, target: OutputTarget | undefined): Promise<void> {
  if (!target) return;
  await checkWritable(target);
  const { documents, bytes, taken } = await funnel.export({ kind, path: target.path });
  const written = `${formatQuantity(documents, 'document')}, ${formatBytes(bytes)} of text`;
  warn(`Wrote ${target.path} (${written}).${taken ? ` ${takenSentence(taken)}` : ''}`);
}

export async function writePage(target: OutputTarget, page: string): Promise<void> {
  await checkWritable(target);
  await writeFile(target.path, page).catch((error: unknown) => {
    throw unwritable(error, target.path);
  });
  warn(`Wrote ${target.path} (${formatBytes(Buffer.byteLength(page))}).`);
}

import { expect } from 'vitest';
import type { SavedFile } from '../../../src/shared/saved-file';
import type { Inspector } from './inspector';

/** Chooses an entry of the Export menu, and gives what was saved. */
export async function save({ page, hostApi }: Inspector, entry: string): Promise<SavedFile> {
  const before = hostApi.did.saved.length;
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: entry }).click();
  await expect.poll(() => hostApi.did.saved.length).toBe(before + 1);
  return hostApi.did.saved.at(-1) as SavedFile;
}

/** The rows of a table that was saved as JSON, and where they are from. */
export async function saveTable(inspector: Inspector, table: string): Promise<SavedTable> {
  return JSON.parse(String((await save(inspector, `Table ${table}, JSON`)).content));
}

interface SavedTable {
  provenance: unknown;
  rows: Record<string, number | string | boolean | null>[];
}

import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Loads the window again as soon as the workbench has written down that an editor of a kind is open in it, which it does by and by. */
export async function reloadWith(page: Page, kind: string): Promise<void> {
  await expect.poll(() => page.evaluate(isKept, ['memento/workbench.parts.editor', kind] as const)).toBe(true);
  await page.reload();
}

/** The same as soon as an extension's own state in it names something. */
export async function reloadWithState(page: Page, content: string): Promise<void> {
  await expect.poll(() => page.evaluate(isKept, ['vitrine.vitrine', content] as const)).toBe(true);
  await page.reload();
}

/** Whether something that the workbench keeps in the browser names something. The code runs in the page. */
async function isKept([key, content]: readonly [key: string, content: string]): Promise<boolean> {
  const { indexedDB } = globalThis as unknown as { indexedDB: Databases };
  const answer = <T>(request: Answer<T>) =>
    new Promise<T>((resolve) => {
      request.onsuccess = () => resolve(request.result);
    });
  for (const { name = '' } of await indexedDB.databases()) {
    if (!name.startsWith('vscode-web-state-db')) continue;
    const database = await answer(indexedDB.open(name));
    const table = database.transaction('ItemTable').objectStore('ItemTable');
    const kept = await answer(table.get(key));
    database.close();
    if (String(kept).includes(content)) return true;
  }
  return false;
}

/** Of a browser's API what is used, whose types are not those of the tests. */
interface Databases {
  databases(): Promise<{ name?: string }[]>;
  open(name: string): Answer<Database>;
}

interface Answer<T> {
  onsuccess: () => void;
  result: T;
}

interface Database {
  transaction(store: string): { objectStore(store: string): { get(key: string): Answer<unknown> } };
  close(): void;
}

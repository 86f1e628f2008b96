import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Workbench } from './workbench';

/**
 * Looks for every contributed command in the palette.
 *
 * @param texts The file of the manifest's texts in the display language.
 */
export async function expectCommands(workbench: Workbench, texts: string): Promise<void> {
  const { contributes } = JSON.parse(readFileSync('package.json', 'utf8'));
  const titles: Record<string, string> = JSON.parse(readFileSync(texts, 'utf8'));
  for (const { title } of contributes.commands) {
    const shown = titles[title.slice(1, -1)] ?? title;
    const row = await workbench.offers(`>Vitrine: ${shown}`, shown);
    expect(await row.textContent()).toBe(`Vitrine: ${shown}`);
  }
  await workbench.page.keyboard.press('Escape');
}

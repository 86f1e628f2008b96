import { expect } from 'vitest';
import type { Workbench } from './workbench';

/** What a token's hover says in percent, at a line and a column from 1. */
export async function numbersOfHover(workbench: Workbench, line: number, column: number): Promise<string> {
  const hover = await workbench.hover(line, column);
  await expect.poll(() => hover.textContent()).toContain('%');
  const text = (await hover.textContent()) ?? '';
  await workbench.page.keyboard.press('Escape');
  return (text.match(/[\d.]+ ?%/g) ?? []).join(' ');
}

import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { inspectJson } from '../../support/command-line';

export const TEXT = 'The mouse that ate the cheese ran from the cat.';

/** Where a control's range stands for a value. */
const PLACES: Record<string, (value: number) => number> = {
  temperature: (value) => Math.round(20 * value),
  topK: (value) => [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 40, 50].indexOf(value),
  topP: (value) => Math.round(100 * value) - 1,
  minP: (value) => Math.round(100 * value),
};

export async function setControls(page: Page, controls: Record<string, number>): Promise<void> {
  for (const [name, value] of Object.entries(controls)) {
    await page.locator(`vt-sampling-controls #${name}`).fill(`${PLACES[name]?.(value)}`);
  }
}

export const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

let known: ReturnType<typeof inspectJson> | undefined;

/** What the command line draws as the view's controls stand at first. */
export async function byDefault(): Promise<Awaited<ReturnType<typeof inspectJson>>['continuation']> {
  known ??= inspectJson(TEXT, ...['--continue', '4', '--temperature', '0.8', '--top-p', '0.95', '--seed', '0']);
  return (await known).continuation;
}

/** Ids along the tree, the text's own left out. */
export async function drawnIds(page: Page): Promise<number[]> {
  const items = page.locator('vt-branch-tree [role=treeitem]');
  const ids = await items.evaluateAll((all) => all.map((item) => Number(item.getAttribute('data-id'))));
  return ids.slice(1);
}

export async function steps(page: Page, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const before = (await drawnIds(page)).length;
    await press(page, 'Step');
    await expect.poll(async () => (await drawnIds(page)).length).toBe(before + 1);
    await still(page);
  }
}

/** The rows of step 5: both probabilities with all their digits, as their titles have them. */
export async function rows(page: Page): Promise<{ raw: number; adjusted: number }[]> {
  const titles = (selector: string) =>
    page
      .locator(`vt-sampling-bars ${selector}`)
      .evaluateAll((all) => all.map((one) => one.getAttribute('title') ?? ''));
  const shown = (await titles('li .row')).map((title) => {
    const [, raw, adjusted] = title.match(/model (\S+), after sampling (\S+?)\.?(?: |$)/) ?? [];
    return { raw: Number(raw), adjusted: Number(adjusted) };
  });
  const [raw, adjusted] = await titles('.rest .value');
  return [...shown, { raw: Number(raw), adjusted: Number(adjusted) }];
}

/** How many tokens the text has been continued with, where the flow begins. */
export const drawn = (page: Page) => page.locator('vt-token-chips .drawn').count();

/** Waits until nothing is read. */
export const still = (page: Page) => page.locator('vt-flow [aria-busy=false]').waitFor();

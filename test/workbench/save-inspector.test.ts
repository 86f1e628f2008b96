import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeInWorkbench } from './harness/describe';
import { answerFileDialog } from './harness/file-dialog';
import { InspectorPage } from './harness/inspector';
import { whileEngineStandsStill } from './harness/stand-still';
import type { Workbench } from './harness/workbench';

const TEXT = 'The mouse ate the cheese.';
const LONG = readFileSync('README.md', 'utf8').slice(0, 4000);

const files = { 'mouse.txt': TEXT, 'long.md': LONG };

/** Inspects a file, and asks to save all of it. @returns where the place for it is confirmed, and the path that is offered */
async function askToSave(workbench: Workbench, name: string, count: number): Promise<{ place: Locator; path: string }> {
  const inspector = new InspectorPage(workbench);
  await workbench.openFile(name);
  await workbench.run('Vitrine: Inspect Selection');
  await expect.poll(() => inspector.tokens().count()).toBeGreaterThanOrEqual(count);
  await inspector.button('Export').click();
  await inspector.menuItem('The whole inspector').click();
  const place = workbench.page.locator('.quick-input-widget input[type=text]');
  await expect.poll(() => place.inputValue()).toContain(`${name}.html`);
  return { place, path: join(workbench.folder, `${name}.html`) };
}

describeInWorkbench('saving the whole inspector', { files }, (workbench) => {
  test('writes a file that a browser opens without a network', async () => {
    const { place, path } = await askToSave(workbench(), 'mouse.txt', 6);
    await place.press('Enter');
    await workbench().notification('Saved mouse.txt.html').waitFor();
    const context = await workbench().page.context().browser()?.newContext({ offline: true });
    const page = await context?.newPage();
    await page?.goto(pathToFileURL(path).href);
    await expect
      .poll(() => page?.getByRole('option').allTextContents())
      .toEqual(['The', ' mouse', ' ate', ' the', ' cheese', '.']);
    expect(await page?.title()).toContain('mouse.txt');
    await context?.close();
  });

  test('opens as the session that it was: the text, the view and what is selected', async () => {
    const inspector = new InspectorPage(workbench());
    await workbench().openFile('mouse.txt');
    await workbench().run('Vitrine: Inspect Selection');
    await inspector.show('layers');
    // What the cursor is on is selected where the text is inspected once more.
    await workbench().goTo(1, 16);
    await askToSave(workbench(), 'mouse.txt', 6);
    const file = join(workbench().folder, 'session.html');
    await answerFileDialog(workbench(), file, () => workbench().notification('Saved session.html').isVisible());
    await workbench().run('View: Close All Editors');
    await workbench().run('Vitrine: Open Exported Page…');
    const opened = workbench().page.getByRole('tab', { name: /Untitled-1/ });
    await answerFileDialog(workbench(), file, () => opened.isVisible());
    await inspector.reads(['The', 'mouse', 'ate', 'the', 'cheese', '.']);
    await inspector.shows('Layers');
    await expect.poll(() => inspector.selected().textContent()).toContain('the');
  });

  test('shows how far it is, and writes nothing where it is cancelled', async () => {
    const { place, path } = await askToSave(workbench(), 'long.md', 100);
    await whileEngineStandsStill(workbench(), async () => {
      await place.press('Enter');
      await workbench().notification('Vitrine writes long.md.html').waitFor();
      await workbench().page.getByRole('button', { name: 'Cancel', exact: true }).click();
    });
    await workbench().notification('Vitrine writes long.md.html').waitFor({ state: 'hidden' });
    expect(existsSync(path)).toBe(false);
  });
});

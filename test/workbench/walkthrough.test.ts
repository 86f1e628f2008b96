import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeInWorkbench } from './harness/describe';
import { InspectorPage } from './harness/inspector';
import type { Workbench } from './harness/workbench';

describeInWorkbench('the walkthrough', { files: {} }, (workbench) => {
  test('opens', async () => {
    await workbench().runAndChoose('Welcome: Open Walkthrough...', 'See inside a language model');
    await workbench().page.locator('.getting-started-step', { hasText: 'See the tokens' }).waitFor();
  });

  test.each([
    // Behind the words: the editor would mark one that the cursor is on, over the colours.
    { step: 'See the tokens', link: 'Show Token Bands', cursor: 'Ln 1, Col 26' },
    { step: 'See what surprises the model', link: 'Colour by Surprisal', cursor: 'Ln 1, Col 26' },
    { step: 'See what the model looks back to', link: 'Show Attention', cursor: 'Ln 1, Col 24' },
    { step: 'See why it says that', link: 'Ask Why', cursor: 'Ln 1, Col 59' },
  ])('one click keeps the promise: $step', async ({ step, link, cursor }) => {
    await click(workbench(), step, link);
    await workbench().status(cursor).waitFor();
    await expect.poll(async () => (await workbench().paint()).length).toBeGreaterThan(2);
    await workbench().screenshots(`walkthrough-${step.replaceAll(' ', '-')}`);
    await workbench().run('Vitrine: Clear Decorations');
    await expect.poll(() => workbench().paint()).toHaveLength(0);
  });

  test('one click shows 327 in four vocabularies, and leaves no setting behind', async () => {
    await click(workbench(), 'See why numbers are hard', 'Open the Number Lens');
    const inspector = new InspectorPage(workbench());
    await inspector.text('cl100k').first().waitFor();
    await expect.poll(() => inspector.field('A number').inputValue()).toBe('327');
    await workbench().screenshots('walkthrough-numbers');
    const settings = readFileSync(join(workbench().server.extensions, '../User/settings.json'), 'utf8');
    expect(Object.keys(JSON.parse(settings)).filter((name) => name.startsWith('vitrine.'))).toEqual([]);
  });

  test('an example is opened as a copy, so that the one that is installed stays as it is', async () => {
    const { page } = workbench();
    const columns = await page.locator('.editor-group-container').count();
    await workbench().runAndChoose('Vitrine: Open Example…', 'chat.txt');
    // Not the active group: the inspector, which is still opening, may take the focus.
    const group = page
      .locator('.editor-group-container')
      .filter({ has: page.locator('.tab.active', { hasText: 'chat.txt' }) });
    await group.locator('.breadcrumbs-control', { hasText: 'globalStorage' }).waitFor();
    expect(await page.locator('.editor-group-container').count()).toBe(columns);
  });

  test('one click opens the side panel on the tokens', async () => {
    await click(workbench(), 'See every number', 'Open the Side Panel');
    await workbench().rows('Tokens').filter({ hasText: '·cheese' }).filter({ hasText: 'bits' }).first().waitFor();
  });

  test('the inspector takes no colours away', async () => {
    const coloured = await workbench().paint();
    expect(coloured.length).toBeGreaterThan(2);
    await click(workbench(), 'See every number', 'Open the Inspector');
    await new InspectorPage(workbench()).tokens().filter({ hasText: 'cheese' }).first().waitFor();
    await workbench().rows('Tokens').filter({ hasText: '·cheese' }).filter({ hasText: 'bits' }).first().waitFor();
    await expect.poll(() => workbench().paint()).toEqual(coloured);
  });

  test('the last step leads on to the documentation, whose pages lead to each other', async () => {
    const { page } = workbench();
    await click(workbench(), 'See every number', 'Read On');
    await page.locator('.quick-input-widget', { hasText: 'Choose a page' }).waitFor();
    await workbench().answer('cli.md');
    await page.locator('.tab.active', { hasText: 'cli.md' }).waitFor();
    const preview = page.frameLocator('iframe.webview.ready:visible').last().frameLocator('#active-frame');
    await preview.getByRole('heading', { name: 'The command line' }).waitFor();
    await workbench().screenshots('documentation');
    await preview
      .getByRole('link', { name: /^The JSON of/ })
      .first()
      .click();
    await page.locator('.tab.active', { hasText: 'json.md' }).waitFor();
    // A preview takes the focus when it has loaded, whatever one does by then.
    await preview.getByRole('heading', { name: 'The JSON' }).first().waitFor();
    await workbench().run('View: Close Editor');
  });

  test('an example begins as it came, however it was left', async () => {
    const { page } = workbench();
    const first = page.locator('.editor-group-container.active .view-line').first();
    const openExample = async () => {
      await workbench().runAndChoose('Vitrine: Open Example…', 'cheese-and-mouse.txt');
      await page.locator('.tab.active', { hasText: 'cheese-and-mouse.txt' }).waitFor();
      // Last it puts the cursor behind the text.
      await workbench().status('Ln 1, Col 26').waitFor();
    };
    await openExample();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('changed ');
    await first.getByText('changed').waitFor();
    await page.keyboard.press('Control+S');
    await page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
    await openExample();
    await first.getByText('changed').waitFor({ state: 'detached' });
  });
});

async function click({ page }: Workbench, step: string, link: string): Promise<void> {
  const shown = page.locator('.getting-started-step', { hasText: step });
  await shown.click();
  await shown.getByText(link, { exact: true }).click();
}

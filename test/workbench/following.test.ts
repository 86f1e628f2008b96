import { expect, test } from 'vitest';
import { describeInWorkbench } from './harness/describe';
import { InspectorPage } from './harness/inspector';
import { reloadWith } from './harness/reload';
import { whileEngineStandsStill } from './harness/stand-still';

const TEXT = 'The mouse ate the cheese.';
const TOKENS = ['The', 'mouse', 'ate', 'the', 'cheese', '.'];
const OTHER = ['It', 'slept', '.'];

const LONG = 600;

const files = {
  'mouse.txt': `${TEXT}\n\nIt was good.\n`,
  'other.txt': 'It slept.',
  'long.txt': `${TEXT}\n`.repeat(LONG),
};
const WHOLE = [...TOKENS, '', '', 'It', 'was', 'good', '.', ''];

/** Longer than the inspector waits for somebody to pause. */
const PAUSE_MS = 1000;

describeInWorkbench('the inspector follows the editor', { files }, (workbench) => {
  const inspector = () => new InspectorPage(workbench());
  const pause = () => workbench().page.waitForTimeout(PAUSE_MS);
  const pin = () => inspector().button('Pin');
  const isPinned = () => pin().getAttribute('aria-pressed');
  const shown = () => inspector().shownTokens();

  test('to what is selected, and to the text again', async () => {
    await workbench().openFile('mouse.txt');
    await workbench().run('Vitrine: Inspect Selection');
    await expect.poll(shown).toEqual(WHOLE);
    await inspector()
      .text(/^mouse\.txt · SmolLM2 /)
      .waitFor();
    await workbench().select([1, 4], [1, 14]);
    await inspector()
      .text(/^mouse\.txt · line 1 · .* · 2 tokens$/)
      .waitFor();
    await expect.poll(shown).toEqual(['mouse', 'ate']);
    await workbench().goTo(3, 5);
    await expect.poll(shown).toEqual(WHOLE);
    await expect.poll(() => inspector().selected().allTextContents()).toEqual([' was']);
  });

  test('within the text that was read without the engine', async () => {
    await whileEngineStandsStill(workbench(), async () => {
      await workbench().goTo(1, 7);
      await expect.poll(() => inspector().selected().allTextContents()).toEqual([' mouse']);
      await workbench().select([1, 10], [1, 25]);
      await expect.poll(shown).toEqual(['ate', 'the', 'cheese']);
      await workbench().goTo(1, 2);
      await expect.poll(shown).toEqual(WHOLE);
      await pause();
      expect(
        await inspector()
          .text(/^Reading/)
          .count(),
      ).toBe(0);
    });
  });

  test('to another text that comes to the front', async () => {
    await workbench().openFile('other.txt');
    await inspector()
      .text(/^other\.txt · /)
      .waitFor();
    await expect.poll(shown).toEqual(OTHER);
    await workbench().screenshot('following');
  });

  test('and reads an edited text again when somebody pauses', async () => {
    await workbench().goTo(1, 10);
    await workbench().page.keyboard.type(' Then');
    await expect.poll(shown).toEqual([...OTHER, 'Then']);
    await workbench().run('Undo');
    await expect.poll(shown).toEqual(OTHER);
  });

  test('but keeps its text while it is pinned', async () => {
    expect(await isPinned()).toBe('false');
    await pin().click();
    await expect.poll(isPinned).toBe('true');
    await workbench().page.keyboard.press('Control+1');
    await workbench().openFile('mouse.txt');
    await workbench().goTo(1, 3);
    await pause();
    expect(await shown()).toEqual(OTHER);
    await inspector()
      .text(/^other\.txt · /)
      .waitFor();
    await pin().click();
    await expect.poll(shown).toEqual(WHOLE);
  });

  test('a long text is read when somebody asks for it', async () => {
    const long = inspector().text('The text at the cursor is long');
    await workbench().openFile('long.txt');
    await inspector()
      .text(/^long\.txt · lines 1–\d+ · /)
      .waitFor();
    await workbench().goTo(LONG, 1);
    await long.waitFor();
    await workbench().screenshot('following-long');
    await workbench().goTo(1, 5);
    await long.waitFor({ state: 'hidden' });
    await expect.poll(() => inspector().selected().allTextContents()).toEqual([' mouse']);
    await workbench().openFile('mouse.txt');
    await expect.poll(shown).toEqual(WHOLE);
  });

  test('a token that is clicked there is lit up in the editor, where the selection stays', async () => {
    const { page } = workbench();
    const lit = page.locator('.view-overlays .cdr[class*="ced-"]');
    await workbench().select([1, 4], [1, 14]);
    await expect.poll(shown).toEqual(['mouse', 'ate']);
    await inspector().tokens().nth(1).click();
    // The pointer is elsewhere: what is lit up is what was clicked.
    await pin().hover();
    await lit.first().waitFor();
    await workbench().screenshot('following-clicked');
    await page.keyboard.press('Escape');
    await lit.first().waitFor({ state: 'detached' });
    await inspector().tokens().nth(1).click();
    await page.keyboard.press('Control+1');
    await pause();
    await workbench().status('Ln 1, Col 14 (10 selected)').waitFor();
    expect(await shown()).toEqual(['mouse', 'ate']);
    expect(await inspector().selected().allTextContents()).toEqual([' mouse']);
  });

  test('the side panel lists the heads of what it read', async () => {
    const { page } = workbench();
    await page.locator('.activitybar .action-label[aria-label^="Vitrine"]').click();
    const header = page.locator('.pane-header', { hasText: 'Heads' });
    await header.click();
    await workbench().rows('Heads').filter({ hasText: 'All heads' }).waitFor();
    await workbench().screenshot('following-heads');
    await header.click();
    await page.locator('.activitybar .action-label[aria-label^="Explorer"]').click();
  });

  test('reads nothing while nobody sees it', async () => {
    const { page } = workbench();
    await workbench().goTo(1, 1);
    await expect.poll(shown).toEqual(WHOLE);
    for (const engine of workbench().engines()) process.kill(engine, 'SIGKILL');
    await inspector().text('The engine stopped unexpectedly.').waitFor();
    await page.locator('.tab', { hasText: 'Inspector' }).click();
    await workbench().run('View: Unlock Editor Group');
    await workbench().openFile('other.txt');
    await pause();
    expect(workbench().engines()).toEqual([]);
    await workbench().run('View: Close Editor');
    await inspector().button('Try again').click();
    await expect.poll(shown).toEqual(WHOLE);
  });

  test('is pinned still in a window that is loaded again', async () => {
    await pin().click();
    await expect.poll(isPinned).toBe('true');
    await pause();
    await reloadWith(workbench().page, 'vitrine.inspector');
    await workbench()
      .page.getByRole('tab', { name: /^Inspector/ })
      .click();
    await expect.poll(isPinned).toBe('true');
    await expect.poll(shown).toEqual(WHOLE);
  });
});

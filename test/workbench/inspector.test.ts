import { expect, test } from 'vitest';
import { formatBits } from '../../src/display/numbers';
import { inspectJson } from '../support/command-line';
import { describeInWorkbench } from './harness/describe';
import { InspectorPage } from './harness/inspector';
import { reloadWith } from './harness/reload';

const TEXT = 'The mouse ate the cheese.';
const TOKENS = ['The', 'mouse', 'ate', 'the', 'cheese', '.'];

const files = {
  'mouse.txt': TEXT,
  'other.txt': 'It slept.',
  'number.txt': 'It ate 327 of them.\n1 + 1\n',
  'numbers.txt': '42 and 4711',
};

/** What is typed and undone must not reach the disk between. */
const settings = { 'files.autoSave': 'off' };

describeInWorkbench('the inspector', { files, settings }, (workbench) => {
  const inspector = () => new InspectorPage(workbench());
  /** A view that was clicked has the focus: commands about the text want it back there. */
  const focusText = () => workbench().run('View: Focus First Editor Group');

  test('opens on the text in front, beside it', async () => {
    await workbench().openFile('mouse.txt');
    await workbench().run('Vitrine: Inspect Selection');
    await inspector().shows('Probabilities');
    await inspector().reads(TOKENS);
    await workbench().screenshots('inspector');
  });

  test('has the focus then, at the name of the view, and is not in the way of files that are opened', async () => {
    await expect.poll(() => inspector().focused().allTextContents()).toContain('Probabilities');
    await workbench().page.keyboard.press('ArrowRight');
    await inspector().shows('Continue');
    await workbench().page.keyboard.press('ArrowLeft');
    await inspector().shows('Probabilities');
    await workbench().openFile('other.txt');
    await inspector().shows('Probabilities');
    await workbench().openFile('mouse.txt');
  });

  test('shows one line after the other with the Tokens view in front, under the vocabularies that are chosen', async () => {
    const { page } = workbench();
    await workbench().openFile('number.txt');
    await workbench().run('Vitrine: Compare Tokenizers');
    await inspector().shows('Tokens');
    await inspector().checkbox(/GPT-2/).click();
    for (const [line, first] of [
      [2, '1'],
      [1, 'It'],
      [2, '1'],
    ] as const) {
      await workbench().select([line, 1], [line, 6]);
      await workbench().run('Vitrine: Inspect Selection');
      await expect.poll(() => inspector().tokens().first().textContent()).toBe(first);
      expect(await inspector().checkbox(/GPT-2/).isChecked()).toBe(false);
    }
    await inspector().show('probabilities');
    await page.keyboard.press('Control+1');
    await workbench().openFile('mouse.txt');
    await workbench().run('Vitrine: Inspect Selection');
    await inspector().reads(TOKENS);
  });

  test('the numbers are those of vitrine inspect', async () => {
    const { tokens } = await inspectJson(TEXT);
    await inspector().tokens().nth(4).click();
    const bits = formatBits(-(tokens[4]?.logprob ?? 0) / Math.LN2);
    await inspector().text(bits).first().waitFor();
  });

  test('a token that is pointed at there is lit up in the editor', async () => {
    await inspector().tokens().nth(2).hover();
    await workbench().page.locator('.view-overlays .cdr[class*="ced-"]').first().waitFor();
  });

  test('the token at the cursor is selected there', async () => {
    await focusText();
    await workbench().goTo(1, 12);
    await expect.poll(() => inspector().selected().allTextContents()).toEqual([' ate']);
  });

  test('a text that is edited is stale until it is read again, or the edit is undone', async () => {
    const stale = inspector().text('The text has been edited or closed.');
    await inspector().button('Pin').click();
    await workbench().goTo(1, TEXT.length + 1);
    await workbench().page.keyboard.type(' Then');
    await stale.waitFor();
    await inspector().reads(TOKENS);
    await workbench().screenshot('inspector-stale');
    await workbench().run('Undo');
    await stale.waitFor({ state: 'hidden' });
    await workbench().page.keyboard.type(' Then');
    await inspector().button('Read it again').click();
    await inspector().reads([...TOKENS, 'Then']);
    await focusText();
    await workbench().run('Undo');
    await stale.waitFor();
    await inspector().button('Pin').click();
    await inspector().reads(TOKENS);
  });

  test('of a selection it counts the tokens, and shows what stands before them', async () => {
    await workbench().select([1, 4], [1, 14]);
    await workbench().run('Vitrine: Inspect Selection');
    await inspector().reads(TOKENS.slice(0, 3));
    await inspector()
      .text(/ · 2 tokens$/)
      .waitFor();
  });

  test('says that the cursor is inside a word, and goes on from the end of the word', async () => {
    await workbench().openFile('mouse.txt');
    await workbench().goTo(1, 8);
    await workbench().run('Vitrine: Continue Text');
    const said = inspector().text('The text ends inside the word “mouse”: the model goes on from “mou”.');
    await said.waitFor();
    await inspector().button('Go on from the end of the word').click();
    await said.waitFor({ state: 'hidden' });
    await inspector().text('The mouse').first().waitFor();
  });

  test.each([
    ['Compare Tokenizers', 'Tokens'],
    ['Attention From Selection', 'Attention'],
    ['Continue Text', 'Continue'],
    ['Compare Texts', 'Texts'],
    ['Number Lens', 'Numbers'],
  ])('%s opens the view %s', async (command, view) => {
    await workbench().openFile('number.txt');
    await workbench().goTo(1, 8);
    await workbench().run(`Vitrine: ${command}`);
    await inspector().shows(view);
  });

  test('the number at the cursor is looked at', async () => {
    await expect.poll(() => inspector().field('A number').inputValue()).toBe('327');
  });

  test('the numbers on offer are those of the text in front', async () => {
    await workbench().openFile('numbers.txt');
    await workbench().goTo(1, 1);
    await workbench().run('Vitrine: Number Lens');
    await inspector().text('numbers.txt').first().waitFor();
    await expect.poll(() => inspector().field('A number').inputValue()).toBe('42');
    await inspector().text('4711').first().waitFor();
  });

  test('a hover card leads to the view of its token', async () => {
    const { page } = workbench();
    await workbench().openFile('mouse.txt');
    await workbench().run('Vitrine: Toggle Token Bands');
    await expect.poll(() => workbench().paint()).toHaveLength(TOKENS.length);
    const hover = await workbench().hover(1, 18);
    await hover.getByRole('link', { name: 'Probabilities' }).click();
    await inspector().shows('Probabilities');
    await expect.poll(() => inspector().selected().allTextContents()).toEqual([' cheese']);
    await page.keyboard.press('Escape');
    await workbench().run('Vitrine: Toggle Token Bands');
  });

  test('a text that is closed is stale until it is opened again as it was', async () => {
    const stale = inspector().text('The text has been edited or closed.');
    await inspector().button('Pin').click();
    await focusText();
    await workbench().run('View: Close Editor');
    await stale.waitFor();
    await workbench().openFile('mouse.txt');
    await stale.waitFor({ state: 'hidden' });
  });

  test('hidden and shown again, it shows what it showed', async () => {
    await workbench().page.locator('.tab', { hasText: 'Inspector' }).click();
    await workbench().openFile('other.txt');
    await workbench().page.locator('.tab', { hasText: 'Inspector' }).click();
    await inspector().shows('Probabilities');
    await inspector().reads(TOKENS);
    await expect.poll(() => inspector().selected().allTextContents()).toEqual([' cheese']);
  });

  test('the side panel shows the same', async () => {
    const { page } = workbench();
    await page
      .locator('.tab', { hasText: 'Inspector' })
      .getByRole('button', { name: /^Close/ })
      .click();
    await page.locator('.activitybar .action-label[aria-label^="Vitrine"]').click();
    await page.locator('.pane-header', { hasText: 'Inspector' }).click();
    await inspector().shows('Probabilities');
    await inspector().reads(TOKENS);
    await workbench().screenshot('inspector-side');
    await page.locator('.pane-header', { hasText: 'Inspector' }).click();
  });

  test('a head that is switched off changes the colours of the editor, too', async () => {
    await workbench().run('View: Close All Editors');
    await workbench().openFile('mouse.txt');
    await workbench().run('Vitrine: Colour by Surprisal');
    await expect.poll(async () => (await workbench().paint()).length).toBeGreaterThan(2);
    const colours = async () => JSON.stringify(await workbench().paint());
    const before = await colours();
    await workbench().run('Vitrine: Attention From Selection');
    const switchOff = inspector().checkbox(/^switch .* off/i);
    const height = async () => (await switchOff.boundingBox())?.y ?? Number.NaN;
    await switchOff.scrollIntoViewIfNeeded();
    // What stands above it comes bit by bit.
    let there = Number.NaN;
    const isStill = async () => {
      const before = there;
      there = await height();
      return there === before;
    };
    await expect.poll(isStill, { interval: 1000 }).toBe(true);
    await switchOff.click();
    await expect.poll(colours).not.toBe(before);
    await inspector().text('has log-probability').waitFor();
    await workbench()
      .status(/head \d+\.\d+ off/)
      .waitFor();
    // The view has kept its place while the text was read again.
    await expect.poll(async () => Math.abs((await height()) - there)).toBeLessThan(10);
    await switchOff.click();
    await expect.poll(colours).toBe(before);
    await focusText();
    await workbench().run('Vitrine: Clear Decorations');
  });

  test('shows what the model is made of, and stays there with another text', async () => {
    await workbench().run('Vitrine: Show Anatomy of the Model');
    await inspector().text('134,515,008 weights').waitFor();
    await focusText();
    await workbench().run('Vitrine: Inspect Selection');
    await inspector().shows('Anatomy');
    await workbench().screenshots('inspector-anatomy');
  });

  test('an engine that is killed is told of, and the text read again at a click', async () => {
    for (const engine of workbench().engines()) process.kill(engine, 'SIGKILL');
    await inspector().text('The engine stopped unexpectedly.').waitFor();
    await workbench().screenshot('inspector-killed');
    await inspector().button('Try again').click();
    await inspector().text('The engine stopped unexpectedly.').waitFor({ state: 'hidden' });
    await inspector().show('probabilities');
    await inspector().reads(TOKENS);
  });

  test('a window that is loaded again has it back', async () => {
    const { page } = workbench();
    await reloadWith(page, 'vitrine.inspector');
    // What was in front when the workbench last wrote its layout down may have been a text beside it.
    await page.getByRole('tab', { name: /^Inspector/ }).click();
    await inspector().shows('Probabilities');
    await inspector().reads(TOKENS);
  });
});

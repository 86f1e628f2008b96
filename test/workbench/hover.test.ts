import { expect, test } from 'vitest';
import { describeInWorkbench } from './harness/describe';

const TEXT = 'In 327 days a 🐭 ate.';

describeInWorkbench('hovers of bands', { files: { 'text.txt': TEXT } }, (workbench) => {
  test('the first one on a number compares vocabularies', async () => {
    await workbench().openFile('text.txt');
    await workbench().run('Vitrine: Toggle Token Bands');
    await expect.poll(async () => (await workbench().paint()).length).toBeGreaterThan(5);
    const hover = await workbench().hover(1, TEXT.indexOf('2') + 1);
    await expect
      .poll(async () => spaced(await hover.textContent()))
      .toContain('327: 1 token in GPT-2, cl100k, o200k; 3 in SmolLM2 135M');
    await workbench().screenshots('hover-number');
    await workbench().page.keyboard.press('Escape');
  });

  test('one on a character that tokens split has the character once, and the bytes of each', async () => {
    const hover = await workbench().hover(1, TEXT.indexOf('🐭') + 1);
    const text = async () => spaced(await hover.textContent());
    await expect.poll(text).toMatch(/🐭.*U\+1F42D · \d tokens share its bytes/);
    const codes = (await hover.locator('code').allTextContents()).map((code) => spaced(code).trim());
    const bytes = codes.filter((code) => /^[0-9A-F]{2}( [0-9A-F]{2})*$/.test(code)).join(' ');
    // The space before may go with the first of them.
    expect(bytes.replace(/^20 /, '')).toBe('F0 9F 90 AD');
    await workbench().screenshots('hover-split');
    await workbench().page.keyboard.press('Escape');
  });

  test('of another vocabulary still say what the model makes of a number', async () => {
    await workbench().runAndChoose('Vitrine: Choose Tokenizer…', 'cl100k');
    await workbench().status('cl100k').waitFor();
    const hover = await workbench().hover(1, TEXT.indexOf('2') + 1);
    await expect
      .poll(async () => spaced(await hover.textContent()))
      .toMatch(/327 · id 13817.*1 token in GPT-2, cl100k, o200k; 3 in SmolLM2 135M/);
  });
});

/** The page shows spaces that do not break. */
const spaced = (text: string | null) => (text ?? '').replaceAll('\u00a0', ' ');

import { expect, test } from 'vitest';
import { describeInWorkbench } from './harness/describe';
import type { Paint } from './harness/workbench';

/** Nearly as much as the editor shows to extensions, in one line. */
const LINE = 'The mouse ate the cheese. '.repeat(2_000_000).slice(0, 50_000_000);
const BINARY = '\u0000\u0001ELF\u0002 The mouse\u0000 ate \u001b[31m the\u0007 cheese.\n'.repeat(40);

const options = {
  files: { 'line.txt': LINE, 'program.bin': BINARY, 'minified.txt': LINE.slice(0, 30_000) },
  settings: { 'workbench.editorLargeFileConfirmation': 1000 },
};

describeInWorkbench('in the extreme', options, (workbench) => {
  test('a line of 50 MB has bands, a count and a hover', async () => {
    await workbench().openFile('line.txt');
    await workbench().run('Vitrine: Toggle Token Bands');
    await expect.poll(async () => (await workbench().paint()).length).toBeGreaterThan(10);
    await workbench().run('Vitrine: Count Tokens');
    // Six tokens for each sentence of 26 characters.
    await workbench()
      .notification(/SmolLM2 135M: 11,538,4\d\d tokens, 50,000,000 characters/)
      .waitFor();
    const hover = await workbench().hover(1, 6);
    await expect.poll(() => hover.textContent()).toContain('mouse');
    await workbench().screenshot('long-line');
    await workbench().page.keyboard.press('Escape');
  });

  test('a binary file that is opened as text has bands', async () => {
    const anyway = workbench().page.getByText('Open Anyway');
    const choose = anyway.click().then(() => workbench().answer('Text Editor'));
    await Promise.all([workbench().openFile('program.bin'), choose]);
    await expect.poll(async () => (await workbench().paint()).length).toBeGreaterThan(100);
    await workbench().screenshot('binary');
  });

  test('a line as programs write them has bands where the cursor is, and too few to hold up a key', async () => {
    await workbench().openFile('minified.txt');
    for (const column of [9000, 5000, 1]) {
      await workbench().goTo(1, column);
      await workbench().page.keyboard.type('x');
      const cursor = await workbench()
        .page.locator('.editor-instance .cursor')
        .first()
        .evaluate(({ offsetLeft }) => offsetLeft);
      const isNear = ({ left }: Paint) => Math.abs(left - cursor) < 100;
      await expect.poll(async () => (await workbench().paint()).filter(isNear).length).toBeGreaterThan(3);
      expect((await workbench().paint()).length).toBeLessThan(200);
    }
  });

  test('with the cursor beyond what the editor draws of it, bands are on the last that is drawn', async () => {
    await workbench().goTo(1, 25_000);
    const isAtEnd = ({ left }: Paint) => left > 50_000;
    await expect.poll(async () => (await workbench().paint()).filter(isAtEnd).length).toBeGreaterThan(10);
  });

  test('where it wraps it has them everywhere, and while one types around the cursor', async () => {
    const bands = async () => (await workbench().paint()).length;
    await workbench().run('View: Toggle Word Wrap');
    await workbench().goTo(1, 1);
    await expect.poll(bands).toBeGreaterThan(300);
    await workbench().page.keyboard.type('x');
    await expect.poll(bands).toBeLessThan(200);
    await expect.poll(bands).toBeGreaterThan(300);
  });
});

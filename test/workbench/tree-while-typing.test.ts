import { expect, test } from 'vitest';
import { describeInWorkbench } from './harness/describe';

const LINE = 'The mouse ate the cheese, and the cat saw it. ';

describeInWorkbench('the side panel while one types', { files: { 'mouse.txt': LINE.repeat(3) } }, (workbench) => {
  test('lists the tokens, follows the cursor and throws nothing', async () => {
    const { page } = workbench();
    // The workbench has errors of its own.
    const errors: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' && message.text().includes('dist/extension.cjs')) errors.push(message.text());
    });
    await workbench().openFile('mouse.txt');
    await workbench().run('Vitrine: Colour by Surprisal');
    await page.locator('.activitybar .action-label[aria-label^="Vitrine"]').click();
    await workbench().rows('Tokens').filter({ hasText: '·mouse' }).first().waitFor();
    await workbench().goTo(1, 12);
    // At the pace of a person, slower than the view's own pauses and faster; each burst moves the cursor back too.
    for (const delay of [30, 90, 130, 190, 230, 290]) {
      await page.keyboard.type('a dog ran ', { delay });
      for (let times = 0; times < 8; times++) await page.keyboard.press('Backspace', { delay: delay / 4 });
      await page.keyboard.press('ArrowLeft');
    }
    await page.keyboard.type(' zebra', { delay: 50 });
    await workbench().rows('Tokens').filter({ hasText: /·z/ }).first().waitFor();
    expect(errors).toEqual([]);
  });
});

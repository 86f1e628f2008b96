import { expect, test } from 'vitest';
import { describeInWorkbench } from './harness/describe';
import { InspectorPage } from './harness/inspector';

const TEXT = 'The mouse ate 1,327 cheeses.';

/** A place where no folder can be made, by nobody. */
const settings = { 'vitrine.cacheFolder': '/dev/null/vitrine' };

describeInWorkbench('what needs tokens only', { files: { 'mouse.txt': TEXT }, settings }, (workbench) => {
  /** An engine that could not keep a compiled model would be told of there. */
  const expectNoEngine = async () => {
    expect(workbench().engines()).toEqual([]);
    await workbench()
      .status(/^\S*\s*Vitrine · 11 tok$/)
      .waitFor();
  };

  test('has bands where no model can be compiled, and starts no engine', async () => {
    await workbench().openFile('mouse.txt');
    await workbench().run('Vitrine: Toggle Token Bands');
    await expect.poll(() => workbench().paint()).toHaveLength(11);
    await expectNoEngine();
    await workbench().screenshots('bands-without-model');
  });

  test('counts tokens, and says of which vocabulary', async () => {
    await workbench().run('Vitrine: Count Tokens');
    await workbench().notification('SmolLM2 135M: 11 tokens').waitFor();
    await expectNoEngine();
  });

  test('lists tokens in the side panel', async () => {
    await workbench().page.locator('.activitybar .action-label[aria-label^="Vitrine"]').click();
    await workbench().rows('Tokens').nth(11).waitFor();
    await expectNoEngine();
  });

  test('copies tokens', async () => {
    const { page } = workbench();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await workbench().runAndChoose('Vitrine: Copy Tokens As…', 'Text with boundaries');
    await workbench().status('Copied 11 tokens').waitFor();
    const copied = await page.evaluate('navigator.clipboard.readText()');
    expect(copied).toBe('The│ mouse│ ate│ │1│,│3│2│7│ cheeses│.');
    await expectNoEngine();
  });

  test('shows numbers', async () => {
    await workbench().goTo(1, 16);
    await workbench().run('Vitrine: Number Lens');
    await new InspectorPage(workbench()).text('In SmolLM2 135M, 1327 is 4 tokens').waitFor();
    await expectNoEngine();
    await workbench().screenshots('numbers-without-model');
  });

  test('compares tokenizers, and lights a token up in the text, where the cursor stays', async () => {
    const inspector = new InspectorPage(workbench());
    await workbench().run('View: Focus First Editor Group');
    await workbench().run('Vitrine: Compare Tokenizers');
    await inspector.shows('Tokens');
    await expect.poll(() => inspector.text('SmolLM2 135M').count()).toBeGreaterThan(0);
    await expect.poll(() => inspector.text('cl100k').count()).toBeGreaterThan(0);
    await inspector.tokens().filter({ hasText: 'mouse' }).first().click();
    await workbench().page.locator('.view-overlays .cdr[class*="ced-"]').first().waitFor();
    await workbench().run('View: Focus First Editor Group');
    await workbench().status('Ln 1, Col 16').waitFor();
    await workbench().screenshots('compare-without-model');
    expect(workbench().engines()).toEqual([]);
  });
});

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
    await workbench().status(/^\S*\s*Vitrine · 12 tok$/).waitFor();
  };

  test('has bands where no model can be compiled, and starts no engine', async () => {
    await workbench().openFile('mouse.txt');
    await workbench().run('Vitrine: Toggle Token Bands');
    await expect.poll(() => workbench().paint()).toHaveLength(12);
    await expectNoEngine();
    await workbench().screenshots('bands-without-model');
  });

  test('counts tokens, and says of which vocabulary', async () => {
    await workbench().run('Vitrine: Count Tokens');
    await workbench().notification('SmolLM2 135M: 12 tokens').waitFor();
    await expectNoEngine();
  });

  test('lists tokens in the side panel', async () => {
    await workbench().page.locator('.activitybar .action-label[aria-label^="Vitrine"]').click();
    await workbench().rows('Tokens').nth(11).waitFor();
    await expectNoEngine();
  });

  test('shows numbers', async () => {
    await workbench().goTo(1, 16);
    await workbench().run('Vitrine: Number Lens');
    await new InspectorPage(workbench()).text('In SmolLM2 135M, 1327 is 4 tokens').waitFor();
    await expectNoEngine();
    await workbench().screenshots('numbers-without-model');
  });
});

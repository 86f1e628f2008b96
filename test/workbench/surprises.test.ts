import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { formatBits } from '../../src/display/numbers';
import { type InspectJson, inspectJson } from '../support/command-line';
import { describeInWorkbench } from './harness/describe';
import { whileEngineStandsStill } from './harness/stand-still';

const TEXT = 'The mouse ate the cheese.';
const GLITCH = 'We take the transistorsum of it.';
const CODE = `# A mouse of unusual size
total = 0
zebra = total  # Zanzibar
print(zebra)
`;

const bitsOf = ({ logprob }: InspectJson['tokens'][number]) => -(logprob ?? Number.NaN) / Math.LN2;

describeInWorkbench(
  'surprises',
  { files: { 'mouse.txt': TEXT, 'replaced.txt': TEXT, 'unread.txt': `Once more: ${TEXT}`, 'glitch.txt': GLITCH } },
  (workbench) => {
    test('a first token that is selected alone has no colour, and is told why', async () => {
      await workbench().openFile('mouse.txt');
      await workbench().select([1, 1], [1, 4]);
      await workbench().run('Vitrine: Colour by Surprisal');
      await workbench().notification('Nothing predicts the first token that the model reads').waitFor();
      await workbench().screenshot('first-token-alone');
      await workbench().run('Notifications: Clear All Notifications');
      await workbench().run('Vitrine: Clear Decorations');
    });

    test('a token that was expected has no colour either, and its bits are told', async () => {
      const { tokens } = await inspectJson(TEXT);
      const the = tokens.find(({ text }) => text === ' the');
      if (!the) throw new Error('the text has no such token');
      await workbench().select([1, the.start + 1], [1, the.end + 1]);
      await workbench().run('Vitrine: Colour by Surprisal');
      await workbench()
        .notification(`The model expected this: ${formatBits(bitsOf(the))}`)
        .waitFor();
      await workbench().run('Notifications: Clear All Notifications');
      await workbench().run('Vitrine: Clear Decorations');
    });

    test('a coloured selection that is replaced leaves nothing on: the same command colours at once', async () => {
      const readSwitch = workbench().page.locator(
        '.editor-actions .action-label[aria-label^="Read With the Text Before"]',
      );
      await workbench().openFile('replaced.txt');
      await workbench().select([1, 4], [1, 14]);
      await workbench().run('Vitrine: Colour by Surprisal');
      await expect.poll(() => workbench().paint()).toHaveLength(2);
      await workbench().page.keyboard.type(' dog');
      await expect.poll(() => workbench().paint()).toHaveLength(0);
      await readSwitch.waitFor({ state: 'hidden' });
      await workbench().run('Vitrine: Colour by Surprisal');
      await expect.poll(async () => (await workbench().paint()).length).toBeGreaterThan(1);
      await workbench().run('Vitrine: Clear Decorations');
    });

    test('keys go to the next surprise and to the one before, around the ends', async () => {
      const { tokens } = await inspectJson(TEXT);
      const surprises = tokens.filter((token) => bitsOf(token) >= 8);
      // Not by rank: of twenty thousand tokens as improbable as another, one is the fiftieth.
      expect(surprises.some(({ rank }) => rank !== null && rank < 100)).toBe(true);
      const places = surprises.map(({ start }) => start + 2);
      await workbench().openFile('mouse.txt');
      await workbench().goTo(1, 1);
      await workbench().run('Vitrine: Colour by Surprisal');
      await expect.poll(() => workbench().paint()).toHaveLength(3);
      const { keyboard } = workbench().page;
      for (const column of [...places, places[0]]) {
        await keyboard.press('Control+F8');
        await workbench().status(`Ln 1, Col ${column}`).waitFor();
        await workbench()
          .page.locator('.monaco-hover:not(.hidden, .workbench-hover)', { hasText: 'surprisal' })
          .waitFor();
      }
      await workbench().screenshots('next-surprise');
      await keyboard.press('Control+Shift+F8');
      await workbench()
        .status(`Ln 1, Col ${places.at(-1)}`)
        .waitFor();
      await keyboard.press('Escape');
      await workbench().run('Vitrine: Clear Decorations');
    });

    test('while the model still reads, the keys say so', async () => {
      await workbench().openFile('unread.txt');
      await whileEngineStandsStill(workbench(), async () => {
        await workbench().run('Vitrine: Colour by Surprisal');
        await workbench().run('Vitrine: Go to Next Surprise');
        await workbench().notification('The model still reads the text').waitFor();
        await workbench().screenshot('surprise-while-reading');
      });
      await expect.poll(async () => (await workbench().paint()).length).toBeGreaterThan(1);
      await workbench().run('Vitrine: Clear Decorations');
    });

    test('a token that the model was hardly trained on is underlined, and it cannot repeat it', async () => {
      await workbench().openFile('glitch.txt');
      await workbench().run('Vitrine: Mark Undertrained Tokens');
      await workbench().notification('1 token of this text is one that the model was hardly trained on').waitFor();
      await workbench().run('Notifications: Clear All Notifications');
      const waves = workbench().page.locator('.view-line span[class*="ced-"]', { hasText: 'transistorsum' });
      await waves.waitFor();
      await expect.poll(() => styleOf(waves)).toContain('wavy');
      const hover = await workbench().hover(1, GLITCH.indexOf('transistor') + 1);
      await expect.poll(() => hover.textContent()).toContain('was probably hardly trained on the token');
      await workbench().screenshots('undertrained');
      await hover.getByText('Ask the model to repeat it').click();
      await workbench()
        .notification(/the model gives it at most 0[.]00\d+ %/)
        .waitFor();
      await workbench().page.keyboard.press('Escape');
      await workbench().run('Vitrine: Mark Undertrained Tokens');
      await waves.waitFor({ state: 'hidden' });
    });
  },
);

describeInWorkbench(
  'surprises with a threshold and without comments',
  {
    files: { 'mouse.txt': TEXT, 'code.py': CODE },
    settings: { 'vitrine.colourFrom': 10, 'vitrine.colourComments': false },
  },
  (workbench) => {
    test('only what reaches it is coloured and underlined, as the legend says', async () => {
      const { tokens } = await inspectJson(TEXT);
      const loud = tokens.filter((token) => bitsOf(token) >= 10);
      await workbench().openFile('mouse.txt');
      await workbench().run('Vitrine: Colour by Surprisal');
      await expect.poll(() => workbench().paint()).toHaveLength(loud.length);
      await expect
        .poll(() => workbench().tooltip())
        .toContain('Under 10.0 bits nothing is coloured: vitrine.colourFrom');
      expect(await workbench().tooltip()).toContain('Comments are not coloured: vitrine.colourComments');
      await workbench().screenshot('threshold-tooltip');
    });

    test('comments stay plain', async () => {
      const { tokens } = await inspectJson(CODE);
      const loud = tokens.filter((token) => bitsOf(token) >= 10);
      const inCode = loud.filter(
        ({ start }) => !CODE.slice(CODE.lastIndexOf('\n', start) + 1, start + 1).includes('#'),
      );
      expect(inCode.length).toBeGreaterThan(0);
      expect(inCode.length).toBeLessThan(loud.length);
      await workbench().openFile('code.py');
      await workbench().run('Vitrine: Colour by Surprisal');
      await expect.poll(() => workbench().paint()).toHaveLength(inCode.length);
      await workbench().screenshots('no-comments');
    });
  },
);

/** How letters are underlined. */
const styleOf = (letters: Locator): Promise<string> =>
  letters.evaluate((element) => element.ownerDocument.defaultView.getComputedStyle(element).textDecoration);

import { expect, test } from 'vitest';
import { formatDecimal, formatNats, formatPerplexity } from '../../src/display/numbers';
import { type RankClass, rankClassOf } from '../../src/display/rank-class';
import { type InspectJson, inspectJson } from '../support/command-line';
import { describeInWorkbench } from './harness/describe';
import { reloadWithState } from './harness/reload';
import { whileEngineStandsStill } from './harness/stand-still';
import type { Paint, Workbench } from './harness/workbench';

const LINES = ['The cat saw it from the roof.', 'The mouse ate the cheese.', 'Then it slept.'];
const TEXT = LINES.join('\n');
const [FIRST = '', SECOND = ''] = LINES;
const START = FIRST.length + 1;

const files = { 'cat.txt': TEXT, 'code.txt': 'total = total + 1\nfor value in values:', 'empty.txt': '' };

describeInWorkbench('colours of a text', { files }, (workbench) => {
  test('of a selection come with the sums of vitrine inspect --select', async () => {
    await workbench().openFile('cat.txt');
    await workbench().select([2, 1], [2, SECOND.length + 1]);
    await workbench().run('Vitrine: Colour by Surprisal');
    const json = await inspectJson(TEXT, '--select', `${START}:${START + SECOND.length}`);
    await workbench().status(`${json.tokens.length} tok · with the text before it`).waitFor();
    for (const row of rowsOf(json)) await expect.poll(() => workbench().tooltip()).toContain(row);
    await workbench().screenshot('status-tooltip');
  });

  test('hide the selection under them, so that text stays readable', async () => {
    const paint = await workbench().paint();
    expect(paint.length).toBeGreaterThan(0);
    expect(paint.every(({ isOpaque }) => isOpaque)).toBe(true);
    await workbench().screenshots('coloured-selection');
  });

  test('leave the tokens of the rest of the document counted', async () => {
    const { tokens } = await inspectJson(TEXT);
    await workbench().goTo(1, 1);
    await workbench().status(`cpu · ${tokens.length} tok`).waitFor();
    expect(await workbench().tooltip()).toContain('Coloured in line 2');
  });

  test('change with the reading mode, whose switch says what it did', async () => {
    await workbench().page.locator('.editor-actions .action-label[aria-label^="Read With the Text Before"]').click();
    await workbench().notification('Selections are read alone').waitFor();
    await workbench().status('selection alone').waitFor();
    const rows = rowsOf(await inspectJson(SECOND));
    for (const row of rows) await expect.poll(() => workbench().tooltip()).toContain(row);
    await workbench().run('Vitrine: Read With the Text Before the Selection, or the Selection Alone');
    await workbench().status('with the text before it').waitFor();
  });

  test('are pale after an edit before them, until the model has read it again', async () => {
    await expect.poll(() => workbench().paint()).not.toHaveLength(0);
    const strongest = async () => Math.max(...(await workbench().paint()).map(({ opacity }) => opacity));
    const before = await strongest();
    await whileEngineStandsStill(workbench(), async () => {
      await workbench().goTo(1, 1);
      await workbench().page.keyboard.type('x');
      await expect.poll(strongest).toBeLessThan(before);
      expect(await strongest()).toBeGreaterThan(0);
      expect(await workbench().tooltip()).toContain('The text has changed');
      await workbench().screenshot('stale');
      const hover = await workbench().hover(2, 6);
      await expect.poll(() => hover.textContent()).toContain('The text before this has changed');
      await workbench().page.keyboard.press('Escape');
    });
    await expect.poll(async () => (await workbench().tooltip()).includes('The text has changed')).toBe(false);
    await workbench().run('File: Revert File');
    await expect.poll(strongest).toBe(before);
  });

  test('name both vocabularies where another is chosen', async () => {
    await workbench().runAndChoose('Vitrine: Choose Tokenizer…', 'cl100k');
    await workbench().select([2, 1], [2, SECOND.length + 1]);
    await workbench().status('SmolLM2 135M · cpu · 6 tok · cl100k chosen').waitFor();
  });

  test('are of another quantity in another document', async () => {
    await workbench().run('View: Split Editor Right');
    await workbench().openFile('code.txt');
    await workbench().run('Vitrine: Colour by Entropy');
    await expect.poll(async () => (await workbench().paint()).some(isViolet)).toBe(true);
    expect((await workbench().paint()).some(isWarm)).toBe(true);
    await workbench().screenshot('two-quantities');
    await workbench().run('Vitrine: Clear Decorations');
    await expect.poll(() => workbench().paint()).toHaveLength(0);
  });

  test('go on when the text becomes a file, is in another language, or has another name', async () => {
    const { page } = workbench();
    await workbench().run('View: Close All Editors');
    await workbench().run('File: New Untitled Text File');
    await page.keyboard.type(SECOND);
    await workbench().run('Vitrine: Colour by Surprisal');
    await expect.poll(() => workbench().paint()).toHaveLength(3);
    await workbench().run('File: Save As...');
    const place = page.locator('.quick-input-widget input[type=text]');
    // It is offered the text's first words as a name.
    await expect.poll(() => place.inputValue()).toContain(SECOND);
    await place.press('Enter');
    await expectColoursIn(workbench(), SECOND);
    await workbench().runAndChoose('Change Language Mode', 'BibTeX');
    await workbench().status('BibTeX').waitFor();
    await page.locator('.explorer-viewlet .monaco-list-row', { hasText: SECOND }).click();
    await page.keyboard.press('F2');
    await page.locator('.explorer-viewlet .monaco-inputbox input').fill('renamed.txt');
    await page.keyboard.press('Enter');
    await expectColoursIn(workbench(), 'renamed.txt');
    await workbench().run('Vitrine: Clear Decorations');
  });

  test('come back in a window that is loaded again, and so do bands that a command has shown', async () => {
    await workbench().openFile('code.txt');
    await workbench().run('Vitrine: Toggle Token Bands');
    await workbench().select([1, 1], [1, 14]);
    await workbench().run('Vitrine: Colour by Entropy');
    const violet = async () => (await workbench().paint()).filter(isViolet).length;
    await expect.poll(violet).toBeGreaterThan(0);
    // The layout that comes back may be of before, with another text beside this one.
    const inFront = () => workbench().page.locator('.editor-group-container.active .cdr[class*="ced-"]').count();
    const [colours, all] = [await violet(), await inFront()];
    await reloadWithState(workbench().page, '"quantity":"entropy"');
    // What was in front when the workbench last wrote its layout down may have been another text.
    await workbench().openFile('code.txt');
    await expect.poll(violet).toBe(colours);
    await expect.poll(inFront).toBe(all);
    await workbench().run('Vitrine: Clear Decorations');
  });

  test('of nothing are refused in a sentence', async () => {
    await workbench().openFile('empty.txt');
    await workbench().run('Vitrine: Colour by Surprisal');
    await workbench().notification('This document is empty').waitFor();
  });
});

/** Of the second line, by itself. */
async function expectColoursIn(workbench: Workbench, name: string): Promise<void> {
  await workbench.page.locator('.tab.active:not(.dirty)', { hasText: name }).waitFor();
  await workbench.status('6 tok').waitFor();
  await expect.poll(() => workbench.paint()).toHaveLength(3);
}

/** The rows of the tooltip's table. */
function rowsOf({ tokens, sumLogprob, perplexity, bitsPerCharacter }: InspectJson): string[] {
  if (perplexity === null || bitsPerCharacter === null) throw new Error('nothing is predicted');
  const ranks = tokens.flatMap(({ rank }) => rank ?? []);
  const inClass = (name: RankClass) => ranks.filter((rank) => rankClassOf(rank) === name).length;
  return [
    `log-probability ${formatNats(sumLogprob)}`,
    `perplexity ${formatPerplexity(perplexity)}`,
    `bits a character ${formatDecimal(bitsPerCharacter)}`,
    `first guess ${inClass('first')}`,
    `guesses 2 to 10 ${inClass('ten')}`,
    `guesses 11 to 100 ${inClass('hundred')}`,
    `beyond ${inClass('beyond')}`,
  ];
}

const isWarm = ({ colour: [red = 0, , blue = 0] }: Paint) => red > 1.2 * blue;
const isViolet = ({ colour: [red = 0, green = 0, blue = 0] }: Paint) => blue > 1.1 * red && red > green;

import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { nextTask } from '../support/engine';
import { isSupported } from '../workbench/harness/install';
import type { Inspector } from './harness/inspector';
import { saveTable } from './harness/save';
import { useInspector } from './harness/use-inspector';

const TEXT = 'The mouse that ate the cheese ran from the cat that ate the';
const CHEESE = 5;
const LINES = 'Be kind.\nThe key is red.\nThe door is old.\nThe key is';

/** Opens the mode, once all that it tries by itself is tried. */
async function openWords(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Words of the text' }).click();
  await page.locator('vt-why-words .verdict').waitFor();
  await page.getByRole('button', { name: 'Try every token' }).waitFor();
}

/** The log-probability of a token after a text of ids, in whole runs in which something is changed. */
async function scored({ host }: Inspector, ids: number[], hidden: { from: number; to: number }[]): Promise<number> {
  const logprobs = await host.score({ task: nextTask(), ids, hidden });
  return logprobs.at(-1) ?? Number.NaN;
}

const idsOf = ({ hostApi }: Inspector): number[] => [...(hostApi.state.subject?.read?.ids ?? [])];

describe.skipIf(!isSupported)('which words mattered', () => {
  const use = useInspector();

  it('ranks words by what the answer loses where they are hidden, or replaced: as whole runs have it', async () => {
    const inspector = await use.open({ view: 'why', text: TEXT });
    const { page } = inspector;
    await openWords(page);
    await page.getByText('The answer hangs on “cheese”: without it, “·cheese” is').waitFor();
    const { rows } = await saveTable(inspector, 'Which words mattered');
    const ids = [...idsOf(inspector), Number(rows[0]?.answerId)];
    const [without, all] = [
      await scored(inspector, ids, [{ from: CHEESE, to: CHEESE + 1 }]),
      await scored(inspector, ids, []),
    ];
    const row = rows.find(({ from }) => from === CHEESE);
    expect(row).toMatchObject({ text: ' cheese', level: 'word', by: 'hidden' });
    expect(row?.base).toBeCloseTo(all, 3);
    expect(row?.change).toBeCloseTo(without - all, 3);
    expect(rows.every(({ change }) => Math.abs(Number(change)) <= Math.abs(Number(row?.change)))).toBe(true);
    expect(await page.locator('vt-words-list .row').first().textContent()).toContain('cheese');
    expect(await inspector.violations()).toEqual([]);
    await replaced(inspector, ids);
  });

  it('goes from lines to words by a click, and says which line it is beside the answer’s own', async () => {
    const { page } = await use.open({ view: 'why', text: LINES });
    await openWords(page);
    await page.getByText('the answer hangs on line 2').waitFor();
    const line = page.locator('vt-words-list').getByRole('button', { name: 'The key is red.' });
    await line.focus();
    await page.keyboard.press('Enter');
    expect(await line.getAttribute('aria-expanded')).toBe('true');
    await page.locator('vt-words-list ol ol').getByText('red').waitFor();
  });

  it('explains an answer of several tokens, chosen by its ends or in the editor', async () => {
    const inspector = await use.open({ view: 'why', text: TEXT, selections: ['that ate the'] });
    const { page } = inspector;
    await openWords(page);
    await page.getByRole('button', { name: 'choose it in the text' }).click();
    await page.locator('vt-words-strip [data-position="9"]').click();
    await page.getByText('Now click its last token.').waitFor();
    await page.locator('vt-words-strip [data-position="8"]').click();
    await page.locator('vt-answer-choice .answer').getByText('the cat').waitFor();
    await page.getByRole('button', { name: 'Try every token' }).waitFor();
    const { rows } = await saveTable(inspector, 'Which words mattered');
    expect(rows[0]).toMatchObject({ answerFrom: 8, answerTo: 10, answerId: null });
    expect(rows.every(({ to }) => Number(to) <= 8)).toBe(true);
    await page.getByRole('button', { name: 'take the editor’s selection' }).click();
    await page.getByText('The selected text stands here 2 times: the last is taken.').waitFor();
    await page.getByRole('button', { name: 'the asked token again' }).click();
    await page.locator('vt-answer-choice .answer').getByText('·cheese').waitFor();
  });

  it('explains all that is selected in a longer text, where nobody has asked for a token of it', async () => {
    const selection = { start: LINES.lastIndexOf('The'), end: LINES.length };
    const inspector = await use.open({ view: 'why', text: LINES, shown: [selection], lines: { first: 4, last: 4 } });
    const { page } = inspector;
    await openWords(page);
    await page.locator('vt-answer-choice .answer').getByText('The key is').waitFor();
    await page.getByRole('button', { name: 'the asked token again' }).click();
    await expect.poll(() => page.locator('vt-answer-choice .answer').textContent()).not.toBe('The key is');
  });
});

/** The same with a token that is typed in the place of each. */
async function replaced(inspector: Inspector, ids: number[]): Promise<void> {
  const { page, host } = inspector;
  await page.getByText('replaced', { exact: true }).click();
  await page.getByText('Each token of a part becomes ·the').waitFor();
  await page.getByRole('textbox', { name: 'By the token' }).fill('bewilderingly');
  await page.getByText('type a word that is one').waitFor();
  await page.getByRole('textbox', { name: 'By the token' }).fill('dog');
  await page.getByText('Each token of a part becomes ·dog').waitFor();
  await page.getByRole('button', { name: 'Try every token' }).waitFor();
  const { rows } = await saveTable(inspector, 'Which words mattered');
  const [dog = 0] = (await host.tokenize({ vocabulary: 'model', text: ' dog' })).ids;
  const [without, all] = [await scored(inspector, ids.with(CHEESE, dog), []), await scored(inspector, ids, [])];
  expect(rows.find(({ from }) => from === CHEESE)).toMatchObject({
    by: 'replaced',
    replacementId: dog,
    change: expect.closeTo(without - all, 3),
  });
}

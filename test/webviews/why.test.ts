import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { formatWeight } from '../../webviews/views/attention/attention-scope';
import { formatSigned, formatSignedNats } from '../../webviews/views/why/parts/numbers';
import { nextTask } from '../support/engine';
import { isSupported } from '../workbench/harness/install';
import type { Inspector } from './harness/inspector';
import { saveTable } from './harness/save';
import { useInspector } from './harness/use-inspector';
import { WHOLE } from './harness/whole';

/** Of the IOI paper (Wang et al. 2022, arXiv 2211.00593): it breaks off where a name comes. */
const IOI = 'When John and Mary went to the shops, John gave the bag to';
const SENTENCE = 'The mouse ate the cheese.';
const CHEESE = 4;

/** The page numbers its tasks from 1. */
const OWN_TASKS = 1e6;

const place = { view: 'why', text: IOI, width: 1100, height: 900 } as const;

/** Both tokens, and the end of what stands before them. */
async function question(page: Page): Promise<string[]> {
  const tokens = await page.locator('vt-token-choice .opener bdi').allTextContents();
  return [...tokens, (await page.locator('vt-why-question .after').textContent()) ?? ''];
}

const opened = (page: Page) => page.locator('vt-opened-part h2');

/** What the engine says of what the view asks. */
async function answerOf({ host, hostApi }: Inspector, position: number, token: number, against: number) {
  const trace = hostApi.state.subject?.read?.trace ?? Number.NaN;
  const question = { trace, position, token, against };
  return { question, why: await host.why(question) };
}

async function idsOf({ host }: Inspector, ...words: string[]): Promise<number[]> {
  const read = await Promise.all(words.map((text) => host.tokenize({ vocabulary: 'model', text })));
  return read.map(({ ids }) => ids[0] ?? Number.NaN);
}

describe.skipIf(!isSupported)('the Why view', () => {
  const use = useInspector();

  it('asks what comes next where the text breaks off, and shows a sum that is the difference', async () => {
    const inspector = await use.open(place);
    const { page } = inspector;
    await page.locator(WHOLE.why).first().waitFor();
    expect(await question(page)).toEqual(['·Mary', '·John', '… went to the shops, John gave the bag to']);
    await page.getByText('next, after').waitFor();
    const [mary = 0, john = 0] = await idsOf(inspector, ' Mary', ' John');
    const { why } = await answerOf(inspector, 14, mary, john);
    expect(why.logitDifference).toBeCloseTo(why.logprobs.token - why.logprobs.against, 4);
    await page.getByText(formatSignedNats(why.logitDifference), { exact: true }).waitFor();
    const { rows } = await saveTable(inspector, 'All parts');
    expect(rows.reduce((sum, { value }) => sum + Number(value), 0)).toBeCloseTo(why.logitDifference, 4);
    expect(rows.filter(({ kind }) => kind === 'head')).toHaveLength(270);

    // By arrow through layers, into heads and neurons.
    await page.locator('vt-why-waterfall [data-layer="28"][data-kind="attention"]').click();
    await expect.poll(() => opened(page).textContent()).toContain('attention 28');
    expect(await page.locator('vt-opened-part vt-part-bars').last().locator('li').count()).toBe(9);
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => opened(page).textContent()).toContain('MLP 28');
    await page.locator('vt-opened-mlp li').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => opened(page).textContent()).toContain('MLP 29');
  });

  it('opens a head into the text, its weight beside what it brings, and shows what really happens without it', async () => {
    const inspector = await use.open(place);
    const { page, host, hostApi } = inspector;
    const [mary = 0, john = 0] = await idsOf(inspector, ' Mary', ' John');
    await page.getByRole('gridcell', { name: 'head 23.7,' }).click();
    await expect.poll(() => opened(page).textContent()).toContain('head 23.7');
    expect(hostApi.state.selected).toMatchObject({ layer: 23, head: 7 });
    const { question, why } = await answerOf(inspector, 14, mary, john);
    const { weights, values } = await host.headSources({ ...question, layer: 23, head: 7 });
    const sum = values.reduce((total, value) => total + value, 0);
    expect(sum).toBeCloseTo(why.heads[23 * 9 + 7] ?? Number.NaN, 4);
    const strongest = [...values.keys()].sort((a, b) => Math.abs(values[b] ?? 0) - Math.abs(values[a] ?? 0))[0] ?? 0;
    const cells = page.locator('vt-opened-head tbody tr').first().locator('td');
    await expect
      .poll(() => cells.allTextContents())
      .toMatchObject({
        1: formatWeight(weights[strongest] ?? 0),
        3: formatSigned(values[strongest] ?? 0),
      });

    await page.locator('vt-opened-part').getByRole('switch', { name: 'head 23.7 on' }).click();
    const ids = [...(hostApi.state.subject?.read?.ids ?? [])];
    const off = [{ layer: 23, head: 7, value: 0 }];
    const difference = async (headMask: typeof off) => {
      const score = async (id: number) =>
        (await host.score({ task: OWN_TASKS + nextTask(), ids: [...ids, id], headMask })).at(-1) ?? 0;
      return (await score(mary)) - (await score(john));
    };
    const total = (await difference([])) - (await difference(off));
    await expect.poll(() => page.locator('vt-opened-part .total').first().textContent()).toContain(formatSigned(total));
    await page.getByText(/^Without it ·Mary has/).waitFor();
  });

  it('explains the selected token against any word, and what comes after the end', async () => {
    const inspector = await use.open({ ...place, text: SENTENCE, selected: { token: CHEESE } });
    const { page } = inspector;
    await page.locator(WHOLE.why).first().waitFor();
    expect(await question(page)).toEqual(['·cheese', '·cat', 'The mouse ate the']);
    await page.getByRole('button', { name: '·cat' }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('bread');
    await page.keyboard.press('Enter');
    await expect.poll(() => question(page)).toEqual(['·cheese', '·bread', 'The mouse ate the']);
    const [cheese = 0, bread = 0] = await idsOf(inspector, ' cheese', ' bread');
    const { why } = await answerOf(inspector, CHEESE, cheese, bread);
    await page.getByText(formatSignedNats(why.logitDifference), { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Ask what comes after the end' }).click();
    await expect.poll(async () => (await question(page)).at(-1)).toBe('The mouse ate the cheese.');
    await page.locator('vt-sources-strip').getByRole('option', { name: 'The', exact: true }).click();
    await page.getByText('Nothing predicts the first token.').waitFor();
  });

  it('stays with its question when the three heads that did most for it are off, which changes the answer', async () => {
    const inspector = await use.open(place);
    const { page, hostApi } = inspector;
    await page.getByText(/times more probable/).waitFor();
    const [mary = 0, john = 0] = await idsOf(inspector, ' Mary', ' John');
    const { heads } = (await answerOf(inspector, 14, mary, john)).why;
    const strongest = [...heads.keys()].sort((one, other) => (heads[other] ?? 0) - (heads[one] ?? 0)).slice(0, 3);
    const off = strongest.map((index) => ({ layer: Math.floor(index / 9), head: index % 9 }));
    await hostApi.ablate(off);
    await page.getByText(/times less probable/).waitFor();
    expect((await question(page)).slice(0, 2)).toEqual(['·Mary', '·John']);
    for (const { layer, head } of off) {
      await page.getByRole('gridcell', { name: new RegExp(`^head ${layer}\\.${head},.*switched off`) }).waitFor();
    }
  });
});

import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { formatLogprobShort, formatNats } from '../../src/display/numbers';
import { type InspectJson, inspectJson } from '../support/command-line';
import { isSupported } from '../workbench/harness/install';
import { expectClose, numbersAt, TEXT, titles } from './harness/probabilities-view';
import { useInspector } from './harness/use-inspector';

const LINES = 'The mouse ate the cheese.\nThe cat saw the mouse.';

/** Puts another word in the place of a token, and gives the text that comes of it, of as many tokens. */
async function putAnother(page: Page, { tokens }: InspectJson, position: number): Promise<string> {
  const other = tokens[position - 1]?.top.find(({ text }) => /^ [a-z]+$/.test(text) && text !== tokens[position]?.text);
  await page.locator(`vt-expected-tokens button.bar[title^="id ${other?.id},"]`).click();
  await page.locator('vt-change-line').getByRole('button', { name: 'Put it back' }).waitFor();
  await page.locator('vt-change-panel').waitFor();
  return tokens.map(({ text }, i) => (i === position ? other?.text : text)).join('');
}

describe.skipIf(!isSupported)('changed tokens in the Probabilities view', () => {
  const use = useInspector();

  it('puts another token there, shows what changes as a fresh reading has it, and puts it back', async () => {
    const json = await inspectJson(TEXT, '--top', '20');
    const position = json.tokens.findIndex(({ text }) => text === ' floor');
    const { page, hostApi } = await use.open({
      view: 'probabilities',
      text: TEXT,
      selected: { token: position },
    });
    const changed = await inspectJson(await putAnother(page, json, position));
    expect(changed.tokens.length).toBe(json.tokens.length);
    const sumAfter = ({ tokens }: InspectJson) =>
      tokens.slice(position + 1).reduce((sum, { logprob }) => sum + (logprob ?? 0), 0);
    const text = await page.locator('vt-change-panel p').textContent();
    expect(text).toContain(`log-probability ${formatNats(sumAfter(changed))}, before ${formatNats(sumAfter(json))}`);
    const differences = json.tokens.map(({ logprob }, i) =>
      Math.abs((changed.tokens[i]?.logprob ?? 0) - (logprob ?? 0)),
    );
    const most = differences.indexOf(Math.max(...differences.slice(position + 1)));
    const [before, after] = [json, changed].map(({ tokens }) => formatLogprobShort(tokens[most]?.logprob ?? 0));
    expect(await page.locator('vt-change-panel ol button').first().textContent()).toContain(`${before} → ${after}`);
    expectClose(
      await titles(page, 'vt-place-numbers td[title]'),
      numbersAt(json, position).flatMap((number, i) => [number, numbersAt(changed, position)[i] ?? 0]),
    );
    const tokens = page.locator('vt-heat-strip').getByRole('option');
    expect(await tokens.allTextContents()).toEqual(changed.tokens.map((token) => token.text));
    await page.getByRole('button', { name: 'Put it back' }).click();
    await expect.poll(() => tokens.allTextContents()).toEqual(json.tokens.map((token) => token.text));
    expect(hostApi.did.inserted).toEqual([]);
  });

  it("says of each sum whether it is the document's or of the changed text", async () => {
    const json = await inspectJson(LINES, '--top', '20');
    const position = json.tokens.findIndex(({ text }) => text === ' cheese');
    const { page } = await use.open({ view: 'probabilities', text: LINES, selected: { token: position } });
    await page.locator('vt-part-sums').getByText('Where it surprises').waitFor();
    const changed = await inspectJson(await putAnother(page, json, position));
    const [before, after] = [json, changed].map((each) => [each.sumLogprob, each.perplexity, each.bitsPerCharacter]);
    expectClose(
      await titles(page, 'vt-text-sums td[title]'),
      (before ?? []).flatMap((value, i) => [value ?? 0, after?.[i] ?? 0, (after?.[i] ?? 0) - (value ?? 0)]),
    );
    for (const part of ['vt-text-sums', 'vt-class-sums']) {
      const heads = page.locator(part).locator('thead').last().locator('th');
      expect(await heads.allTextContents()).toEqual(['in the document', 'as changed', 'difference']);
    }
    const firstGuesses = ({ tokens }: InspectJson) => tokens.filter(({ rank }) => rank === 0).length;
    const cells = await page.locator('vt-class-sums tbody tr').first().locator('td').allTextContents();
    expect(cells.slice(0, 2).map(Number.parseFloat)).toEqual([firstGuesses(json), firstGuesses(changed)]);
    await page.locator('vt-part-sums').getByText('in the document, without the change').waitFor();
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'Table Predictions of the document, CSV' }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('vt-place-panel h2').getByText('as changed').waitFor();
    await page.locator('vt-curve-section').getByText('as changed; a line marks what it is in the document').waitFor();
  });

  it.each([
    [320, 900],
    [525, 900],
    [1600, 900],
    [525, 500],
  ])('has the way back right under the text, wherever one has scrolled, at %i × %i px', async (width, height) => {
    const { page } = await use.open({ view: 'probabilities', text: TEXT, selected: { token: 8 }, width, height });
    // The last that can be seen is far below.
    await page.locator('vt-expected-tokens button.bar').last().click();
    const undo = page.getByRole('button', { name: 'Put it back' });
    await undo.waitFor();
    for (const scroll of ['scrollTo(0, 0)', 'scrollTo(0, 9999)']) {
      await page.evaluate(scroll);
      await expect
        .poll(async () => {
          const [strip, line] = await Promise.all(
            ['vt-strip', 'vt-change-line'].map((part) => page.locator(part).boundingBox()),
          );
          return (line?.y ?? 0) - (strip?.y ?? 0) - (strip?.height ?? 0);
        })
        .toBeCloseTo(0, 0);
      const box = await undo.boundingBox();
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(height);
    }
    await undo.click();
    await page.locator('vt-change-line').waitFor({ state: 'detached' });
  });

  it('undoes by Escape what was changed last, then the change before, and only then lets go of the token', async () => {
    const { page } = await use.open({ view: 'probabilities', text: TEXT, selected: { token: 8 } });
    const tokens = page.locator('vt-heat-strip').getByRole('option');
    const texts = [await tokens.allTextContents()];
    for (const position of [8, 3]) {
      if (position !== 8) await tokens.nth(position).click();
      await page.locator('vt-expected-tokens button.bar:not(.marked)').first().click();
      await expect.poll(() => tokens.allTextContents()).not.toEqual(texts.at(-1));
      texts.push(await tokens.allTextContents());
    }
    for (const before of texts.slice(0, -1).toReversed()) {
      await page.keyboard.press('Escape');
      await expect.poll(() => tokens.allTextContents()).toEqual(before);
      expect(await tokens.nth(3).getAttribute('aria-selected')).toBe('true');
    }
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('option', { selected: true }).count()).toBe(0);
  });

  it('puts a token there by key', async () => {
    const { page } = await use.open({ view: 'probabilities', text: TEXT, selected: { token: 8 } });
    const bars = page.locator('vt-expected-tokens button.bar:not(.marked)');
    await bars.first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Put it back' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('vt-change-panel').count()).toBe(0);
  });

  it('has the numbers of before and after within their column, however narrow that is, in Spanish', async () => {
    const { page } = await use.open({ view: 'probabilities', text: TEXT, selected: { token: 8 }, language: 'es' });
    await page.locator('vt-expected-tokens button.bar:not(.marked)').nth(2).click();
    await page.locator('vt-place-numbers thead').waitFor();
    // The last three are beside an editor in a window of 1,100 and 1,600 px, and the least of two columns.
    for (const width of [320, 1100, 1600, 525, 770, 720]) {
      await page.setViewportSize({ width, height: 900 });
      for (const part of ['vt-place-numbers', 'vt-class-sums', 'vt-text-sums']) {
        const beyond = () =>
          page.locator(part).evaluate((element) => {
            const { right } = element.getBoundingClientRect();
            const tables = [...(element.shadowRoot?.querySelectorAll('table') ?? [])];
            return Math.max(...tables.map((table) => table.getBoundingClientRect().right - right));
          });
        await expect.poll(beyond, { message: `${part} at ${width}` }).toBeLessThanOrEqual(0);
      }
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    }
  });
});

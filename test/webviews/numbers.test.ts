import { get_encoding } from 'tiktoken';
import { describe, expect, it } from 'vitest';
import { isSupported } from '../workbench/harness/install';
import { useInspector } from './harness/use-inspector';

/** What a canvas is in the page; these tests run outside of it. */
interface Canvas {
  getContext(kind: '2d'): { getImageData(x: number, y: number, w: number, h: number): { data: Iterable<number> } };
}

const TEXT = 'She found 327 letters and 1234567 stamps.';

describe.skipIf(!isSupported)('the Numbers view', () => {
  const use = useInspector();

  it.each(['gpt2', 'cl100k_base', 'o200k_base'] as const)('shows 327 as %s has it', async (name) => {
    const { page } = await use.open({ view: 'numbers', text: TEXT });
    const labels = { gpt2: 'GPT-2', cl100k_base: 'cl100k', o200k_base: 'o200k' };
    const column = page.locator('vt-number-column', { has: page.getByRole('heading', { name: labels[name] }) });
    const [id] = get_encoding(name).encode('327');
    await column.getByText(`${id}`, { exact: true }).first().waitFor();
    await column.getByText('its digits are not visible to the model').waitFor();
  });

  it('offers the numbers of the text, and lays a long one out in groups', async () => {
    const { page } = await use.open({ view: 'numbers', text: TEXT });
    await page.getByRole('button', { name: '1234567' }).click();
    const row = (name: string) => page.locator('vt-digit-groups tr', { hasText: name }).getByRole('listitem');
    await expect.poll(() => row('people').allTextContents()).toEqual(['1', '234', '567']);
    await expect.poll(() => row('o200k').allTextContents()).toEqual(['123', '456', '7']);
    await expect.poll(() => row('SmolLM2').allTextContents()).toEqual([...'1234567']);
  });

  it('shows a number that a command asks for, and one that is typed', async () => {
    const { page, hostApi } = await use.open({ view: 'numbers', text: TEXT, asked: { number: '42' } });
    await page.getByText('In SmolLM2 135M, 42 is 2 tokens').waitFor();
    await page.getByRole('textbox', { name: 'A number' }).fill('98');
    await page.getByText('In SmolLM2 135M, 98 is 2 tokens').waitFor();
    hostApi.change({ viewRequest: { number: '77' } });
    await page.getByText('In SmolLM2 135M, 77 is 2 tokens').waitFor();
  });

  it.each([
    [
      'es',
      '1.327',
      'En cl100k_base, 1327 son 2 tokens',
      'Se lee 1327. Los tokens de abajo son los de «1327», no los de «1.327».',
    ],
    ['es', '3,14', 'En cl100k_base, 3,14 son 3 tokens', ''],
    [
      'es',
      '3.14',
      'En cl100k_base, 3,14 son 3 tokens',
      'Se lee 3,14. Los tokens de abajo son los de «3,14», no los de «3.14».',
    ],
    ['es', '-5', 'En cl100k_base, -5 son 2 tokens, - 5: el signo menos es un token aparte', ''],
    [
      'en',
      '1,327',
      'In cl100k_base, 1327 is 2 tokens',
      'Read as 1327. The tokens below are those of "1327", not of "1,327".',
    ],
    ['en', '3.14', 'In cl100k_base, 3.14 is 3 tokens', ''],
  ])('in %s reads %s as it is written there', async (language, written, seen, reading) => {
    const { page } = await use.open({ view: 'numbers', text: TEXT, language, asked: { number: written } });
    await page.getByText(seen.replace('cl100k_base', 'cl100k')).waitFor();
    await expect.poll(() => page.locator('vt-numbers-view .read').textContent()).toBe(reading);
  });

  it('reads what is typed, key by key, in place of what stood there', async () => {
    const { page } = await use.open({ view: 'numbers', text: TEXT, language: 'es' });
    const field = page.getByRole('textbox', { name: 'Un número' });
    await field.click();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('-3.14', { delay: 30 });
    await page.getByText('En GPT-2, -3,14 son').waitFor();
    expect(await field.inputValue()).toBe('-3.14');
  });

  it('says what it does not read', async () => {
    const { page } = await use.open({ view: 'numbers', text: TEXT, language: 'es' });
    await page.getByRole('textbox', { name: 'Un número' }).fill('mil');
    await page.getByText('«mil» no se lee como un número').waitFor();
    await page.getByRole('textbox', { name: 'Un número' }).fill('42');
    await expect.poll(() => page.locator('vt-numbers-view .read').textContent()).toBe('');
  });

  it('draws a cell for each number in the colour of its tokens', async () => {
    const { page } = await use.open({ view: 'numbers', text: TEXT });
    const column = page.locator('vt-number-column', { has: page.getByRole('heading', { name: 'GPT-2' }) });
    const canvas = column.locator('canvas');
    await canvas.waitFor();
    const encoding = get_encoding('gpt2');
    const numbers = [0, 327, 520, 521, 1000, 1234, 2017, 5213, 9999];
    const colours = await canvas.evaluate((element, wanted) => {
      const context = (element as unknown as Canvas).getContext('2d');
      return wanted.map((n) => [...context.getImageData(n % 100, Math.floor(n / 100), 1, 1).data].join());
    }, numbers);
    const counts = numbers.map((number) => encoding.encode(`${number}`).length);
    for (const [i, count] of counts.entries()) {
      for (const [j, other] of counts.entries()) expect(colours[i] === colours[j]).toBe(count === other);
    }
  });

  it('reads the map by key', async () => {
    const { page } = await use.open({ view: 'numbers', text: TEXT });
    await expect.poll(() => page.locator('vt-number-map').count()).toBe(4);
    const map = page.getByRole('slider').nth(1);
    await map.focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.getByRole('textbox', { name: 'A number' }).inputValue()).toBe('427');
    await expect.poll(() => map.getAttribute('aria-valuetext')).toBe('427: 1 token');
  });

  it('marks where a carry leaves its token', async () => {
    const { page } = await use.open({ view: 'numbers', text: TEXT });
    const sums = page.locator('vt-sum-columns');
    await expect.poll(() => sums.first().locator('.crossing').count()).toBe(3);
    await sums.nth(1).locator('table').waitFor();
    expect(await sums.nth(1).locator('.crossing').count()).toBe(0);
    await page.getByRole('textbox', { name: 'A sum or a difference' }).fill('12 * 3');
    // Once, and not for each vocabulary.
    await page.getByText('"12 * 3" is no sum that can be laid out').waitFor();
    expect(await sums.count()).toBe(0);
  });

  it('says in Spanish, once, that words are no sum', async () => {
    const { page } = await use.open({ view: 'numbers', text: TEXT, language: 'es' });
    await page.getByRole('textbox', { name: 'Una suma o una resta' }).fill('mil + 1');
    await page.getByText('«mil + 1» no es una operación').waitFor();
  });

  it('names the columns of its table as the command line does', async () => {
    const { page } = await use.open({ view: 'numbers', text: TEXT });
    await expect.poll(() => page.locator('vt-number-map').count()).toBe(4);
    const [{ columns }] = (await page.evaluate(
      `document.querySelector('vt-inspector').renderRoot.querySelector('vt-numbers-view').tables()`,
    )) as [{ columns: string[] }];
    expect(columns).toEqual(expect.arrayContaining(['number', 'gpt2', 'cl100k_base', 'o200k_base']));
  });

  it.each([
    ['light', 320, 'es'],
    ['dark', 900, 'en'],
    ['high-contrast', 1600, 'en'],
  ] as const)('has nothing that axe finds wrong in %s at %i px', async (theme, width, language) => {
    const { page, violations, screenshot } = await use.open({ view: 'numbers', text: TEXT, theme, width, language });
    await expect.poll(() => page.locator('vt-number-map').count()).toBe(4);
    expect(await violations()).toEqual([]);
    await screenshot(`numbers-${theme}-${width}`);
  });
});

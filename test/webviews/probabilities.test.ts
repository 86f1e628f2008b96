import { describe, expect, it } from 'vitest';
import { visibleText } from '../../src/display/glyphs';
import { formatBits } from '../../src/display/numbers';
import { inspectJson } from '../support/command-line';
import { isSupported } from '../workbench/harness/install';
import { CHEESE, expectClose, numbersAt, TEXT, titles } from './harness/probabilities-view';
import { useInspector } from './harness/use-inspector';

const CODE = 'def add(a, b):\n    return a + b\n\n\ndef subtract(a, b):\n    return a - b\n';

interface PageSide {
  getComputedStyle(element: unknown): { backgroundColor: string };
}

describe.skipIf(!isSupported)('the Probabilities view', () => {
  const use = useInspector();

  it.each([
    ['one of the first guesses', ' the'],
    ['one far down', ' envelopes'],
    ['a digit', '7'],
  ])('says of a token what the command line says: %s', async (_, text) => {
    const json = await inspectJson(TEXT, '--top', '20');
    const position = json.tokens.findIndex((token) => token.text === text);
    const { page } = await use.open({ view: 'probabilities', text: TEXT, selected: { token: position } });
    await page.locator('vt-place-numbers').waitFor();
    expectClose(await titles(page, 'vt-place-numbers td'), numbersAt(json, position));
    const bars = page.locator('vt-expected-tokens button.bar');
    const top = json.tokens[position - 1]?.top ?? [];
    await expect
      .poll(() => bars.evaluateAll((all) => all.slice(0, 20).map((bar) => Number(bar.title.match(/\d+/)?.[0]))))
      .toEqual(top.map(({ id }) => id));
    const rank = json.tokens[position]?.rank ?? 0;
    expect(await page.locator('vt-expected-tokens .marked .label').textContent()).toContain(visibleText(text));
    const between = rank - 20;
    if (between > 0) {
      const tokens = between === 1 ? 'token' : 'tokens';
      await page.getByText(`${between.toLocaleString('en')} more probable ${tokens}`, { exact: true }).waitFor();
    }
  });

  it('says that nothing predicts the first token, alone or before others', async () => {
    const { page } = await use.open({ view: 'probabilities', text: TEXT, selected: { token: 0 } });
    await page.getByText('nothing stands before it, so nothing predicts it').waitFor();
    const alone = await use.open({ view: 'probabilities', text: 'She' });
    await alone.page.getByText('nothing stands before it, so nothing predicts it').waitFor();
    expect(await alone.page.locator('vt-surprisal-curve').count()).toBe(0);
  });

  it.each([
    ['all of a text', undefined],
    ['a part of it, read with what comes before', { start: 10, end: 57 }],
  ])('sums as the command line sums: %s', async (_, part) => {
    const select = part ? ['--select', `${part.start}:${part.end}`] : [];
    const { sumLogprob, perplexity, bitsPerCharacter } = await inspectJson(TEXT, ...select);
    const { page } = await use.open({ view: 'probabilities', text: TEXT, ...(part && { shown: [part] }) });
    await page.locator('vt-text-sums').waitFor();
    expectClose(await titles(page, 'vt-text-sums td[title]'), [sumLogprob, perplexity, bitsPerCharacter]);
  });

  it('sums by the functions that the editor knows, and by lines that add up to the whole', async () => {
    const spans = [CODE.indexOf('def add'), CODE.indexOf('def sub'), CODE.length];
    const symbols = ['add', 'subtract'].map((name, i) => ({
      name,
      kind: 'function',
      depth: 0,
      start: spans[i] ?? 0,
      end: (spans[i + 1] ?? 0) - (i === 0 ? 3 : 1),
    }));
    const { page } = await use.open({ view: 'probabilities', text: CODE, symbols });
    const bits = 'vt-part-table tbody td:nth-child(3)';
    await page.getByRole('button', { name: 'function subtract' }).waitFor();
    const sums = await Promise.all(
      symbols.map(({ start, end }) => inspectJson(CODE, '--select', `${start}:${end}`).then((json) => json.sumLogprob)),
    );
    expectClose(
      await titles(page, bits),
      sums.map((sum) => -sum / Math.LN2),
    );
    await page.locator('vt-part-sums').getByText('lines', { exact: true }).click();
    await expect.poll(() => page.locator(bits).count()).toBeGreaterThan(2);
    const whole = await inspectJson(CODE);
    const lines = await titles(page, bits);
    expect(lines.reduce((sum, line) => sum + line, 0)).toBeCloseTo(-whole.sumLogprob / Math.LN2, 3);
    await page.getByRole('button', { name: 'bits a token' }).click();
    const means = await page.locator('vt-part-table tbody td:nth-child(4) .mean').allInnerTexts();
    expect(means.map(Number)).toEqual(means.map(Number).sort((one, other) => other - one));
  });

  it('sums surprisal by word in the text and along the curve', async () => {
    const { tokens } = await inspectJson(CHEESE);
    const first = tokens.findIndex(({ text }) => text === ' qu');
    const bits = -tokens.slice(first, first + 3).reduce((sum, { logprob }) => sum + (logprob ?? 0), 0) / Math.LN2;
    const { page } = await use.open({ view: 'probabilities', text: CHEESE, selected: { token: first + 2 } });
    const curve = page.getByRole('slider', { name: 'Surprisal along the text' });
    expect(await curve.getAttribute('aria-valuemax')).toBe(`${tokens.length}`);
    await page.getByText('by word', { exact: true }).click();
    await expect.poll(() => curve.getAttribute('aria-valuetext')).toBe(`queso ${formatBits(bits)}`);
    // Six words and a full stop.
    expect(await curve.getAttribute('aria-valuemax')).toBe('7');
    const colours = await page
      .locator('vt-heat-strip [role=option]')
      .evaluateAll((all) =>
        all.map((token) => (token as unknown as { style: { backgroundColor: string } }).style.backgroundColor),
      );
    expect(new Set(colours.slice(first, first + 3)).size).toBe(1);
  });

  it('draws a part of 100 % against 100 %', async () => {
    const { page } = await use.open({ view: 'probabilities', text: TEXT, selected: { token: 5 } });
    const { tokens } = await inspectJson(TEXT, '--top', '1');
    const probability = Math.exp(tokens[4]?.top[0]?.logprob ?? Number.NaN);
    expect(probability).toBeGreaterThan(0.05);
    await page.locator('vt-expected-tokens').getByText('100 %', { exact: true }).waitFor();
    const widthOf = async (part: string) =>
      (await page.locator(`vt-expected-tokens ${part}`).first().boundingBox())?.width ?? 0;
    expect((await widthOf('.length')) / (await widthOf('.scale'))).toBeCloseTo(probability, 1);
  });

  it('has one form for what is tiny, where it stands beside others', async () => {
    const { tokens } = await inspectJson(CHEESE);
    const first = tokens.findIndex(({ text }) => text === ' qu');
    const { page } = await use.open({ view: 'probabilities', text: CHEESE, selected: { token: first } });
    await page.locator('vt-word-pieces').getByText('the whole word: <0.001 %').waitFor();
    expect(await page.getByText('under 0.001 %').count()).toBe(0);
  });

  it('goes along the curve by key, and to a column that is clicked', async () => {
    const { page, hostApi } = await use.open({ view: 'probabilities', text: TEXT, selected: { token: 3 } });
    const curve = page.getByRole('slider', { name: 'Surprisal along the text' });
    await curve.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => hostApi.did.selected.at(-1)).toEqual({ token: 4 });
    await page.keyboard.press('End');
    const { tokens } = await inspectJson(TEXT);
    await expect.poll(() => hostApi.did.selected.at(-1)).toEqual({ token: tokens.length - 1 });
    expect(await curve.getAttribute('aria-valuetext')).toContain('bits');
    await page.locator('vt-surprisal-curve rect[data-position="5"]').click();
    await expect.poll(() => page.getByRole('option', { selected: true }).textContent()).toBe(tokens[5]?.text);
  });

  it('colours by the quantity that is chosen, the louder the less expected', async () => {
    const json = await inspectJson(TEXT);
    const { page } = await use.open({ view: 'probabilities', text: TEXT });
    /** How much of the theme's dark background has been painted over. */
    const loudness = async (position: number) => {
      const token = page.locator(`vt-heat-strip [data-position="${position}"]`);
      const colour = await token.evaluate(
        (element) => (globalThis as unknown as PageSide).getComputedStyle(element).backgroundColor,
      );
      return (colour.match(/\d+/g) ?? []).reduce((sum, part) => sum + Number(part), 0);
    };
    await page.locator('vt-text-sums').waitFor();
    const quantities = {
      Surprisal: json.tokens.map(({ logprob }) => -(logprob ?? 0)),
      Rank: json.tokens.map(({ rank }) => rank ?? 0),
      Entropy: json.tokens.map((_, i) => json.tokens[i - 1]?.entropy ?? 0),
    };
    for (const [name, values] of Object.entries(quantities)) {
      await page.locator('vt-heat-strip').getByText(name, { exact: true }).click();
      const [quiet, loud] = [Math.min(...values.slice(1)), Math.max(...values)].map((value) =>
        values.indexOf(value, 1),
      );
      await expect
        .poll(async () => (await loudness(loud ?? 0)) - (await loudness(quiet ?? 0)), { message: name })
        .toBeGreaterThan(50);
    }
  });

  it('takes on the colours of another theme at once', async () => {
    const { page, setTheme } = await use.open({ view: 'probabilities', text: TEXT, theme: 'dark' });
    const column = page.locator('vt-surprisal-curve rect[fill]').first();
    const dark = await column.getAttribute('fill');
    await setTheme('light');
    await expect.poll(() => column.getAttribute('fill')).not.toBe(dark);
  });

  it('takes on the hues of the settings at once', async () => {
    const { page, hostApi } = await use.open({ view: 'probabilities', text: TEXT, hues: { warm: 145 } });
    const fill = page.locator('vt-surprisal-curve rect[fill]').first();
    const channels = async () => (await fill.getAttribute('fill'))?.match(/\d+/g)?.map(Number) ?? [];
    const loudest = async () => ['red', 'green', 'blue'][(await channels()).indexOf(Math.max(...(await channels())))];
    await expect.poll(loudest).toBe('green');
    hostApi.change({ hues: {} });
    await expect.poll(loudest).toBe('red');
  });

  it.each([
    ['light', 320, TEXT],
    ['dark', 900, CODE.repeat(10)],
    ['high-contrast', 1600, TEXT],
    ['dark', 900, 'في البدء كان الكلمة. שלום עולם.'],
  ] as const)('has nothing that axe finds wrong in %s at %i px', async (theme, width, text) => {
    const { page, violations, screenshot } = await use.open({
      view: 'probabilities',
      text,
      theme,
      width,
      selected: { token: 6 },
    });
    await page.locator('vt-expected-tokens button.bar:not(.marked)').nth(1).click();
    await page.locator('vt-change-panel').waitFor();
    expect(await violations()).toEqual([]);
    await screenshot(`probabilities-${theme}-${width}-${text.length}`);
  });
});

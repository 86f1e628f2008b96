import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { visibleText } from '../../src/display/glyphs';
import { formatBits, formatLogprobShort, formatNats } from '../../src/display/numbers';
import { type InspectJson, inspectJson } from '../support/command-line';
import { isSupported } from '../workbench/harness/install';
import { useInspector } from './harness/use-inspector';

const TEXT =
  'She found 327 letters under the floor of the old kitchen. He counted them twice, but there were only 326 envelopes.';
const LINES = 'The mouse ate the cheese.\nThe cat saw the mouse.';
const CHEESE = 'El ratón se comió el queso.';
const CODE = 'def add(a, b):\n    return a + b\n\n\ndef subtract(a, b):\n    return a - b\n';

/** Numbers that stand behind what is rounded, in order. */
const titles = (page: Page, selector: string) =>
  page
    .locator(selector)
    .evaluateAll((elements) => elements.map((element) => Number.parseFloat(element.getAttribute('title') ?? '')));

function expectClose(numbers: readonly number[], expected: readonly (number | null)[]): void {
  expect(numbers.length).toBe(expected.length);
  for (const [i, number] of numbers.entries()) expect(number).toBeCloseTo(expected[i] ?? Number.NaN, 4);
}

/** Rank (from 1), surprisal, loss, entropy and probability of a token. */
function numbersAt({ tokens }: InspectJson, position: number): number[] {
  const { logprob, rank } = tokens[position] ?? {};
  const nats = logprob ?? Number.NaN;
  return [Math.exp(nats), (rank ?? 0) + 1, -nats / Math.LN2, -nats, tokens[position - 1]?.entropy ?? Number.NaN];
}

/** Puts another word in the place of a token, and gives the text that comes of it, of as many tokens. */
async function putAnother(page: Page, { tokens }: InspectJson, position: number): Promise<string> {
  const other = tokens[position - 1]?.top.find(({ text }) => /^ [a-z]+$/.test(text) && text !== tokens[position]?.text);
  await page.locator(`vt-expected-tokens button.bar[title^="id ${other?.id},"]`).click();
  await page.locator('vt-change-line').getByRole('button', { name: 'Put it back' }).waitFor();
  await page.locator('vt-change-panel').waitFor();
  return tokens.map(({ text }, i) => (i === position ? other?.text : text)).join('');
}

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

  it('gives a typed word the loss of its tokens, each after the ones before', async () => {
    const { tokens } = await inspectJson(TEXT);
    const position = tokens.findIndex(({ text }) => text === ' kitchen');
    const { page, host } = await use.open({ view: 'probabilities', text: TEXT, selected: { token: position } });
    await page.getByRole('textbox', { name: 'Loss of another word here' }).fill('antechamberlain');
    const read = await host.tokenize({ vocabulary: 'model', text: ' antechamberlain' });
    const ids = Array.from(read.ids);
    expect(ids.length).toBeGreaterThan(1);
    const losses: number[] = [];
    for (const [i, id] of ids.entries()) {
      const before = [...tokens.slice(0, position).map((token) => token.id), ...ids.slice(0, i)];
      const { trace } = await host.forwardTokens({ task: 900 + i, ids: before });
      losses.push(-((await host.distribution({ trace, position: before.length - 1 }))[id] ?? Number.NaN));
    }
    const items = page.locator('vt-typed-word li');
    await expect.poll(() => items.count()).toBe(ids.length);
    expectClose(await titles(page, 'vt-typed-word li .number'), losses);
    const sum = losses.reduce((total, loss) => total + loss, 0);
    await page.getByText(`${ids.length} tokens, together ${formatNats(sum)}`).waitFor();
  });

  it('compares a typed word with the whole word that stands there, not with a piece of it', async () => {
    const { tokens } = await inspectJson(CHEESE);
    const first = tokens.findIndex(({ text }) => text === ' qu');
    const pieces = tokens.slice(first, first + 3);
    expect(pieces.map(({ text }) => text).join('')).toBe(' queso');
    const logprob = pieces.reduce((sum, piece) => sum + (piece.logprob ?? Number.NaN), 0);
    // Its second piece is selected: the word is the same.
    const { page, host } = await use.open({ view: 'probabilities', text: CHEESE, selected: { token: first + 1 } });
    // In one unit with what is typed below; the other is on hover.
    const sum = page.locator('vt-word-pieces').getByText(formatNats(-logprob));
    await sum.waitFor();
    expect(await sum.getAttribute('title')).toContain(formatBits(-logprob / Math.LN2));
    expectClose(
      await titles(page, 'vt-word-pieces button'),
      pieces.map((piece) => -(piece.logprob ?? Number.NaN)),
    );
    await page.locator('vt-typed-word').getByText(formatNats(-logprob)).waitFor();
    expect(await page.locator('vt-word-pieces .one-line').textContent()).toBe('queso');
    const field = page.getByRole('textbox', { name: 'Loss of another word here' });
    await field.fill('pan');
    const [pan = 0, ...rest] = (await host.tokenize({ vocabulary: 'model', text: ' pan' })).ids;
    expect(rest).toEqual([]);
    const { trace } = await host.forwardTokens({ task: 990, ids: tokens.slice(0, first).map(({ id }) => id) });
    const more = ((await host.distribution({ trace, position: first - 1 }))[pan] ?? Number.NaN) - logprob;
    const ratio = Number(Math.exp(Math.abs(more)).toPrecision(2));
    const said = `${ratio.toLocaleString('en')} times ${more > 0 ? 'more' : 'less'} probable than “queso”`;
    await page.getByText(said).waitFor();
    await field.fill('queso');
    await page.getByText('That is what stands here.').waitFor();
    await page.locator('vt-word-pieces button').first().click();
    await expect.poll(() => page.getByRole('option', { selected: true }).textContent()).toBe(' qu');
  });

  it('gives a typed token the loss that the list of expected ones has', async () => {
    const json = await inspectJson(TEXT, '--top', '20');
    const position = json.tokens.findIndex(({ text }) => text === ' kitchen');
    const second = json.tokens[position - 1]?.top[2];
    const { page } = await use.open({ view: 'probabilities', text: TEXT, selected: { token: position } });
    await page.getByRole('textbox', { name: 'Loss of another word here' }).fill(second?.text.trim() ?? '');
    await expect.poll(() => page.locator('vt-typed-word li').count()).toBe(1);
    expectClose(await titles(page, 'vt-typed-word li .number'), [-(second?.logprob ?? 0)]);
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

import { describe, expect, it } from 'vitest';
import { VIEWS } from '../../src/shared/inspector-api';
import { inspectJson } from '../support/command-line';
import { isSupported } from '../workbench/harness/install';
import { countCalls } from './harness/hold';
import { themeOf } from './harness/page';
import { useInspector } from './harness/use-inspector';
import { WHOLE } from './harness/whole';

const TEXT = 'The mouse that ate the cheese ran from the cat.';

describe.skipIf(!isSupported)('the inspector', () => {
  const use = useInspector();

  it('opens on the tokens that the model reads', async () => {
    const { page } = await use.open({ view: 'tokens', text: TEXT });
    const { tokens } = await inspectJson(TEXT);
    const drawn = page.locator('vt-token-text').first().getByRole('option');
    await expect.poll(() => drawn.allTextContents()).toEqual(tokens.map(({ text }) => text));
  });

  it('tells the editor which token is pointed at and which is selected', async () => {
    const { page, hostApi } = await use.open({ view: 'probabilities', text: TEXT });
    await page.getByRole('option', { name: 'cheese' }).click();
    const { tokens } = await inspectJson(TEXT);
    const cheese = tokens.findIndex(({ text }) => text === ' cheese');
    await expect.poll(() => hostApi.did.selected).toEqual([{ token: cheese }]);
    expect(hostApi.did.previewed).toContain(cheese);
    await page.getByRole('button', { name: 'Export' }).hover();
    await expect.poll(() => hostApi.did.previewed.at(-1)).toBe(undefined);
  });

  it('leads from what a view says of a token to why that token', async () => {
    const { page, hostApi } = await use.open({ view: 'probabilities', text: TEXT, selected: { token: 5 } });
    for (const view of ['probabilities', 'tokens', 'attention', 'layers'] as const) {
      hostApi.change({ view });
      await page.getByRole('button', { name: 'Why this token' }).click();
      await page.locator('vt-why-question', { hasText: 'rather than' }).waitFor();
      expect(hostApi.state).toMatchObject({ view: 'why', selected: { token: view === 'layers' ? 6 : 5 } });
    }
  });

  it('follows the editor', async () => {
    const { page, hostApi } = await use.open({ view: 'probabilities', text: TEXT });
    hostApi.change({ selected: { token: 1, layer: 0, head: 0 } });
    await expect.poll(() => page.getByRole('option', { selected: true }).textContent()).toBe(' mouse');
    hostApi.edit(`${TEXT} It hid.`);
    await hostApi.renew();
    await page.getByRole('option', { name: 'hid' }).waitFor();
  });

  it('asks nothing again of a text of which another part is shown', async () => {
    const { page, host, hostApi } = await use.open({ view: 'probabilities', text: TEXT, selected: { token: 2 } });
    await page.getByRole('option', { name: 'cheese' }).waitFor();
    await page.locator(WHOLE.probabilities).first().waitFor();
    const asked = countCalls(host, 'predictions');
    const subject = hostApi.state.subject ?? expect.fail('there is no text');
    hostApi.change({ subject: { ...subject, revision: subject.revision + 1, shown: [{ start: 4, end: 14 }] } });
    const inPage = (value: string) => page.evaluate(`document.querySelector('vt-inspector').store.${value}`);
    await expect.poll(() => inPage('subject.shown[0].start')).toBe(4);
    await expect.poll(() => inPage('predictions !== undefined')).toBe(true);
    expect(asked.count).toBe(0);
  });

  it('says that a text is empty', async () => {
    const { page } = await use.open({ view: 'probabilities', text: '' });
    await page.getByText('The text is empty.').waitFor();
  });

  it('says which text it shows, and whether it keeps it', async () => {
    const { page, hostApi } = await use.open({ view: 'probabilities', text: TEXT, lines: { first: 3, last: 5 } });
    await page.getByText(/^text\.md · lines 3–5 · .* · 11 tokens$/).waitFor();
    const pin = page.getByRole('button', { name: 'Pin' });
    expect(await pin.getAttribute('aria-pressed')).toBe('false');
    await pin.click();
    await expect.poll(() => hostApi.state.isPinned).toBe(true);
    expect(await pin.getAttribute('aria-pressed')).toBe('true');
    await pin.press('Enter');
    await expect.poll(() => hostApi.state.isPinned).toBe(false);
  });

  it.each([
    ['probabilities', true],
    ['numbers', false],
    ['compare', false],
  ] as const)('greys %s after an edit, and names the text there: %s', async (view, isOfText) => {
    const { page, hostApi } = await use.open({ view, text: TEXT, selected: { token: 2 } });
    await page.locator(WHOLE[view]).first().waitFor();
    hostApi.edit(`${TEXT} It hid.`);
    await page.getByText('The text has been edited or closed.').waitFor({ state: isOfText ? 'visible' : 'hidden' });
    const filter = await page
      .locator('main')
      .evaluate((main) => main.ownerDocument.defaultView?.getComputedStyle(main).filter);
    expect(filter !== 'none').toBe(isOfText);
    const header = page.locator('header');
    expect((await header.textContent())?.includes('text.md')).toBe(isOfText);
    expect(await header.getByRole('button', { name: 'Pin' }).count()).toBe(isOfText ? 1 : 0);
  });

  it('says what failed in the language of the display', async () => {
    const { page } = await use.open({ text: 'mouse '.repeat(9000), language: 'es' });
    await page.getByText('El texto tiene 9001 tokens, y en el contexto de SmolLM2-135M-Instruct caben 8192.').waitFor();
  });

  it.each(VIEWS)('keeps tokens of many spaces within a narrow page in %s', async (view) => {
    const text = `Here${' '.repeat(10_000)}it ends.`;
    const { page } = await use.open({ view, text, selected: { token: 2 }, width: 320 });
    await page.locator(WHOLE[view]).first().waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
  });

  it.each([
    ['probabilities', 'vt-surprisal-curve'],
    ['attention', 'vt-matrix'],
    ['layers', 'vt-lens-grid'],
  ] as const)(
    'has a long text within a third of the height in %s, and what one came for above the fold',
    async (view, content) => {
      const { page } = await use.open({ view, text: `${TEXT}\n`.repeat(20), selected: { token: 30 } });
      await page.locator(WHOLE[view]).first().waitFor();
      for (const [width, height] of [
        [1500, 850],
        [750, 850],
        [500, 850],
      ] as const) {
        await page.setViewportSize({ width, height });
        const boxOf = async (selector: string) =>
          (await page.locator(selector).first().boundingBox()) ?? { y: 0, height };
        await expect.poll(async () => (await boxOf('vt-strip')).height).toBeLessThanOrEqual(height / 3);
        await expect.poll(async () => (await boxOf(content)).y).toBeLessThan((2 * height) / 3);
      }
    },
  );

  it.each(['light', 'dark', 'high-contrast'] as const)('has the colours of a %s theme', async (theme) => {
    const { page, screenshot } = await use.open({ text: TEXT, theme });
    const probe = `getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map((part) => Number(part).toString(16).padStart(2, '0')).join('')`;
    expect(`#${await page.evaluate(probe)}`).toBe(themeOf(theme).variables['--vscode-editor-background']);
    await screenshot(`inspector-${theme}`);
  });
});

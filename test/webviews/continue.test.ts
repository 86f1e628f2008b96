import { describe, expect, it } from 'vitest';
import { formatCount, formatLogprob } from '../../src/display/numbers';
import { inspectJson } from '../support/command-line';
import { isSupported } from '../workbench/harness/install';
import { drawnIds, press, rows, setControls, steps, still, TEXT } from './harness/continue-view';
import { countCalls } from './harness/hold';
import { useInspector } from './harness/use-inspector';

/** What a path is in the page; these tests run outside of it. */
interface Path {
  getBBox(): { y: number; height: number };
}

describe.skipIf(!isSupported)('the Continue view', () => {
  const use = useInspector();
  const open = async (options: Parameters<typeof use.open>[0] = {}) => {
    const inspector = await use.open({ view: 'continue', text: TEXT, ...options });
    await inspector.page.locator('vt-sampling-bars li').first().waitFor();
    return inspector;
  };

  it.each([
    [['--temperature', '0'], { temperature: 0 }, 0],
    [['--temperature', '0.8', '--top-p', '0.95', '--seed', '7'], {}, 7],
    [
      ['--temperature', '1.3', '--top-k', '40', '--top-p', '0.9', '--min-p', '0.02', '--seed', '12'],
      { temperature: 1.3, topK: 40, topP: 0.9, minP: 0.02 },
      12,
    ],
  ] as const)('draws the tokens that vitrine inspect --continue draws with %j', async (options, controls, seed) => {
    const { page, hostApi } = await open();
    await setControls(page, controls);
    await page.getByRole('spinbutton').fill(`${seed}`);
    await steps(page, 8);
    const { continuation } = await inspectJson(TEXT, '--continue', '8', ...options);
    expect(await drawnIds(page)).toEqual(continuation?.tokens.map(({ id }) => id));
    await press(page, 'Copy');
    await page.getByText('Copied.').waitFor();
    expect(hostApi.did.copied).toEqual([continuation?.text]);
  });

  it('leaves room between the two numbers of a token, however long they are', async () => {
    const { page } = await open();
    await page.locator('vt-sampling-bars li').first().waitFor();
    const room = await page.evaluate(`(async () => {
      const bars = document.createElement('vt-sampling-bars');
      bars.theme = { mark: () => () => [0, 0, 0] };
      bars.rows = [{ id: 5, raw: 1e-9, adjusted: 5.2e-5, isDrawn: true, isTaken: false, skipped: 9 }];
      document.body.append(bars);
      await bars.updateComplete;
      const rooms = [...bars.shadowRoot.querySelectorAll('li .value')].map((value) => {
        const range = document.createRange();
        range.selectNodeContents(value.lastChild);
        return value.getBoundingClientRect().width - range.getBoundingClientRect().width;
      });
      bars.remove();
      return Math.min(...rooms);
    })()`);
    expect(room).toBeGreaterThanOrEqual(0);
  });

  it('shows probabilities that sum to 100 %, and moves them without running the model again', async () => {
    const { page, host } = await open();
    const runs = countCalls(host, 'forwardTokens');
    const seen = new Set<string>();
    for (const controls of [
      { temperature: 0.5 },
      { temperature: 2 },
      { topK: 5 },
      { topK: 50, topP: 0.3 },
      { topP: 1, minP: 0.1 },
      { temperature: 0 },
    ]) {
      await setControls(page, controls);
      const shown = await rows(page);
      expect(shown.reduce((sum, { raw }) => sum + raw, 0)).toBeCloseTo(1, 4);
      expect(shown.reduce((sum, { adjusted }) => sum + adjusted, 0)).toBeCloseTo(1, 6);
      seen.add(JSON.stringify(shown));
    }
    expect(seen.size).toBe(6);
    expect(runs.count).toBe(0);
    const { tokens } = await inspectJson(TEXT, '--top', '12');
    const top = tokens.at(-1)?.top.map(({ logprob }) => Math.exp(logprob)) ?? [];
    for (const [i, probability] of top.entries()) expect((await rows(page))[i]?.raw).toBeCloseTo(probability, 4);
  });

  it('ends its curve at 0.001 %, and says how many tokens are below', async () => {
    const { page, host, hostApi } = await open();
    const { ids = [], trace = 0 } = hostApi.state.subject?.read ?? {};
    const logprobs = await host.distribution({ trace, position: ids.length - 1 });
    const under = logprobs.filter((logprob) => logprob < Math.log(1e-5)).length;
    await page.getByText(`${formatCount(under)} tokens have under 0.001 % each`).waitFor();
    const curve = page.locator('vt-rank-curve svg');
    const named = await curve
      .locator('text.end')
      .evaluateAll((texts) => texts.map((text) => [text.textContent, Number(text.getAttribute('y'))]));
    const [[, top], , [least, bottom]] = named as [[string, number], unknown, [string, number]];
    expect(least).toBe('0.001 %');
    expect(bottom - top).toBeGreaterThan(120);
    const lowest = await curve.locator('.raw').evaluate((path) => {
      const { y, height } = (path as unknown as Path).getBBox();
      return y + height;
    });
    expect(lowest).toBeLessThanOrEqual(bottom);
  });

  it.each([760, 900, 1600])(
    'keeps the names of its controls apart from what they stand at, at %i px',
    async (width) => {
      const { page } = await use.open({ view: 'continue', text: TEXT, language: 'es', width });
      const [name, value] = ['vt-term', 'output'].map((part) => page.locator(`vt-sampling-controls ${part}`).first());
      const { x = Number.NaN, width: length = 0 } = (await name?.boundingBox()) ?? {};
      expect((await value?.boundingBox())?.x).toBeGreaterThanOrEqual(x + length + 4);
    },
  );

  it('reads any token of the vocabulary off the curve, as it is in the table', async () => {
    const { page, hostApi } = await open();
    const curve = page.locator('vt-rank-curve [role=slider]');
    await curve.focus();
    await page.keyboard.press('End');
    await expect.poll(() => page.locator('vt-rank-curve p').textContent()).toContain('rank 49,152');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    const { tokens } = await inspectJson(TEXT, '--top', '2');
    const second = tokens.at(-1)?.top[1];
    const said = `rank 2: ${second?.text.replace(' ', '·')}, model ${formatLogprob(second?.logprob ?? 0)}`;
    await expect.poll(() => page.locator('vt-rank-curve p').textContent()).toContain(said);
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'Distribution, JSON' }).click();
    await expect.poll(() => hostApi.did.saved.length).toBe(1);
    const { rows: table } = JSON.parse(String(hostApi.did.saved[0]?.content)) as {
      rows: { id: number; logprob: number }[];
    };
    expect(table).toHaveLength(49_152);
    expect(table[1]?.id).toBe(second?.id);
    expect(table.reduce((sum, { logprob }) => sum + Math.exp(logprob), 0)).toBeCloseTo(1, 4);
  });

  it('shows what is known where there is no model, and says what is missing', async () => {
    const { page } = await open();
    await page.evaluate(
      `(() => { const { store } = document.querySelector('vt-inspector'); store.isLive = false; store.hover(0); })()`,
    );
    await page.getByText('To continue the text, open it in the editor').waitFor();
    expect(await page.getByRole('button', { name: 'Play' }).count()).toBe(0);
    expect(await page.locator('vt-sampling-bars button').count()).toBe(0);
    await setControls(page, { topK: 2 });
    await expect.poll(() => page.locator('vt-sampling-bars .cut').count()).toBe(10);
  });

  it.each([
    ['light', 1600, 'en'],
    ['dark', 900, 'es'],
    ['high-contrast', 320, 'es'],
  ] as const)('is accessible and fits in a %s theme at %i px in %s', async (theme, width, language) => {
    const { page, violations, screenshot } = await open({ theme, width, language });
    await page.locator('vt-sampling-bars button').nth(1).click();
    await page.locator('vt-branch-tree').waitFor();
    await still(page);
    await setControls(page, { topK: 5 });
    expect(await violations()).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    await screenshot(`continue-${theme}-${width}`);
  });
});

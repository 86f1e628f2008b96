import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { maskOf } from '../../src/shared/head-address';
import { isSupported } from '../workbench/harness/install';
import { drawn, drawnIds, press, setControls, steps, still, TEXT } from './harness/continue-view';
import { countCalls } from './harness/hold';
import { saveTable } from './harness/save';
import { useInspector } from './harness/use-inspector';

const ABLATED = [0, 2, 10, 18].map((layer) => ({ layer, head: 1 }));
const HEADS = { kind: 'heads', label: 'heads off', ablated: ABLATED } as const;
const OTHER_VOCABULARY = { kind: 'model', label: 'grouped', path: 'test/fixtures/llama/grouped.gguf' } as const;
const LISTED = 8;

const choose = (page: Page, name: string) => page.locator('vt-next-tokens vt-choice').getByText(name).click();

/** Who wrote each token of the branch, as the tree says. */
const writers = (page: Page) =>
  page.locator('vt-branch-tree .writer').evaluateAll((all) => all.map((one) => one.title));

describe.skipIf(!isSupported)('the Continue view with two models', () => {
  const use = useInspector();
  const open = async (options: Parameters<typeof use.open>[0] = {}) => {
    const inspector = await use.open({ view: 'continue', text: TEXT, comparison: HEADS, ...options });
    await inspector.page.locator('vt-next-tokens li, vt-next-tokens tbody tr').first().waitFor();
    return inspector;
  };
  const { log, max } = Math;

  /** ln p of what follows a text, and what follows with all choices the first. */
  const readBy = async (engine: typeof use.stage.engine, text: string, headMask = maskOf([])) => {
    const { trace, ids } = await engine.forward({ task: use.stage.newTask(), text, headMask });
    const logprobs = await engine.distribution({ trace, position: ids.length - 1 });
    const { tokens } = await engine.continuation({ task: use.stage.newTask(), trace, count: 3 });
    return { logprobs, greedy: tokens.map(({ id }) => id) };
  };

  it('has the same token under both in one row, with their log-ratio', async () => {
    const inspector = await open();
    const { page } = inspector;
    const [a, b] = [await readBy(use.stage.engine, TEXT), await readBy(use.stage.engine, TEXT, maskOf(ABLATED))];
    const shown = await page.locator('vt-next-table tbody tr').evaluateAll((rows) =>
      rows.map((row) => ({
        id: Number(row.getAttribute('data-id')),
        p: [...row.querySelectorAll('button')].map(({ title }) => Number(title.match(/probability (\S+),/)?.[1])),
        ratio: Number(row.querySelector('.ratio')?.getAttribute('title')),
      })),
    );
    const firsts = ({ logprobs }: typeof a) =>
      [...logprobs.keys()].sort((one, other) => (logprobs[other] ?? 0) - (logprobs[one] ?? 0)).slice(0, LISTED);
    const larger = (id: number) => max(a.logprobs[id] ?? 0, b.logprobs[id] ?? 0);
    const ids = [...new Set([...firsts(a), ...firsts(b)])].sort((one, other) => larger(other) - larger(one));
    expect(shown.map(({ id }) => id)).toEqual(ids);
    for (const { id, p, ratio } of shown) {
      expect(p.map(log)).toEqual([expect.closeTo(a.logprobs[id] ?? 0, 4), expect.closeTo(b.logprobs[id] ?? 0, 4)]);
      expect(ratio).toBeCloseTo((b.logprobs[id] ?? 0) - (a.logprobs[id] ?? 0), 4);
    }
    const { rows } = await saveTable(inspector, 'Next tokens of both');
    expect(rows).toHaveLength(49_152);
    expect(rows.reduce((sum, { logprobB }) => sum + Math.exp(Number(logprobB)), 0)).toBeCloseTo(1, 4);
  });

  it('continues with either, by the same controls, and says who wrote what', async () => {
    const { page } = await open();
    await setControls(page, { temperature: 0 });
    const b = await readBy(use.stage.engine, TEXT, maskOf(ABLATED));
    await choose(page, 'B heads off');
    await steps(page, 3);
    expect(await drawnIds(page)).toEqual(b.greedy);
    expect(await writers(page)).toEqual(Array(3).fill('written by heads off'));
    await press(page, 'Restart');
    await expect.poll(() => drawn(page)).toBe(0);
    await still(page);
    await choose(page, 'A SmolLM2 135M');
    await still(page);
    await steps(page, 3);
    const a = await readBy(use.stage.engine, TEXT);
    expect(await page.locator('vt-token-chips .drawn .id').allTextContents()).toEqual(a.greedy.map(String));
    expect(await writers(page)).toContain('written by SmolLM2 135M');
    // What was written is found again, with who wrote it.
    const before = await writers(page);
    await page.reload();
    await expect.poll(() => writers(page)).toEqual(before);
  });

  it('goes on by key with the model whose bar has the focus', async () => {
    const { page, host, hostApi } = await open();
    await page.locator('vt-next-table button').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect.poll(() => writers(page)).toEqual(['written by heads off']);
    await expect
      .poll(() =>
        page.locator('vt-next-tokens input:checked').evaluate((input) => input.parentElement?.textContent?.trim()),
      )
      .toBe('B heads off');
    await still(page);
    const readings = countCalls(host, 'forward', 'distribution');
    hostApi.edit(`${TEXT} It hid.`);
    await page.getByText('The text has been edited or closed').waitFor();
    expect(readings.count).toBe(0);
  });

  it('puts no tokens of different vocabularies beside each other, and has each read what the other wrote', async () => {
    const { page } = await open({ comparison: OTHER_VOCABULARY });
    await page.getByText('no token of one stands for a token of the other').waitFor();
    expect(await page.locator('vt-next-table').count()).toBe(0);
    const other = await use.stage.another(OTHER_VOCABULARY);
    await setControls(page, { temperature: 0 });
    await choose(page, 'B grouped');
    await steps(page, 3);
    const { greedy } = await readBy(other.engine, TEXT);
    expect(await drawnIds(page)).toEqual(greedy);
    await press(page, 'Copy');
    await page.getByText('Copied.').waitFor();
    const described = await other.engine.describe({ ids: greedy });
    const { logprobs } = await readBy(use.stage.engine, TEXT + described.map(({ text }) => text).join(''));
    const first = page.getByRole('toolbar', { name: 'The most probable tokens of A' }).locator('button').first();
    await expect
      .poll(async () => Number((await first.getAttribute('title'))?.match(/probability (\S+),/)?.[1]))
      .toBeCloseTo(Math.exp(max(...logprobs)), 4);
  });

  it('goes on with the model in use where the other cannot be asked, and says why', async () => {
    const { page, hostApi } = await open();
    const { comparison } = hostApi.state;
    if (!comparison) throw new Error('something is compared');
    hostApi.change({ comparison: { ...comparison, takesTurns: true, revision: 2 } });
    await page.getByText('Memory holds only one of the two models').waitFor();
    await steps(page, 1);
    const reading = { kind: 'failed', message: 'The engine of B ended.' } as const;
    hostApi.change({ comparison: { ...comparison, reading, revision: 3 } });
    await page.getByText(reading.message).waitFor();
    expect(await page.locator('vt-next-tokens').count()).toBe(0);
    await steps(page, 1);
  });

  it.each([
    ['light', 900, 'en', HEADS],
    ['high-contrast', 320, 'es', HEADS],
    ['dark', 320, 'es', OTHER_VOCABULARY],
  ] as const)('is accessible and fits in a %s theme at %i px in %s', async (theme, width, language, comparison) => {
    const { page, violations, screenshot } = await open({ theme, width, language, comparison });
    await page.locator('vt-next-tokens li button, vt-next-tokens td button').first().click();
    await page.locator('vt-branch-tree .writer').waitFor();
    await still(page);
    expect(await violations()).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    await screenshot(`continue-compared-${theme}-${width}`);
  });
});

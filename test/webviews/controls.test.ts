import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { VIEWS } from '../../src/shared/inspector-api';
import { isSupported } from '../workbench/harness/install';
import { useInspector } from './harness/use-inspector';
import { WHOLE } from './harness/whole';

const PAGE_SIDE = readFileSync('test/webviews/harness/controls-side.js', 'utf8');
const TEXTS = ['The mouse ate 327 cheeses.', 'It slept.'];
const VOCABULARIES = ['gpt2', 'o200k_base'];

describe.skipIf(!isSupported)('the controls', () => {
  const use = useInspector();

  it.each(VIEWS)('tell nothing of what the program sets in %s', async (view) => {
    const { page } = await use.open({ view, text: TEXTS[0] ?? '', selected: { token: 2 } });
    await page.locator(WHOLE[view]).first().waitFor();
    await page.evaluate(PAGE_SIDE);
    expect(await page.evaluate('vitrineControls.unknownElements()')).toEqual([]);
    const { set, told } = await page.evaluate<{ set: string[]; told: string[] }>('vitrineControls.setAll()');
    expect(set).not.toEqual([]);
    expect(told).toEqual([]);
  });

  it('pass on what a person writes, and nothing about a text that was set', async () => {
    const { page } = await use.open({ view: 'compare', text: TEXTS[0] ?? '' });
    await page.locator(WHOLE.compare).first().waitFor();
    await page.evaluate(PAGE_SIDE);
    expect(await page.evaluate('vitrineControls.tellOfText()')).toEqual({ ofTheSame: 0, ofAnother: 1 });
  });

  it('are called what they say once they say something else', async () => {
    const { page, hostApi } = await use.open({
      view: 'attention',
      text: TEXTS[0] ?? '',
      selected: { token: undefined, layer: 0, head: 0 },
    });
    await page.getByRole('checkbox', { name: 'switch head 0.0 off' }).waitFor();
    hostApi.change({ selected: { token: undefined, layer: 18, head: 6 } });
    await page.getByRole('checkbox', { name: 'switch head 18.6 off' }).waitFor();
  });

  it('show another text under other vocabularies a hundred times in the memory that they had', async () => {
    const { page, hostApi } = await use.open({ view: 'tokens', text: TEXTS[0] ?? '' });
    const inspect = async (round: number) => {
      hostApi.change({ viewRequest: { vocabularies: round % 2 === 0 ? VOCABULARIES : [] } });
      hostApi.edit(TEXTS[round % 2] ?? '');
      await hostApi.renew();
      const columns = page.locator('vt-vocabulary-column');
      await expect.poll(() => columns.count()).toBe(round % 2 === 0 ? 1 + VOCABULARIES.length : 1);
      await expect
        .poll(async () => (await columns.last().getByRole('option').allTextContents()).join(''))
        .toBe(TEXTS[round % 2]);
      // The box of spaces and line breaks is checked always.
      expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(await columns.count());
    };
    // As many as answers are remembered.
    for (let round = 0; round < 40; round++) await inspect(round);
    const before = await heapOf(page);
    for (let round = 0; round < 100; round++) await inspect(round);
    expect((await heapOf(page)) / before).toBeLessThan(1.2);
  }, 180_000);
});

/** Bytes of what the page's scripts still reach. */
async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}

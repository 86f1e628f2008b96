import { describe, expect, it } from 'vitest';
import { VIEWS } from '../../src/shared/inspector-api';
import { isSupported } from '../workbench/harness/install';
import { save } from './harness/save';
import { useInspector } from './harness/use-inspector';
import { WHOLE } from './harness/whole';

/** 300 words. */
const LONG = 'The mouse that ate the cheese ran from the cat. '.repeat(30);

interface PageSide {
  innerHeight: number;
  scrollTo(x: number, y: number): void;
  document: { documentElement: { scrollHeight: number } };
}

describe.skipIf(!isSupported)('the room', () => {
  const use = useInspector();

  it('holds all heads above the fold beside a text of 300 words', async () => {
    const { page } = await use.open({
      view: 'attention',
      text: LONG,
      selected: { token: 40 },
      width: 1100,
      height: 900,
    });
    await page.locator(WHOLE.attention).first().waitFor();
    const last = page.locator('vt-head-grid [role=gridcell]').last();
    await expect
      .poll(async () => {
        const { y = Number.NaN, height = 0 } = (await last.boundingBox()) ?? {};
        return y + height;
      })
      .toBeLessThanOrEqual(900);
    await page.getByRole('checkbox', { name: 'switch head' }).check();
    const notice = page.locator('vt-ablation-notice .line');
    await expect
      .poll(async () => {
        const { y = Number.NaN, height = 0 } = (await last.boundingBox()) ?? {};
        return y + height - ((await notice.boundingBox()) ?? { y: 0 }).y;
      })
      .toBeLessThanOrEqual(0);
    // And they are not smaller than they need to be.
    expect((await last.boundingBox())?.height).toBeGreaterThan(12);
  });

  it.each(['probabilities', 'attention', 'layers'] as const)(
    'keeps the text in view at the top of %s while the rest scrolls, within a third of the height',
    async (view) => {
      const { page } = await use.open({ view, text: LONG, selected: { token: 40 }, width: 1100, height: 600 });
      await page.locator(WHOLE[view]).first().waitFor();
      const boxOf = async (selector: string) =>
        (await page.locator(selector).first().boundingBox()) ?? { y: 0, height: 0 };
      const bar = await boxOf('header');
      await page.evaluate(() => (globalThis as unknown as PageSide).scrollTo(0, 1e6));
      const scrolled = (await boxOf('main')).y;
      expect(scrolled).toBeLessThan(0);
      const strip = await boxOf('vt-strip');
      expect(strip.y).toBeCloseTo(bar.height, 0);
      expect(strip.height).toBeLessThanOrEqual(200);
    },
  );

  it('has the same picture of a view wherever its page is scrolled to', async () => {
    const inspector = await use.open({ view: 'probabilities', text: LONG, selected: { token: 40 }, height: 500 });
    await inspector.page.locator(WHOLE.probabilities).first().waitFor();
    const { content } = await save(inspector, 'SVG');
    await inspector.page.evaluate(() => (globalThis as unknown as PageSide).scrollTo(0, 300));
    expect((await save(inspector, 'SVG')).content).toBe(content);
  });

  it.each(['en', 'es'])('has the button for exports in the first line of the bar in %s', async (language) => {
    const { page, hostApi } = await use.open({ text: LONG, title: 'a-file-with-a-long-name.md', language });
    for (const view of VIEWS) {
      hostApi.change({ view });
      await page
        .locator(WHOLE[view])
        .or(page.locator(`vt-${view}-view`))
        .first()
        .waitFor();
      for (const width of [1600, 1100, 701, 690, 500, 441, 320]) {
        await page.setViewportSize({ width, height: 900 });
        const { y } = (await page.locator('vt-export-menu button').first().boundingBox()) ?? { y: Number.NaN };
        expect(y, `${view} at ${width} px`).toBeLessThan(20);
      }
    }
  });
});

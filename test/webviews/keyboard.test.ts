import { describe, expect, it } from 'vitest';
import { VIEWS, type ViewName } from '../../src/shared/inspector-api';
import { groupOf, viewsOf } from '../../webviews/views/view-groups';
import { isSupported } from '../workbench/harness/install';
import type { InspectorOptions } from './harness/inspector';
import { type Control, Keyboard, type Stop } from './harness/keyboard';
import { useInspector } from './harness/use-inspector';
import { WHOLE } from './harness/whole';

const TEXT = 'The mouse counted 327 cheeses.\nThe mouse ate 9 cheeses.';

/** Whether a stop is seen before the one that comes before it: above it in its column, or to the left in its line. */
function isBefore({ box }: Stop, previous: Stop | undefined): boolean {
  if (!previous) return false;
  const { x, y, width, height } = previous.box;
  const isAbove = box.y + box.height <= y;
  const isBelow = box.y >= y + height;
  return isAbove ? box.x < x + width : !isBelow && box.x + box.width <= x;
}

interface PageSide {
  focus(): void;
  style: { setProperty(name: string, value: string): void };
}

const namesOf = (controls: readonly Control[]) => controls.map(({ name }) => name);

describe.skipIf(!isSupported)('the keyboard', () => {
  const use = useInspector();

  const openWhole = async (view: ViewName, options: InspectorOptions = {}) => {
    const { page } = await use.open({ view, text: TEXT, selected: { token: 2 }, height: 4000, ...options });
    await page.locator(WHOLE[view]).first().waitFor();
    return { page, keyboard: await Keyboard.of(page) };
  };

  it.each(VIEWS)('reaches everything in %s, comes back, and goes by arrow through every group', async (view) => {
    const { page, keyboard } = await openWhole(view, { reducedMotion: true });
    expect(await keyboard.moving(), 'what moves where motion is to be reduced').toEqual([]);
    await page.keyboard.press('Tab');
    const [unmarked, unnamed]: [string[], string[]] = [[], []];
    const stops = await keyboard.walk('Tab', async (stop) => {
      if (!(await keyboard.spokenName())) unnamed.push(stop.name);
      if (!(await keyboard.isMarked(stop))) unmarked.push(stop.name);
    });
    expect(stops[0]?.name).toContain('vt-tabs');
    const groups = stops.flatMap(({ group }) => group ?? []);
    expect(groups, 'a group is one stop').toEqual([...new Set(groups)]);
    expect(stops.filter((stop, i) => isBefore(stop, stops[i - 1])).map(({ name }) => name)).toEqual([]);
    const reached = new Set(stops.flatMap(({ number, group = number }) => [number, group]));
    const missed = (await keyboard.controls()).filter(
      ({ number, group = number }) => !reached.has(number) && !reached.has(group),
    );
    expect({ missed: namesOf(missed), unmarked, unnamed }).toEqual({ missed: [], unmarked: [], unnamed: [] });
    await page.keyboard.press('Shift+Tab');
    expect(namesOf(await keyboard.walk('Shift+Tab'))).toEqual(namesOf(stops.toReversed()));
    // Past the groups and the views, whose arrows go to another view.
    await keyboard.focus(stops[viewsOf(groupOf(view)).length > 1 ? 2 : 1]);
    await keyboard.walk('Tab', async ({ group, name }) => {
      const arrows = group === undefined ? undefined : await keyboard.arrows(group);
      expect(arrows?.reached, name).toBe(arrows?.expected);
    });
  });

  it.each([320, 525, 1600])(
    'goes in Probabilities as it is seen, in any browser, with a token changed, at %i px',
    async (width) => {
      const { page, keyboard } = await openWhole('probabilities', { width });
      await page.locator('vt-expected-tokens button.bar:not(.marked)').first().click();
      await page.locator('vt-change-panel').waitFor();
      // What not all browsers have.
      await page.locator('.views').evaluate((views) => {
        (views as unknown as PageSide).style.setProperty('reading-flow', 'normal');
      });
      await page.locator('vt-inspector').evaluate((inspector) => (inspector as unknown as PageSide).focus());
      const stops = await keyboard.walk('Tab');
      expect(stops.filter((stop, i) => isBefore(stop, stops[i - 1])).map(({ name }) => name)).toEqual([]);
      expect(stops.map(({ name }) => name).join()).toContain('vt-change-line');
    },
  );

  it('goes by arrow through the groups and round, and finds each at the view that it showed last', async () => {
    const { page } = await openWhole('tokens');
    const main = page.getByRole('main');
    const groups = page.getByRole('tablist', { name: 'Groups of views' });
    const press = async (key: string, view: string) => {
      await page.keyboard.press(key);
      await expect.poll(() => main.getAttribute('aria-label')).toBe(view);
    };
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await press('ArrowRight', 'Numbers');
    await page.keyboard.press('Shift+Tab');
    for (const view of ['Probabilities', 'Attention', 'Texts', 'Anatomy', 'Numbers']) await press('ArrowRight', view);
    await press('End', 'Anatomy');
    await press('Home', 'Numbers');
    expect(await groups.getByRole('tab', { selected: true }).textContent()).toBe('Text');
  });

  it('is one menu in a narrow page', async () => {
    const { page } = await openWhole('tokens', { width: 320 });
    expect(await page.getByRole('tab').count()).toBe(0);
    await page.keyboard.press('Tab');
    await page.getByRole('combobox', { name: 'Views of the inspector' }).press('ArrowDown');
    await expect.poll(() => page.getByRole('main').getAttribute('aria-label')).toBe('Numbers');
  });

  it.each(['en', 'es'])('cuts no name of a view, however narrow the page is, in %s', async (language) => {
    const { page } = await openWhole('tokens', { language });
    for (const width of [1600, 900, 700, 550, 441, 440, 320, 280]) {
      await page.setViewportSize({ width, height: 900 });
      const controls = page.locator('vt-view-bar').locator('[role="tab"], select').filter({ visible: true });
      for (const box of await controls.evaluateAll((all) => all.map((control) => control.getBoundingClientRect()))) {
        expect(box.left, `${width}`).toBeGreaterThanOrEqual(0);
        expect(box.right, `${width}`).toBeLessThanOrEqual(width);
      }
    }
  });
});

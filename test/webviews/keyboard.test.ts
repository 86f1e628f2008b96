import { describe, expect, it } from 'vitest';
import { VIEWS, type ViewName } from '../../src/shared/inspector-api';
import { isSupported } from '../workbench/harness/install';
import type { InspectorOptions } from './harness/inspector';
import { type Control, Keyboard } from './harness/keyboard';
import { useInspector } from './harness/use-inspector';
import { WHOLE } from './harness/whole';

const TEXT = 'The mouse counted 327 cheeses.\nThe mouse ate 9 cheeses.';

const namesOf = (controls: readonly Control[]) => controls.map(({ name }) => name);

describe.skipIf(!isSupported)('the keyboard', () => {
  const use = useInspector();

  const openWhole = async (view: ViewName, options: InspectorOptions = {}) => {
    const { page } = await use.open({ view, text: TEXT, selected: { token: 2 }, height: 4000, ...options });
    await page.locator(WHOLE[view]).first().waitFor();
    return { page, keyboard: await Keyboard.of(page) };
  };

  it.each(VIEWS)('reaches everything in %s, and comes back', async (view) => {
    const { page, keyboard } = await openWhole(view);
    await page.keyboard.press('Tab');
    const [unmarked, unnamed]: [string[], string[]] = [[], []];
    const stops = await keyboard.walk('Tab', async (stop) => {
      if (!(await keyboard.spokenName())) unnamed.push(stop.name);
      if (!(await keyboard.isMarked(stop))) unmarked.push(stop.name);
    });
    expect(stops[0]?.name).toContain('vt-tabs');
    const reached = new Set(stops.flatMap(({ number, group = number }) => [number, group]));
    const missed = (await keyboard.controls()).filter(
      ({ number, group = number }) => !reached.has(number) && !reached.has(group),
    );
    expect({ missed: namesOf(missed), unmarked, unnamed }).toEqual({ missed: [], unmarked: [], unnamed: [] });
    await page.keyboard.press('Shift+Tab');
    expect(namesOf(await keyboard.walk('Shift+Tab'))).toEqual(namesOf(stops.toReversed()));
  });

  it.each(VIEWS)('goes by arrow through every group in %s', async (view) => {
    const { page, keyboard } = await openWhole(view);
    await page.keyboard.press('Tab');
    // Past the tabs, whose arrows go to another view.
    await page.keyboard.press('Tab');
    await keyboard.walk('Tab', async ({ group, name }) => {
      const arrows = group === undefined ? undefined : await keyboard.arrows(group);
      expect(arrows?.reached, name).toBe(arrows?.expected);
    });
  });

  it('goes by arrow through the views, and round', async () => {
    const { page } = await openWhole('tokens');
    await page.keyboard.press('Tab');
    const tab = page.getByRole('tab', { selected: true });
    const shown: (string | null)[] = [];
    for (const _ of VIEWS) {
      shown.push(await page.getByRole('main').getAttribute('aria-label'));
      expect(await tab.textContent()).toBe(shown.at(-1));
      await page.keyboard.press('ArrowRight');
    }
    expect(new Set(shown).size).toBe(VIEWS.length);
    await expect.poll(() => tab.textContent()).toBe(shown[0]);
  });

  it.each(VIEWS)('has nothing that moves in %s where motion is to be reduced', async (view) => {
    const { keyboard } = await openWhole(view, { reducedMotion: true });
    expect(await keyboard.moving()).toEqual([]);
  });
});

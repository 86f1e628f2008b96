import { expect, test } from 'vitest';
import { describeInWorkbench } from './harness/describe';
import { whileEngineStandsStill } from './harness/stand-still';
import { textsSeen } from './harness/texts-seen';
import type { Workbench } from './harness/workbench';

/** Rows that no model foresees, so that there are colours in all of them. */
const NAMES = ['mouse', 'violin', 'cheese', 'roof', 'galaxy', 'Tuesday', 'sleep'];
const nameAt = (i: number) => NAMES[((i * i) % 9973) % NAMES.length];
const ROWS = Array.from({ length: 3000 }, (_, i) => `{"id": ${(i * 7919) % 9973}, "name": "${nameAt(i)}"}`);

/** Fewer than by default, so that a screen is read sooner. */
const settings = { 'vitrine.contextBefore': 500 };
/** What the model reads at most for a screen of them: with all that fits it would be 8,192. */
const MOST_TOKENS = 4500;

const NOTICE = 'Vitrine reads rows.jsonl';

describeInWorkbench(
  'a text that is longer than the context',
  { files: { 'rows.jsonl': ROWS.join('\n') }, settings },
  (workbench) => {
    test('is coloured where it is seen, and which lines were read is told', async () => {
      await workbench().openFile('rows.jsonl');
      await workbench().goTo(1500, 1);
      await workbench().run('Vitrine: Colour by Surprisal');
      await expect.poll(() => isColoured(workbench())).toBe(true);
      const read = /read from line ([\d,]+)/;
      const coloured = /Coloured in lines ([\d,]+) to ([\d,]+)/;
      await expect.poll(() => workbench().tooltip()).toMatch(coloured);
      const told = await workbench().tooltip();
      const [from, first, last] = [...(read.exec(told) ?? []).slice(1), ...(coloured.exec(told) ?? []).slice(1)].map(
        (line) => Number(line.replace(',', '')),
      );
      expect(from).toBeGreaterThan(1000);
      expect(first).toBeGreaterThan(from ?? 0);
      expect(first).toBeLessThan(1500);
      expect(last).toBeGreaterThan(1500);
      expect(last).toBeLessThan(1600);
      await workbench().screenshots('long-text-tooltip');
    });

    test('is read a screen at a time while one scrolls, whose size does not grow', async () => {
      const seen = await textsSeen(
        workbench().page,
        `.notification-list-item-message, .part.statusbar .statusbar-item`,
      );
      for (let page = 0; page < 2; page++) {
        await workbench().page.keyboard.press('PageDown');
        await expect.poll(() => isColoured(workbench())).toBe(true);
      }
      const totals = (await seen()).flatMap((told) => /of ([\d,]+) tokens/.exec(told)?.[1] ?? []);
      expect(totals).not.toEqual([]);
      expect(Math.max(...totals.map((total) => Number(total.replace(',', ''))))).toBeLessThan(MOST_TOKENS);
    });

    test('a reading that takes long can be cancelled after a scroll too: the colours stay, and nothing is read until the next', async () => {
      await expect.poll(() => isColoured(workbench())).toBe(true);
      await workbench().page.keyboard.press('PageDown');
      await expect.poll(() => isColoured(workbench())).toBe(true);
      await whileEngineStandsStill(workbench(), async () => {
        await workbench().goTo(2500, 1);
        await workbench().notification(NOTICE).waitFor();
        await workbench().screenshots('reading-after-a-scroll');
        const toast = workbench().page.locator('.notification-list-item', { has: workbench().notification(NOTICE) });
        await toast.hover();
        await toast.getByRole('button', { name: 'Cancel' }).click();
        await workbench().notification(NOTICE).waitFor({ state: 'hidden' });
      });
      await workbench().run('View: Split Editor Right');
      await workbench().run('View: Close Editor');
      await expect(workbench().notification(NOTICE).waitFor({ timeout: 3000 })).rejects.toThrow();
      expect(await workbench().paint()).toHaveLength(0);
      await workbench().goTo(1540, 1);
      await expect.poll(() => isColoured(workbench())).toBe(true);
      await workbench().run('Vitrine: Clear Decorations');
    });
  },
);

/** Whether what is seen has colours in most lines. */
async function isColoured(workbench: Workbench): Promise<boolean> {
  return (await workbench.paint()).length > 60;
}

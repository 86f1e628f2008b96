import { expect, test } from 'vitest';
import { describeInWorkbench } from './harness/describe';
import type { Workbench } from './harness/workbench';

const TEXT = 'שלום עולם, this is mixed مرحبا بالعالم.\n';

describeInWorkbench('text from right to left', { files: { 'mixed.txt': TEXT } }, (workbench) => {
  test.each([['Vitrine: Colour by Surprisal'], ['Vitrine: Colour by Entropy'], ['Vitrine: Attention From Cursor']])(
    'keeps every letter in its place under %s, with bands or without',
    async (command) => {
      await workbench().openFile('mixed.txt');
      await workbench().goTo(1, 15);
      const before = await lettersOf(workbench());
      await workbench().run(command);
      await expect.poll(async () => (await workbench().paint()).length).toBeGreaterThan(3);
      expect(await lettersOf(workbench())).toEqual(before);
      const painted = await workbench().page.locator('.view-overlays .cdr').count();
      await workbench().run('Vitrine: Toggle Token Bands');
      await expect.poll(() => workbench().page.locator('.view-overlays .cdr').count()).toBeGreaterThan(painted);
      expect(await lettersOf(workbench())).toEqual(before);
      await workbench().screenshot(`right-to-left ${command.split(' ').at(-1)}`.replace(' ', '-').toLowerCase());
      await workbench().run('Vitrine: Clear Decorations');
      await expect.poll(() => workbench().paint()).toHaveLength(0);
    },
  );
});

/** The letters of the first line with where each stands, in pixels; what decorations put in between is left out. */
async function lettersOf(workbench: Workbench): Promise<string[]> {
  // The code runs in the page: it knows nothing but its argument.
  const letters: string[] = await workbench.page
    .locator('.editor-instance .view-line')
    .first()
    .evaluate((line) => {
      const { ownerDocument } = line;
      const texts = ownerDocument.createTreeWalker(line, 4);
      const found = [];
      while (texts.nextNode()) {
        const { currentNode } = texts;
        for (let i = 0; i < currentNode.data.length; i++) {
          const range = ownerDocument.createRange();
          range.setStart(currentNode, i);
          range.setEnd(currentNode, i + 1);
          found.push(`${currentNode.data[i]} ${Math.round(range.getBoundingClientRect().left)}`);
        }
      }
      return found;
    });
  return letters;
}

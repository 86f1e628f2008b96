import { expect, test } from 'vitest';
import { describeInWorkbench } from './harness/describe';
import { InspectorPage } from './harness/inspector';
import type { Paint, Workbench } from './harness/workbench';

/** Wang et al. 2022: the model goes on with the name that stands once. */
const NAMES = 'When John and Mary went to the shops, John gave the bag to';
const CODE = `def total_price(items):
    total = 0
    for price, quantity in items:
        total += price * quanttiy
    return total
`;

describeInWorkbench('why a token', { files: { 'names.txt': NAMES, 'typo.py': CODE } }, (workbench) => {
  test('paints what each word brings, at the end of the text for what comes next, with the strongest as numbers', async () => {
    await workbench().openFile('names.txt');
    await workbench().goTo(1, NAMES.length + 1);
    await workbench().run('Vitrine: Why This Token');
    // What PyTorch says of the same weights.
    const note =
      /^·Mary \+2\.2 {3}·John −2\.[01] {3}·John \+0\.98 {3}·gave −0\.56 {3}When \+0\.25 {3}for ·Mary, against ·John$/;
    await expect.poll(() => notesOf(workbench())).toContainEqual(expect.stringMatching(note));
    expect((await workbench().paint()).map(sideOf)).toEqual([
      'for',
      'against',
      'against',
      'for',
      'against',
      'for',
      'against',
    ]);
    await workbench().screenshots('why');
  });

  test('says in a hover what one word brings, and in the status bar what is painted', async () => {
    const hover = await workbench().pointAt('Mary');
    await expect
      .poll(() => hover.textContent().then(spaced))
      .toMatch(/\+2\.2 for \W*·Mary ?, against \W*·John \W* of a logit difference of \+3\.1/);
    await workbench().screenshot('why-hover');
    await workbench().status('for ·Mary, against ·John').click();
    const inspector = new InspectorPage(workbench());
    await inspector.shows('Why');
    await inspector.text('Layer by layer').waitFor();
    expect(await inspector.text(/Opened on/).count()).toBe(0);
    await workbench().screenshots('why-inspector');
  });

  test('of any two tokens, chosen or typed: which words made the model expect the one that is misspelt', async () => {
    await workbench().run('View: Close All Editors');
    await workbench().openFile('typo.py');
    await workbench().goTo(4, 27);
    await workbench().runAndChoose('Vitrine: Why This Token Rather Than…', '·quantity');
    await workbench()
      .page.locator('.quick-input-widget', { hasText: 'Why ·quantity rather than which other?' })
      .waitFor();
    await workbench().page.keyboard.type('item');
    // Of what was typed both are offered, which comes a moment after the list of what was known has been filtered.
    const rows = workbench().page.locator('.quick-input-list .monaco-list-row');
    await rows.filter({ hasText: /^item/ }).first().waitFor();
    await rows.and(workbench().page.locator('.focused')).filter({ hasText: '·item' }).waitFor();
    await workbench().page.keyboard.press('Enter');
    await expect.poll(() => notesOf(workbench())).toContainEqual(expect.stringContaining('·quantity +2.2'));
    await workbench().screenshots('why-chosen');
  });

  test('is taken away by Escape, and by the command for all that is painted', async () => {
    await workbench().page.locator('.editor-instance .view-line').first().click();
    await workbench().page.keyboard.press('Escape');
    await expect.poll(() => workbench().paint()).toHaveLength(0);
    await workbench().run('Vitrine: Why This Token');
    await expect.poll(() => workbench().paint()).not.toHaveLength(0);
    // What follows the cursor into another document was not asked for there: the command shows it, and the next one takes it away.
    await workbench().openFile('names.txt');
    await workbench().goTo(1, NAMES.length + 1);
    await workbench().run('Vitrine: Why This Token');
    await expect.poll(() => notesOf(workbench())).toContainEqual(expect.stringContaining('for ·Mary'));
    await workbench().run('Vitrine: Why This Token');
    await expect.poll(() => workbench().paint()).toHaveLength(0);
    await workbench().run('Vitrine: Why This Token');
    await expect.poll(() => workbench().paint()).not.toHaveLength(0);
    await workbench().run('Vitrine: Clear Decorations');
    await expect.poll(() => workbench().paint()).toHaveLength(0);
  });
});

/** What stands behind lines. */
async function notesOf({ page }: Workbench): Promise<string[]> {
  // The code runs in the page: it knows nothing but its argument.
  return page.locator('.editor-instance .view-line span[class*="ced-"]').evaluateAll((elements) =>
    elements.flatMap((element) => {
      const { content } = element.ownerDocument.defaultView.getComputedStyle(element, '::after');
      return content.startsWith('"') ? [JSON.parse(content).replaceAll('\u00a0', ' ')] : [];
    }),
  );
}

const sideOf = ({ colour: [red = 0, , blue = 0] }: Paint) => (blue > red ? 'for' : 'against');

/** The page shows spaces that do not break. */
const spaced = (text: string | null) => (text ?? '').replaceAll('\u00a0', ' ');

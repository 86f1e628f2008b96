import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { visibleText } from '../../src/display/glyphs';
import { formatBits, formatCount, formatLogprob, formatProbability } from '../../src/display/numbers';
import { type InspectJson, inspectJson } from '../support/command-line';
import { describeInWorkbench } from './harness/describe';
import { expectCommands } from './harness/palette';
import type { Workbench } from './harness/workbench';

const TEXT = 'The mouse ate the cheese.';

const LONG_LINE = 'The mouse ate the cheese, and the cat saw it from the roof. '.repeat(6);

const files = { 'mouse.txt': TEXT, 'cat.txt': 'The cat saw a dog.', 'long.txt': `${LONG_LINE}\n\nThen it slept.` };
// In a browser the workbench saves what is typed after a second, which then cannot be reverted.
const settings = { 'files.autoSave': 'off' };

describeInWorkbench('in the editor', { files, settings }, (workbench) => {
  test('the palette offers every command by its title', async () => {
    await workbench().openFile('mouse.txt');
    await expectCommands(workbench(), 'package.nls.json');
  });

  test('bands alternate from token to token and follow typing', async () => {
    await workbench().run('Vitrine: Toggle Token Bands');
    await expect.poll(() => workbench().paint()).toHaveLength(6);
    const [first, second, third] = await workbench().paint();
    expect(first?.opacity).not.toBe(second?.opacity);
    expect(first?.opacity).toBe(third?.opacity);
    await workbench().screenshots('bands');
    await workbench().goTo(1, TEXT.length + 1);
    await workbench().page.keyboard.type(' Then it slept.');
    await expect.poll(() => workbench().paint()).toHaveLength(10);
    await workbench().run('File: Revert File');
    await expect.poll(() => workbench().paint()).toHaveLength(6);
    await workbench().run('Vitrine: Toggle Token Bands');
    await expect.poll(() => workbench().paint()).toHaveLength(0);
  });

  test('the more a token surprises, the stronger its colour', async () => {
    const { tokens } = await inspectJson(TEXT);
    await workbench().run('Vitrine: Colour by Surprisal');
    // What has less than two of the scale's sixteen bits has no colour.
    const bits = tokens.map(({ logprob }) => -(logprob ?? 0) / Math.LN2).filter((value) => value >= 2);
    await expect.poll(() => workbench().paint()).toHaveLength(bits.length);
    const paint = await workbench().paint();
    expect(orderOf(paint.map(({ opacity }) => opacity))).toEqual(orderOf(bits));
    await workbench().status('SmolLM2 135M · cpu · 6 tok').waitFor();
    await workbench().screenshots('surprisal');
  });

  test('a selection that ends inside a token has the tokens of the text that ends there', async () => {
    const cut = TEXT.slice(0, TEXT.indexOf('se.'));
    const before = 'The'.length;
    const { tokens } = await inspectJson(cut);
    const selected = tokens.filter(({ end }) => end > before);
    expect(selected.map(({ text }) => text)).toEqual([' mouse', ' ate', ' the', ' che', 'e']);
    await workbench().select([1, before + 1], [1, cut.length + 1]);
    await workbench().status(`${selected.length} tok · with the text before it`).waitFor();
    await workbench().run('Vitrine: Count Tokens');
    await workbench().notification(`SmolLM2 135M: ${selected.length} tokens`).waitFor();
    await workbench().run('Notifications: Clear All Notifications');
  });

  test('a hover shows the numbers of vitrine inspect', async () => {
    const json = await inspectJson(TEXT, '--top', '5');
    for (const index of [1, 4]) {
      const hover = await workbench().hover(1, (json.tokens[index]?.start ?? 0) + 2);
      for (const line of cardOf(json, index)) await expect.poll(() => hover.textContent().then(spaced)).toContain(line);
    }
    await workbench().screenshots('hover');
    await workbench().page.keyboard.press('Escape');
  });

  test('the side panel lists the tokens with the same numbers, and leads to them', async () => {
    const { tokens } = await inspectJson(TEXT);
    const { page } = workbench();
    await page.locator('.activitybar .action-label[aria-label^="Vitrine"]').click();
    const rows = workbench().rows('Tokens');
    for (const [index, { id, text, logprob, rank }] of tokens.entries()) {
      // The first row is the line that the tokens stand in.
      const shown = () =>
        rows
          .nth(index + 1)
          .textContent()
          .then(spaced);
      const judged = logprob === null ? 'nothing predicts it' : judgement(logprob, rank ?? 0);
      for (const part of [visibleText(text), judged, String(id)]) await expect.poll(shown).toContain(part);
    }
    await rows.filter({ hasText: '·ate' }).last().click();
    await workbench().status('Ln 1, Col 10').waitFor();
    // The row that is selected already leads there too.
    await workbench().goTo(1, 12);
    await rows.filter({ hasText: '·ate' }).last().click();
    await workbench().status('Ln 1, Col 10').waitFor();
    await workbench().screenshots('side-panel');
  });

  test('the side panel goes on with the text that was left for a log', async () => {
    const sideBar = 'View: Toggle Primary Side Bar Visibility';
    await workbench().run(sideBar);
    await workbench().openFile('cat.txt');
    await workbench().run('Vitrine: Show Log');
    await workbench().page.locator('.output-view .view-lines').click();
    await workbench().run(sideBar);
    await workbench().rows('Tokens').filter({ hasText: '·dog' }).last().click();
    await workbench().status('Ln 1, Col 14').waitFor();
    await workbench().screenshots('side-panel-and-log');
    await workbench().run('View: Hide Panel');
    await workbench().openFile('mouse.txt');
  });

  test('attention is painted from the cursor, and cleared', async () => {
    await workbench().goTo(1, TEXT.length);
    await workbench().run('Vitrine: Attention From Cursor');
    await expect.poll(async () => (await workbench().paint()).some(isBlue)).toBe(true);
    await workbench().screenshots('attention');
    // The mouse points elsewhere than the cursor: at what its token looks back to.
    const hover = await workbench().pointAt('mouse');
    await expect
      .poll(() => hover.textContent().then(spaced))
      .toContain(`${formatProbability(await meanAttention(5, 1))} of the attention of`);
    await workbench().screenshot('hover-attention');
    await expect
      .poll(() => workbench().tooltip())
      .toMatch(
        /Attention 0 % .* %.*How much \W*\. ?, in the frame, takes from each token before it: mean of all heads/,
      );
    await workbench().screenshot('status-attention');
    await workbench().run('Vitrine: Clear Decorations');
    await expect.poll(() => workbench().paint()).toHaveLength(0);
  });

  test('attention is not mistaken for the marks that the editor puts on a word', async () => {
    const marks = workbench().page.locator('.view-overlays .wordHighlightText');
    const blue = async () => (await workbench().paint()).filter(isBlue).length;
    await workbench().goTo(1, 6);
    await marks.first().waitFor();
    await workbench().run('Vitrine: Attention From Cursor');
    await expect.poll(blue).toBeGreaterThan(0);
    // Those that are there already may stay, hidden.
    await expect.poll(() => visibleCount(marks)).toBe(0);
    const before = await blue();
    await workbench().goTo(1, 20);
    await expect.poll(blue).toBeGreaterThan(before);
    await expect.poll(() => visibleCount(marks)).toBe(0);
    await workbench().run('Vitrine: Clear Decorations');
    // The editor asks for marks when the cursor moves, and not again when more can answer.
    await expect.poll(blue).toBe(0);
    await workbench().goTo(1, 6);
    await marks.first().waitFor();
  });

  test('whose attention it is stands where it is seen, also of a line that is longer than the window', async () => {
    await workbench().openFile('long.txt');
    await workbench().goTo(1, 20);
    await workbench().run('Vitrine: Attention From Cursor');
    await expect.poll(() => notesOf(workbench())).toMatchObject([{ text: expect.stringMatching(/^mean · ≤ .* %$/) }]);
    const [note] = await notesOf(workbench());
    const minimap = await workbench().page.locator('.editor-instance .minimap').boundingBox();
    expect(note?.right).toBeLessThan(minimap?.x ?? 0);
    await workbench().screenshots('attention-of-long-line');
    await workbench().run('Vitrine: Clear Decorations');
    await workbench().openFile('mouse.txt');
  });

  test('what is asked for in a log happens to no other text', async () => {
    await workbench().run('Vitrine: Show Log');
    await workbench().page.locator('.output-view .view-lines').click();
    await workbench().run('Vitrine: Colour by Surprisal');
    await workbench().notification('Vitrine does not read logs').waitFor();
    expect(await workbench().paint()).toHaveLength(0);
    await workbench().screenshot('asked-in-log');
    await workbench().run('Notifications: Clear All Notifications');
    await workbench().run('View: Hide Panel');
  });
});

describeInWorkbench(
  'attention beside the marks of several texts',
  {
    files: { 'one.txt': 'The mouse saw the mouse.', 'two.txt': 'A mouse ran.' },
    settings: { ...settings, 'editor.occurrencesHighlight': 'multiFile' },
  },
  (workbench) => {
    const marks = (kind: string) => workbench().page.locator(`.view-overlays .${kind}`);
    const editorSettings = () => {
      const file = join(dirname(workbench().server.extensions), 'User/settings.json');
      const all: Record<string, unknown> = JSON.parse(readFileSync(file, 'utf8'));
      return Object.fromEntries(Object.entries(all).filter(([name]) => name.startsWith('editor.')));
    };

    test('none of a word or of a selection is seen while it is painted, and the settings stay as they are', async () => {
      await workbench().openFile('two.txt');
      await workbench().run('View: Split Editor Right');
      await workbench().run('View: Focus Left Editor Group');
      await workbench().openFile('one.txt');
      await workbench().goTo(1, 6);
      await marks('wordHighlightText').nth(2).waitFor();
      await workbench().run('Vitrine: Attention From Cursor');
      await expect.poll(async () => (await workbench().paint()).some(isBlue)).toBe(true);
      await workbench().select([1, 5], [1, 10]);
      await marks('selectionHighlight').first().waitFor({ state: 'attached' });
      await workbench().screenshots('attention-without-marks');
      expect(await visibleCount(marks('wordHighlightText'))).toBe(0);
      expect(await visibleCount(marks('selectionHighlight'))).toBe(0);
      expect(editorSettings()).toEqual({ 'editor.occurrencesHighlight': 'multiFile' });
    });

    test('they are back without it', async () => {
      await workbench().run('Vitrine: Clear Decorations');
      await marks('selectionHighlight').first().waitFor();
      await workbench().goTo(1, 6);
      await marks('wordHighlightText').nth(2).waitFor();
    });

    test('also after a window that was loaded again meanwhile', async () => {
      await workbench().run('Vitrine: Attention From Cursor');
      await expect.poll(async () => (await workbench().paint()).some(isBlue)).toBe(true);
      expect(await visibleCount(marks('wordHighlightText'))).toBe(0);
      await workbench().page.reload();
      await workbench().goTo(1, 6);
      await marks('wordHighlightText').first().waitFor();
    });
  },
);

/** What stands behind lines, and where it ends on the screen. */
async function notesOf({ page }: Workbench): Promise<{ text: string; right: number }[]> {
  // The code runs in the page: it knows nothing but its argument.
  return page.locator('.editor-instance .view-line span[class*="ced-"]').evaluateAll((elements) =>
    elements.flatMap((element) => {
      const { content } = element.ownerDocument.defaultView.getComputedStyle(element, '::after');
      if (!content.startsWith('"')) return [];
      const { right } = element.getBoundingClientRect();
      return [{ text: JSON.parse(content).replaceAll('\u00a0', ' '), right }];
    }),
  );
}

const visibleCount = (locator: Locator) => locator.filter({ visible: true }).count();

/** The lines of a hover card with a model's numbers. */
function cardOf({ tokens }: InspectJson, index: number): string[] {
  const [before, token] = [tokens[index - 1], tokens[index]];
  if (!before || token?.logprob == null || token.rank === null) throw new Error(`token ${index} is not predicted`);
  const numbers = [formatLogprob(token.logprob), `rank ${formatCount(token.rank + 1)}`];
  const bits = [`surprisal ${formatBits(-token.logprob / Math.LN2)}`, `entropy ${formatBits(before.entropy)}`];
  const instead = before.top.slice(0, 4).map(({ text, logprob }) => `${formatLogprob(logprob)}  ${visibleText(text)}`);
  return [[...numbers, ...bits].join(' · '), ...instead];
}

/** The mean weight that the heads give, from one token of the text to another. */
async function meanAttention(query: number, key: number): Promise<number> {
  const { heads = [] } = await inspectJson(TEXT, '--heads');
  const options = heads.flatMap(({ layer, head }) => ['--attention', `${layer}.${head}`]);
  const { attention = [] } = await inspectJson(TEXT, ...options);
  return attention.reduce((sum, { pattern }) => sum + (pattern[query]?.[key] ?? Number.NaN), 0) / attention.length;
}

function judgement(logprob: number, rank: number): string {
  return [formatBits(-logprob / Math.LN2), formatLogprob(logprob), `rank ${formatCount(rank + 1)}`].join(' · ');
}

/** Places by size: equal orders mean that one rises with the other. */
const orderOf = (values: number[]) =>
  values.map((_, index) => index).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));

const isBlue = ({ colour: [red = 0, , blue = 0] }: { colour: number[] }) => blue > 2 * red;

/** The page shows spaces that do not break. */
const spaced = (text: string | null) => (text ?? '').replaceAll('\u00a0', ' ');

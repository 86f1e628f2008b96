import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { formatDecimal, formatNats } from '../../src/display/numbers';
import { candidates } from '../../src/shared/sampling';
import { nextTask } from '../support/engine';
import { defaultVocabulary } from '../support/vocabularies';
import { isSupported } from '../workbench/harness/install';
import { expectClose, titles } from './harness/probabilities-view';
import { openFile, writeRecording } from './harness/recorded-file';
import { useInspector } from './harness/use-inspector';

const TEXT = 'The mouse that ate the cheese ran from the cat that ate the mouse.';
/** `·cheese`, the sixth guess there. */
const TOKEN = 5;
/** `·the` before it. */
const LOOKING = 4;
const MERGES = 'Its word, merge by merge';
const ROW = 'How these weights come about';
const LOSS = 'How the loss comes about';
const SOFTMAX = 'How softmax makes these probabilities';

async function openWorking(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name }).focus();
  await page.keyboard.press('Enter');
}

describe.skipIf(!isSupported)('the working of', () => {
  const use = useInspector();

  /** Natural logarithms of probabilities after a token, the largest first. */
  const logprobsAfter = async (position: number): Promise<Float32Array> => {
    const { trace } = await use.stage.engine.forward({ task: nextTask(), text: TEXT });
    return (await use.stage.engine.distribution({ trace, position })).sort().reverse();
  };

  it('softmax goes from logits to the probabilities of the model, by keyboard', async () => {
    const inspector = await use.open({ view: 'probabilities', text: TEXT, selected: { token: TOKEN } });
    const { page } = inspector;
    await openWorking(page, SOFTMAX);
    const cells = 'vt-softmax-working tbody td[title]';
    await page.locator(cells).nth(19).waitFor();
    const shown = await titles(page, cells);
    const logprobs = await logprobsAfter(TOKEN - 1);
    // Six tokens of three numbers each, then the exponentials and the probability of the rest.
    const tokens = Array.from({ length: 6 }, (_, i) => shown.slice(3 * i, 3 * i + 3) as [number, number, number]);
    const expected = [...logprobs.subarray(0, 6)].map(Math.exp);
    expectClose(
      tokens.map(([, , probability]) => probability),
      expected,
    );
    const largest = tokens[0]?.[0] ?? 0;
    const sum = tokens.reduce((total, [logit]) => total + Math.exp(logit - largest), shown[18] ?? 0);
    for (const [logit, exponential, probability] of tokens) {
      expect(exponential).toBeCloseTo(Math.exp(logit - largest), 4);
      expect(probability).toBeCloseTo(exponential / sum, 4);
    }
    expect(shown[19]).toBeCloseTo(1 - expected.reduce((total, one) => total + one, 0), 4);
    expect(await inspector.violations()).toEqual([]);

    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('vt-softmax-working').count()).toBe(0);
    expect(
      await page.getByRole('button', { name: SOFTMAX, expanded: false }).evaluate((one) => one.matches(':focus')),
    ).toBe(true);
  });

  it('softmax of the next token divides by the temperature first', async () => {
    const { page } = await use.open({ view: 'continue', text: TEXT });
    await openWorking(page, SOFTMAX);
    const cells = 'vt-softmax-working tbody td[title]';
    await page.locator(cells).nth(21).waitFor();
    const last = await page.locator(cells).evaluateAll((all) => all.map((cell) => Number(cell.title)));
    const ofTokens = last.filter((_, i) => i % 4 === 3).slice(0, 5);
    const logprobs = await logprobsAfter(14);
    const expected = candidates(logprobs, { temperature: 0.8 }).slice(0, 5);
    expectClose(
      ofTokens,
      expected.map(({ probability }) => probability),
    );
  });

  it('a loss holds a whole word against a whole word, and adds up what its pieces cost', async () => {
    const text = 'The engineer recalibrated the machine.';
    const { page, violations } = await use.open({ view: 'probabilities', text, selected: { token: 3 } });
    await page.getByRole('textbox', { name: 'Loss of another word here' }).pressSequentially('dismantled');
    await openWorking(page, LOSS);
    const words = page.locator('vt-loss-working li');
    await words.nth(1).waitFor();
    const { engine } = use.stage;
    const lossOf = async (word: string) => {
      const [before, all] = [`The engineer`, `The engineer ${word}`];
      const { ids } = await engine.forward({ task: nextTask(), text: all });
      const from = (await engine.forward({ task: nextTask(), text: before })).ids.length;
      return [...(await engine.score({ task: nextTask(), ids: [...ids] }))].slice(from).map((logprob) => -logprob);
    };
    for (const [i, word] of ['recalibrated', 'dismantled'].entries()) {
      const pieces = await lossOf(word);
      const shown = (await words.nth(i).textContent()) ?? '';
      expect(shown).toContain(word);
      expect(shown).toContain(formatNats(pieces.reduce((sum, loss) => sum + loss, 0)));
      if (pieces.length > 1) expect(shown).toContain(`= ${pieces.map(formatDecimal).join(' + ')}`);
    }
    expect(await violations()).toEqual([]);
  });

  it('a head goes from products of queries and keys to its weights, and says what is masked', async () => {
    const selected = { token: LOOKING, layer: 17, head: 5 };
    const inspector = await use.open({ view: 'attention', text: TEXT, selected });
    const { page } = inspector;
    await openWorking(page, ROW);
    const cells = 'vt-row-working tbody td[title]';
    await page.locator(cells).nth(21).waitFor();
    const { trace } = await use.stage.engine.forward({ task: nextTask(), text: TEXT });
    const pattern = await use.stage.engine.attentionOfQuery({ trace, layer: 17, head: 5, query: LOOKING });
    // All five that it sees are shown, and the next one after them: product, score, weight, length.
    const shown = await titles(page, cells);
    const weights = shown.slice(0, 20).filter((_, i) => i % 4 === 2);
    expectClose(weights.toSorted(), [...pattern].toSorted());
    const scores = shown.slice(0, 20).filter((_, i) => i % 4 === 1);
    const sum = scores.reduce((total, score) => total + Math.exp(score), 0);
    expectClose(
      weights,
      scores.map((score) => Math.exp(score) / sum),
    );
    await page.locator('vt-row-working tr', { hasText: '·cheese and 9 later' }).getByText('masked').waitFor();
    expect(await inspector.violations()).toEqual([]);
  });

  it('a word is stepped through merge by merge, by buttons, by keys and played', async () => {
    const { page, violations } = await use.open({
      view: 'tokens',
      text: 'It was recalibrated.',
      selected: { token: 3 },
    });
    await openWorking(page, MERGES);
    const steps = page.locator('vt-merge-steps');
    const pieces = () => steps.locator('.piece').allTextContents();
    await expect.poll(pieces).toEqual([...'·recalibrated']);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const rank = defaultVocabulary().merges?.indexOf('r e');
    await steps.getByText(`1 of 10: r and e make re, merge ${rank}.`).waitFor();
    expect(await pieces()).toEqual(['·', 're', ...'calibrated']);
    await steps.getByRole('slider').press('End');
    await expect.poll(pieces).toEqual(['·recal', 'ibr', 'ated']);
    expect(await violations()).toEqual([]);
    await steps.getByRole('button', { name: 'Play' }).click();
    await expect.poll(async () => (await pieces()).length).toBe(12);
    await steps.getByRole('button', { name: 'Merge back' }).click();
    await expect.poll(pieces).toEqual([...'·recalibrated']);
    await steps.getByRole('button', { name: 'Play' }).waitFor();
  });

  it('stays in an exported page', async () => {
    const selected = { token: LOOKING, layer: 17, head: 5 };
    const inspector = await use.open({ view: 'attention', text: TEXT, selected });
    const { page, problems } = await openFile(use.stage, await writeRecording(inspector));
    await openWorking(page, ROW);
    await page.locator('vt-row-working tr', { hasText: '·cheese and 9 later' }).getByText('masked').waitFor();
    await page.locator('vt-token-text').getByText(' ran').first().click();
    await page.getByText('This file has the scores of the head 17.5 at the token 4').waitFor();
    await page.getByRole('tab', { name: 'Prediction' }).click();
    await openWorking(page, SOFTMAX);
    await page.locator('vt-softmax-working tbody td[title]').first().waitFor();
    await openWorking(page, LOSS);
    await page.locator('vt-loss-working li').getByText('ran ◂').waitFor();
    await page.getByRole('tab', { name: 'Text' }).click();
    await openWorking(page, MERGES);
    await page.locator('vt-merge-steps').getByRole('slider').press('End');
    await page.locator('vt-merge-steps .piece').getByText('·ran', { exact: true }).waitFor();
    expect(problems).toEqual([]);
  });
});

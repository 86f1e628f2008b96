import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { formatCount, formatLogprob } from '../../src/display/numbers';
import { inspectJson } from '../support/command-line';
import { isSupported } from '../workbench/harness/install';
import { countCalls, hold, untilCancelled } from './harness/hold';
import { showView } from './harness/show-view';
import { useInspector } from './harness/use-inspector';

/** What a path is in the page; these tests run outside of it. */
interface Path {
  getBBox(): { y: number; height: number };
}

const TEXT = 'The mouse that ate the cheese ran from the cat.';
/** A model for conversations answers this in a few words, and ends. */
const ENDING =
  '<|im_start|>user\nWhat is 1 + 1? Answer with one word.<|im_end|>\n<|im_start|>assistant\nThe answer is 2.';

/** Where a control's range stands for a value. */
const PLACES: Record<string, (value: number) => number> = {
  temperature: (value) => Math.round(20 * value),
  topK: (value) => [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 40, 50].indexOf(value),
  topP: (value) => Math.round(100 * value) - 1,
  minP: (value) => Math.round(100 * value),
};

async function setControls(page: Page, controls: Record<string, number>): Promise<void> {
  for (const [name, value] of Object.entries(controls)) {
    await page.locator(`vt-sampling-controls #${name}`).fill(`${PLACES[name]?.(value)}`);
  }
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

let known: ReturnType<typeof inspectJson> | undefined;

/** What the command line draws as the view's controls stand at first. */
async function byDefault(): Promise<Awaited<ReturnType<typeof inspectJson>>['continuation']> {
  known ??= inspectJson(TEXT, ...['--continue', '4', '--temperature', '0.8', '--top-p', '0.95', '--seed', '0']);
  return (await known).continuation;
}

/** Ids along the tree, the text's own left out. */
async function drawnIds(page: Page): Promise<number[]> {
  const items = page.locator('vt-branch-tree [role=treeitem]');
  const ids = await items.evaluateAll((all) => all.map((item) => Number(item.getAttribute('data-id'))));
  return ids.slice(1);
}

async function steps(page: Page, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const before = (await drawnIds(page)).length;
    await press(page, 'Step');
    await expect.poll(async () => (await drawnIds(page)).length).toBe(before + 1);
    await still(page);
  }
}

/** The rows of step 5: both probabilities with all their digits, as their titles have them. */
async function rows(page: Page): Promise<{ raw: number; adjusted: number }[]> {
  const titles = (selector: string) =>
    page
      .locator(`vt-sampling-bars ${selector}`)
      .evaluateAll((all) => all.map((one) => one.getAttribute('title') ?? ''));
  const shown = (await titles('li .row')).map((title) => {
    const [, raw, adjusted] = title.match(/model (\S+), after sampling (\S+?)\.?(?: |$)/) ?? [];
    return { raw: Number(raw), adjusted: Number(adjusted) };
  });
  const [raw, adjusted] = await titles('.rest .value');
  return [...shown, { raw: Number(raw), adjusted: Number(adjusted) }];
}

/** How many tokens the text has been continued with, where the flow begins. */
const drawn = (page: Page) => page.locator('vt-token-chips .drawn').count();

/** Waits until nothing is read. */
const still = (page: Page) => page.locator('vt-flow [aria-busy=false]').waitFor();

/** In the page: longer than between two tokens of a play. A page's timers end in the order of their times. */
const NEXT_TOKEN = 'new Promise((resolve) => setTimeout(resolve, 500))';

describe.skipIf(!isSupported)('the Continue view', () => {
  const use = useInspector();
  const open = async (options: Parameters<typeof use.open>[0] = {}) => {
    const inspector = await use.open({ view: 'continue', text: TEXT, ...options });
    await inspector.page.locator('vt-sampling-bars li').first().waitFor();
    return inspector;
  };

  it.each([
    [['--temperature', '0'], { temperature: 0 }, 0],
    [['--temperature', '0.8', '--top-p', '0.95', '--seed', '7'], {}, 7],
    [
      ['--temperature', '1.3', '--top-k', '40', '--top-p', '0.9', '--min-p', '0.02', '--seed', '12'],
      { temperature: 1.3, topK: 40, topP: 0.9, minP: 0.02 },
      12,
    ],
  ] as const)('draws the tokens that vitrine inspect --continue draws with %j', async (options, controls, seed) => {
    const { page, hostApi } = await open();
    await setControls(page, controls);
    await page.getByRole('spinbutton').fill(`${seed}`);
    await steps(page, 8);
    const { continuation } = await inspectJson(TEXT, '--continue', '8', ...options);
    expect(await drawnIds(page)).toEqual(continuation?.tokens.map(({ id }) => id));
    await press(page, 'Copy');
    await page.getByText('Copied.').waitFor();
    expect(hostApi.did.copied).toEqual([continuation?.text]);
  });

  it('leaves room between the two numbers of a token, however long they are', async () => {
    const { page } = await open();
    await page.locator('vt-sampling-bars li').first().waitFor();
    const room = await page.evaluate(`(async () => {
      const bars = document.createElement('vt-sampling-bars');
      bars.theme = { mark: () => () => [0, 0, 0] };
      bars.rows = [{ id: 5, raw: 1e-9, adjusted: 5.2e-5, isDrawn: true, isTaken: false, skipped: 9 }];
      document.body.append(bars);
      await bars.updateComplete;
      const rooms = [...bars.shadowRoot.querySelectorAll('li .value')].map((value) => {
        const range = document.createRange();
        range.selectNodeContents(value.lastChild);
        return value.getBoundingClientRect().width - range.getBoundingClientRect().width;
      });
      bars.remove();
      return Math.min(...rooms);
    })()`);
    expect(room).toBeGreaterThanOrEqual(0);
  });

  it('shows probabilities that sum to 100 %, and moves them without running the model again', async () => {
    const { page, host } = await open();
    const runs = countCalls(host, 'forwardTokens');
    const seen = new Set<string>();
    for (const controls of [
      { temperature: 0.5 },
      { temperature: 2 },
      { topK: 5 },
      { topK: 50, topP: 0.3 },
      { topP: 1, minP: 0.1 },
      { temperature: 0 },
    ]) {
      await setControls(page, controls);
      const shown = await rows(page);
      expect(shown.reduce((sum, { raw }) => sum + raw, 0)).toBeCloseTo(1, 4);
      expect(shown.reduce((sum, { adjusted }) => sum + adjusted, 0)).toBeCloseTo(1, 6);
      seen.add(JSON.stringify(shown));
    }
    expect(seen.size).toBe(6);
    expect(runs.count).toBe(0);
    const { tokens } = await inspectJson(TEXT, '--top', '12');
    const top = tokens.at(-1)?.top.map(({ logprob }) => Math.exp(logprob)) ?? [];
    for (const [i, probability] of top.entries()) expect((await rows(page))[i]?.raw).toBeCloseTo(probability, 4);
  });

  it('ends its curve at 0.001 %, and says how many tokens are below', async () => {
    const { page, host, hostApi } = await open();
    const { ids = [], trace = 0 } = hostApi.state.subject?.read ?? {};
    const logprobs = await host.distribution({ trace, position: ids.length - 1 });
    const under = logprobs.filter((logprob) => logprob < Math.log(1e-5)).length;
    await page.getByText(`${formatCount(under)} tokens have under 0.001 % each`).waitFor();
    const curve = page.locator('vt-rank-curve svg');
    const named = await curve
      .locator('text.end')
      .evaluateAll((texts) => texts.map((text) => [text.textContent, Number(text.getAttribute('y'))]));
    const [[, top], , [least, bottom]] = named as [[string, number], unknown, [string, number]];
    expect(least).toBe('0.001 %');
    expect(bottom - top).toBeGreaterThan(120);
    const lowest = await curve.locator('.raw').evaluate((path) => {
      const { y, height } = (path as unknown as Path).getBBox();
      return y + height;
    });
    expect(lowest).toBeLessThanOrEqual(bottom);
  });

  it.each([760, 900, 1600])(
    'keeps the names of its controls apart from what they stand at, at %i px',
    async (width) => {
      const { page } = await use.open({ view: 'continue', text: TEXT, language: 'es', width });
      const [name, value] = ['vt-term', 'output'].map((part) => page.locator(`vt-sampling-controls ${part}`).first());
      const { x = Number.NaN, width: length = 0 } = (await name?.boundingBox()) ?? {};
      expect((await value?.boundingBox())?.x).toBeGreaterThanOrEqual(x + length + 4);
    },
  );

  it('reads any token of the vocabulary off the curve, as it is in the table', async () => {
    const { page, hostApi } = await open();
    const curve = page.locator('vt-rank-curve [role=slider]');
    await curve.focus();
    await page.keyboard.press('End');
    await expect.poll(() => page.locator('vt-rank-curve p').textContent()).toContain('rank 49,152');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    const { tokens } = await inspectJson(TEXT, '--top', '2');
    const second = tokens.at(-1)?.top[1];
    const said = `rank 2: ${second?.text.replace(' ', '·')}, model ${formatLogprob(second?.logprob ?? 0)}`;
    await expect.poll(() => page.locator('vt-rank-curve p').textContent()).toContain(said);
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'Distribution, JSON' }).click();
    await expect.poll(() => hostApi.did.saved.length).toBe(1);
    const { rows: table } = JSON.parse(String(hostApi.did.saved[0]?.content)) as {
      rows: { id: number; logprob: number }[];
    };
    expect(table).toHaveLength(49_152);
    expect(table[1]?.id).toBe(second?.id);
    expect(table.reduce((sum, { logprob }) => sum + Math.exp(logprob), 0)).toBeCloseTo(1, 4);
  });

  it('takes a branch by a click on a bar, keeps the others, and goes back to them', async () => {
    const { page, host } = await open();
    await steps(page, 3);
    const first = await drawnIds(page);
    await page.getByRole('treeitem', { name: 'the text' }).click();
    await expect.poll(() => page.getByRole('treeitem', { selected: true }).textContent()).toBe('the text');
    await page
      .getByRole('button', { name: '·They', exact: false })
      .or(page.locator('vt-sampling-bars button').nth(4))
      .first()
      .click();
    await expect.poll(async () => (await drawnIds(page)).length).toBe(4);
    const ids = await drawnIds(page);
    expect(ids.slice(0, 3)).toEqual(first);
    expect(await page.locator('vt-branch-tree .line').count()).toBe(2);
    const runs = countCalls(host, 'forwardTokens');
    await page.locator('vt-branch-tree [role=treeitem]').nth(3).click();
    await expect.poll(() => page.locator('vt-token-chips .drawn .id').allTextContents()).toEqual(first.map(String));
    expect(runs.count).toBe(0);
  });

  it('shows again what a drawn token was drawn from', async () => {
    const { page } = await open();
    const before = await rows(page);
    await page.locator('vt-sampling-bars button', { hasText: '·The' }).first().click();
    await expect.poll(async () => (await drawnIds(page)).length).toBe(1);
    await steps(page, 1);
    expect(await rows(page)).not.toEqual(before);
    await page.locator('vt-drawn-text [role=option]').nth(-3).click();
    await expect.poll(() => rows(page)).toEqual(before);
    await expect.poll(() => page.locator('vt-sampling-bars .label').filter({ hasText: '↳' }).count()).toBe(1);
  });

  it('plays until the model ends its text, and says so', async () => {
    const { page } = await open({ text: ENDING });
    await setControls(page, { temperature: 0 });
    await press(page, 'Play');
    await page.getByText('The model ended its text with <|im_end|>.').waitFor();
    const { continuation } = await inspectJson(ENDING, '--continue', '40', '--temperature', '0');
    expect(await drawnIds(page)).toEqual(continuation?.tokens.map(({ id }) => id));
    expect(await page.getByRole('button', { name: 'Play' }).isDisabled()).toBe(true);
  });

  it('stops where the context is full, and says so', async () => {
    const { page, hostApi } = await open();
    const { model, subject } = hostApi.state;
    if (!model || !subject?.read) throw new Error('the text has been read');
    hostApi.change({ model: { ...model, contextLength: subject.read.ids.length + 2 } });
    await press(page, 'Play');
    await page.getByText('The text fills the model’s context').waitFor();
    expect(await drawnIds(page)).toHaveLength(2);
  });

  it('pauses, and begins again at the text', async () => {
    const { page, host } = await open();
    await press(page, 'Play');
    await expect.poll(async () => (await drawnIds(page)).length).toBeGreaterThan(2);
    await press(page, 'Pause');
    await still(page);
    const { length } = await drawnIds(page);
    const calls = countCalls(host, 'describe', 'forwardTokens');
    await page.evaluate(NEXT_TOKEN);
    expect(calls.count).toBe(0);
    expect(await drawnIds(page)).toHaveLength(length);
    await press(page, 'Restart');
    await expect.poll(() => drawn(page)).toBe(0);
    expect(await drawnIds(page)).toHaveLength(length);
  });

  it('shows after a restart nothing of what was written before, also once it is loaded again', async () => {
    const { page } = await open();
    const shown = () => page.locator('vt-drawn-text [role=option]').count();
    const before = await shown();
    await steps(page, 3);
    expect(await shown()).toBe(before + 3);
    await press(page, 'Restart');
    await expect.poll(() => drawn(page)).toBe(0);
    await expect.poll(shown).toBe(before);
    expect(await drawnIds(page)).toHaveLength(3);
    await page.reload();
    await still(page);
    await expect.poll(() => drawnIds(page)).toHaveLength(3);
    expect(await shown()).toBe(before);
  });

  it('says that the text ends inside a word, and goes on from its end', async () => {
    const { page, hostApi } = await open({ text: 'The mou', restOfWord: 'se' });
    await page.getByText('The text ends inside the word “mouse”: the model goes on from “mou”.').waitFor();
    await press(page, 'Go on from the end of the word');
    await expect.poll(() => hostApi.state.subject?.text).toBe('The mouse');
    await expect.poll(() => page.locator('vt-half-word').count()).toBe(0);
  });

  it('adds nothing that is still being drawn when it is paused', async () => {
    const { page, host } = await open();
    const describing = hold(host, 'describe');
    await press(page, 'Play');
    await expect.poll(() => describing.asked).toBe(1);
    await press(page, 'Pause');
    await describing.release();
    expect(await drawnIds(page)).toEqual([]);
    await steps(page, 1);
    expect(await drawn(page)).toBe(1);
  });

  it('adds nothing that is still being drawn when it begins again', async () => {
    const { page, host } = await open();
    await page.locator('vt-sampling-bars button', { hasText: '·The' }).first().click();
    await expect.poll(() => drawn(page)).toBe(1);
    // Has the page forget what comes after the text.
    await page.reload();
    await still(page);
    expect(await drawn(page)).toBe(1);
    const [describing, reading] = [hold(host, 'describe'), hold(host, 'distribution')];
    await press(page, 'Play');
    await expect.poll(() => describing.asked).toBe(1);
    await press(page, 'Restart');
    await expect.poll(() => reading.asked).toBe(1);
    await describing.release();
    await reading.release();
    await expect.poll(() => drawn(page)).toBe(0);
    await still(page);
    expect(await drawnIds(page)).toHaveLength(1);
  });

  it('is left as it was by a reading that is cancelled', async () => {
    const { page, host } = await open();
    await steps(page, 1);
    const before = await rows(page);
    const cancelled = untilCancelled(host, 'forwardTokens');
    await press(page, 'Step');
    await expect.poll(() => cancelled.running).toBe(1);
    await press(page, 'Cancel');
    await expect.poll(() => cancelled.running).toBe(0);
    await still(page);
    expect(await rows(page)).toEqual(before);
  });

  it('goes on with an engine that died, and with a text that was edited meanwhile', async () => {
    const { page, hostApi } = await open();
    await steps(page, 1);
    await use.stage.killEngine();
    hostApi.edit(`${TEXT} It hid.`);
    await steps(page, 1);
    const continuation = await byDefault();
    expect(await drawnIds(page)).toEqual(continuation?.tokens.slice(0, 2).map(({ id }) => id));
  });

  it('says what failed, and tries again', async () => {
    const { page, host } = await open();
    await steps(page, 1);
    const { forwardTokens } = host;
    host.forwardTokens = () => Promise.reject(new Error('The engine stopped.'));
    await press(page, 'Step');
    await page.getByText('The engine stopped.').waitFor();
    host.forwardTokens = forwardTokens;
    await press(page, 'Try again');
    await expect.poll(() => drawn(page)).toBe(2);
  });

  it('puts what was written into the document', async () => {
    const { page, hostApi } = await open();
    await steps(page, 4);
    await press(page, 'Insert into the document');
    const continuation = await byDefault();
    await expect.poll(() => hostApi.did.inserted).toEqual([continuation?.text]);
  });

  it('is found again as it was left', async () => {
    const { page } = await open();
    await setControls(page, { temperature: 0.5, topK: 20 });
    await steps(page, 3);
    await page.getByRole('treeitem').nth(2).click();
    await expect.poll(() => drawn(page)).toBe(2);
    await still(page);
    const before = { ids: await drawnIds(page), rows: await rows(page) };
    await showView(page, 'tokens');
    await showView(page, 'continue');
    await expect.poll(() => drawnIds(page)).toEqual(before.ids);
    await expect.poll(() => rows(page)).toEqual(before.rows);
  });

  it('is worked by key alone', async () => {
    const { page } = await open();
    await page.getByRole('tab', { name: 'Continue' }).focus();
    const tabTo = async (name: string) => {
      for (let i = 0; i < 60; i++) {
        await page.keyboard.press('Tab');
        if (((await focused(page)) ?? '').includes(name)) return;
      }
      throw new Error(`${name} is not reached`);
    };
    await tabTo('Step');
    await page.keyboard.press('Enter');
    await expect.poll(() => drawn(page)).toBe(1);
    await still(page);
    await tabTo('temperature range');
    const before = await rows(page);
    await page.keyboard.press('ArrowLeft');
    expect(await rows(page)).not.toEqual(before);
    await tabTo('model');
    await page.keyboard.press('Enter');
    await expect.poll(() => drawn(page)).toBe(2);
    await still(page);
    await tabTo('treeitem');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => drawn(page)).toBe(0);
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => drawn(page)).toBe(1);
  });

  it('shows what is known where there is no model, and says what is missing', async () => {
    const { page } = await open();
    await page.evaluate(
      `(() => { const { store } = document.querySelector('vt-inspector'); store.isLive = false; store.hover(0); })()`,
    );
    await page.getByText('To continue the text, open it in the editor').waitFor();
    expect(await page.getByRole('button', { name: 'Play' }).count()).toBe(0);
    expect(await page.locator('vt-sampling-bars button').count()).toBe(0);
    await setControls(page, { topK: 2 });
    await expect.poll(() => page.locator('vt-sampling-bars .cut').count()).toBe(10);
  });

  it.each([
    ['light', 1600, 'en'],
    ['dark', 900, 'es'],
    ['high-contrast', 320, 'es'],
  ] as const)('is accessible and fits in a %s theme at %i px in %s', async (theme, width, language) => {
    const { page, violations, screenshot } = await open({ theme, width, language });
    await page.locator('vt-sampling-bars button').nth(1).click();
    await page.locator('vt-branch-tree').waitFor();
    await still(page);
    await setControls(page, { topK: 5 });
    expect(await violations()).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    await screenshot(`continue-${theme}-${width}`);
  });
});

/** What has the focus: its text, name or role. */
function focused(page: Page): Promise<string | undefined> {
  return page.evaluate(`(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return [at?.getAttribute('aria-label'), at?.type, at?.getAttribute('role'), at?.getRootNode().host?.textContent, at?.textContent].join(' ');
  })()`);
}

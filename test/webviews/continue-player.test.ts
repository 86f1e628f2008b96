import { describe, expect, it } from 'vitest';
import { inspectJson } from '../support/command-line';
import { isSupported } from '../workbench/harness/install';
import { byDefault, drawn, drawnIds, press, rows, setControls, steps, still, TEXT } from './harness/continue-view';
import { countCalls, hold, untilCancelled } from './harness/hold';
import { useInspector } from './harness/use-inspector';

/** A model for conversations answers this in a few words, and ends. */
const ENDING =
  '<|im_start|>user\nWhat is 1 + 1? Answer with one word.<|im_end|>\n<|im_start|>assistant\nThe answer is 2.';

/** In the page: longer than between two tokens of a play. A page's timers end in the order of their times. */
const NEXT_TOKEN = 'new Promise((resolve) => setTimeout(resolve, 500))';

describe.skipIf(!isSupported)('the player of the Continue view', () => {
  const use = useInspector();
  const open = async (options: Parameters<typeof use.open>[0] = {}) => {
    const inspector = await use.open({ view: 'continue', text: TEXT, ...options });
    await inspector.page.locator('vt-sampling-bars li').first().waitFor();
    return inspector;
  };

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
});

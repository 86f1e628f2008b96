import { describe, expect, it } from 'vitest';
import { formatNats } from '../../src/display/numbers';
import { inspectJson } from '../support/command-line';
import { nextTask } from '../support/engine';
import { goldenJson } from '../support/golden';
import { isSupported } from '../workbench/harness/install';
import { INDUCTION, LETTERS, note, place, rowsOf, TEXT, traceOf } from './harness/attention-view';
import { untilCancelled } from './harness/hold';
import { showView } from './harness/show-view';
import { useInspector } from './harness/use-inspector';

describe.skipIf(!isSupported)('heads that are switched off in the Attention view', () => {
  const use = useInspector();

  it('switches heads off, and says what that changes', async () => {
    const { page, hostApi } = await use.open({ ...place, selected: { token: LETTERS, ...INDUCTION } });
    const sum = async (...options: string[]) =>
      (await inspectJson(TEXT, ...options)).tokens.reduce((total, { logprob }) => total + (logprob ?? 0), 0);
    const [on, off] = [await sum(), await sum('--ablate', '18.6')];
    await page.getByText('switch head 18.6 off').click();
    await expect
      .poll(() => note(page))
      .toContain(`Without 18.6 the text has log-probability ${formatNats(off)}, with it ${formatNats(on)}`);
    await page.getByRole('gridcell', { name: 'head 18.6, after an earlier copy 43 %, switched off' }).waitFor();
    expect(hostApi.state.ablated).toEqual([INDUCTION]);
    await page.getByRole('button', { name: 'Switch head 18.6 on' }).click();
    await expect.poll(() => hostApi.state.ablated).toEqual([]);
    await expect.poll(() => note(page)).toContain('The first token (a sink) took');
  });

  it('says what that changes of a selection alone', async () => {
    const end = TEXT.length;
    const start = TEXT.lastIndexOf(' ');
    const { page } = await use.open({ ...place, shown: [{ start, end }], selected: INDUCTION });
    const sum = async (...options: string[]) =>
      (await inspectJson(TEXT, '--select', `${start}:${end}`, ...options)).sumLogprob;
    const [on, off] = [await sum(), await sum('--ablate', '18.6')];
    await page.getByText('switch head 18.6 off').click();
    await expect
      .poll(() => note(page))
      .toContain(`Without 18.6 the text has log-probability ${formatNats(off)}, with it ${formatNats(on)}`);
  });

  it('says in every view that heads are off, wherever they were switched off, and switches them on there', async () => {
    const { page, hostApi } = await use.open({ ...place, selected: { token: LETTERS, ...INDUCTION } });
    await page.locator('vt-matrix').waitFor();
    const off = [INDUCTION, { layer: 0, head: 0 }];
    await hostApi.ablate(off);
    await page.getByRole('status').filter({ hasText: '2 heads are off' }).waitFor();
    await page.getByRole('checkbox', { name: 'switch head 18.6 off', checked: true }).waitFor();
    expect(hostApi.state.ablated).toEqual(off);
    // Compare reads its texts with every head on, and says so.
    await showView(page, 'compare');
    await page.getByRole('status').filter({ hasText: '2 heads are off' }).waitFor({ state: 'detached' });
    await showView(page, 'probabilities');
    await page.getByRole('status').filter({ hasText: '2 heads are off' }).waitFor();
    await page.getByRole('button', { name: 'Switch on' }).click();
    await expect.poll(() => hostApi.state.ablated).toEqual([]);
    await page.getByRole('status').filter({ hasText: '2 heads are off' }).waitFor({ state: 'detached' });
  });

  it('tries heads for a token, and can be stopped', async () => {
    const inspector = await use.open({ ...place, selected: { token: LETTERS, ...INDUCTION } });
    const { page, host, hostApi } = inspector;
    // Of so many tokens, 157 heads are a batch.
    const { restore } = untilCancelled(host, 'ablations', 1);
    await page.getByRole('button', { name: 'Try every head' }).click();
    await page.getByText('157 of 270 heads tried', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Try every head' }).waitFor();
    restore();
    const [[name = '', bits = ''] = []] = await rowsOf(page, 'vt-mattering-heads');
    const [layer = 0, head = 0] = name.split('.').map(Number);
    const ids = [...(hostApi.state.subject?.read?.ids ?? [])].slice(0, LETTERS + 1);
    const score = async (headMask: { layer: number; head: number; value: number }[]) =>
      (await host.score({ task: nextTask(), ids, headMask })).at(-1) ?? Number.NaN;
    const change = ((await score([])) - (await score([{ layer, head, value: 0 }]))) / Math.LN2;
    expect(Number(bits.replace('−', '-'))).toBeCloseTo(change, 1);
    await page.locator('vt-mattering-heads button.bar').first().click();
    await page.getByRole('heading', { name: `Head ${name}` }).waitFor();
  });

  it('tries all heads of a short text at once', async () => {
    const { page } = await use.open({ ...place, text: 'The mouse ate the cheese.', selected: { token: 4 } });
    await page.getByRole('button', { name: 'Try every head' }).click();
    const bars = page.locator('vt-mattering-heads button.bar');
    await expect.poll(() => bars.count()).toBe(10);
    await page.getByRole('button', { name: 'Try every head' }).waitFor();
    const { ablated, logprob } = goldenJson<{
      logprob: number[];
      ablated: { layer: number; head: number; logprob: number[] }[];
    }>('ablation');
    const changes = ablated.map((off) => ({
      name: `${off.layer}.${off.head}`,
      bits: ((logprob[4] ?? 0) - (off.logprob[4] ?? 0)) / Math.LN2,
    }));
    const most = changes.toSorted((one, other) => Math.abs(other.bits) - Math.abs(one.bits)).slice(0, 3);
    const shown = await rowsOf(page, 'vt-mattering-heads');
    expect(shown.slice(0, 3).map(([name]) => name)).toEqual(most.map(({ name }) => name));
  });

  it.each([
    ['that repeats itself', TEXT, 'induction', 'after an earlier copy'],
    ['that does not', 'The mouse ate a piece of cheese.', 'previous', 'the token before'],
  ] as const)('opens a text %s on a head that does something in it, and says so', async (_, text, role, sentence) => {
    const inspector = await use.open({ ...place, text });
    const { page, host, hostApi } = inspector;
    const heads = await host.heads({ trace: traceOf(inspector) });
    const strongest = heads.toSorted((one, other) => other[role] - one[role])[0];
    const name = `${strongest?.layer}.${strongest?.head}`;
    await page.getByRole('heading', { name: `Head ${name}` }).waitFor();
    await page.getByText('Opened with this head').filter({ hasText: sentence }).waitFor();
    // The editor's own painting is left as it was.
    expect(hostApi.did.selected).toEqual([]);
    // Without it another one might do most: it stays.
    await page.getByRole('checkbox', { name: `switch head ${name} off` }).click();
    await page
      .getByRole('status')
      .filter({ hasText: `Head ${name} is off` })
      .waitFor();
    await page.getByText(`Without ${name} the text has`).waitFor();
    await page.getByRole('checkbox', { name: `switch head ${name} off`, checked: true }).waitFor();
    expect(await page.getByText('Opened with this head').count()).toBe(0);
  });

  it('names the box after the head that it switches off', async () => {
    const { page } = await use.open({ ...place, selected: { token: LETTERS, ...INDUCTION } });
    await page.getByRole('checkbox', { name: 'switch head 18.6 off', exact: true }).waitFor();
    await page.getByRole('gridcell', { name: 'head 3.4,' }).click();
    await page.getByRole('checkbox', { name: 'switch head 3.4 off', exact: true }).waitFor();
    expect(await page.getByRole('checkbox', { name: '18.6' }).count()).toBe(0);
  });
});

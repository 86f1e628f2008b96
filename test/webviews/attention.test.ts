import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { formatNats, formatProbability } from '../../src/display/numbers';
import { inspectJson } from '../support/command-line';
import { nextTask } from '../support/engine';
import { goldenJson } from '../support/golden';
import { isSupported } from '../workbench/harness/install';
import { untilCancelled } from './harness/hold';
import type { Inspector } from './harness/inspector';
import { showView } from './harness/show-view';
import { useInspector } from './harness/use-inspector';
import { WHOLE } from './harness/whole';

const TEXT =
  'She found 327 letters under the floor of the old kitchen. He counted them twice. She found 327 letters under the floor of the old kitchen, but only 326 envelopes.';
/** Of 101 tokens. */
const LINES = [
  'El ratón se comió el queso en la cocina.',
  'The cat sat on the warm windowsill all day.',
  'La niña lee un libro antediluviano en la playa.',
  'She found 327 letters under the floor of the kitchen.',
  'El gato duerme. El gato come. El gato duerme.',
  'El perro ladra en el jardín y nadie lo oye.',
].join('\n');
/** The second ` letters`. */
const LETTERS = 26;
const INDUCTION = { layer: 18, head: 6 };
/** Looks at the token before. */
const PREVIOUS = { layer: 16, head: 0 };
const place = { view: 'attention', text: TEXT, width: 1200, height: 900 } as const;

const traceOf = ({ hostApi }: Inspector) => hostApi.state.subject?.read?.trace ?? Number.NaN;
const note = (page: Page) => page.locator('vt-attention-view .note').textContent();

/** Rows of a list of bars: what each is of, and its number. */
const rowsOf = (page: Page, list: string) =>
  page
    .locator(`${list} button.bar`)
    .evaluateAll((bars) =>
      bars.map((bar) => ['.label', '.value'].map((part) => bar.querySelector(part)?.textContent ?? '')),
    );
/** Waits for all that the view shows of a head and a token. */
async function complete(page: Page): Promise<void> {
  const parts = [WHOLE.attention, 'vt-attention-matrix canvas', 'vt-strongest-keys button.bar', 'vt-head-finder dd'];
  for (const part of parts) await page.locator(part).first().waitFor();
}

/** What a list of the largest weights shows of them: six, and none of under 0.001 %. @param weights the largest first */
const listed = (weights: Float32Array) =>
  Array.from(
    weights.subarray(0, 6).filter((weight) => weight >= 1e-5),
    formatProbability,
  );

/** The tokens that are looked at most, with their weights. */
const looksAt = (page: Page) => rowsOf(page, 'vt-strongest-keys');

describe.skipIf(!isSupported)('the Attention view', () => {
  const use = useInspector();

  it('says that numbers of heads are of all tokens that were read, and outlines the rows of those that are selected', async () => {
    const { page, hostApi } = await use.open({
      ...place,
      text: 'The mouse ate the cheese.',
      shown: [{ start: 3, end: 13 }],
    });
    await complete(page);
    expect(await page.getByText(/over all 6 tokens read$/).count()).toBe(2);
    await page.getByText('outlined what is selected: 2 tokens').waitFor();
    const outlined = () =>
      page.locator('vt-matrix').evaluate((matrix: { outlinedRows?: unknown }) => matrix.outlinedRows);
    expect(await outlined()).toEqual([{ from: 1, to: 3 }]);
    const { subject } = hostApi.state;
    hostApi.change({ subject: subject && { ...subject, shown: [{ start: 0, end: subject.text.length }] } });
    await expect.poll(outlined).toEqual([]);
    expect(await page.getByText(/over all 6 tokens read$/).count()).toBe(0);
  });

  it('finds an induction head of a repeated sentence with one click', async () => {
    const inspector = await use.open(place);
    const heads = await inspector.host.heads({ trace: traceOf(inspector) });
    const strongest = heads.toSorted((one, other) => other.induction - one.induction)[0];
    const name = `${strongest?.layer}.${strongest?.head}`;
    await inspector.page.locator('vt-head-finder dd').first().locator('button').first().click();
    await inspector.page.getByRole('heading', { name: `Head ${name}` }).waitFor();
    await inspector.page.getByText('Looks like an induction head').waitFor();
    await expect
      .poll(() => inspector.hostApi.state.selected)
      .toMatchObject({ layer: strongest?.layer, head: strongest?.head });
  });

  it('is walked with the keyboard alone, head by head and cell by cell', async () => {
    const inspector = await use.open({ ...place, selected: { token: LETTERS, ...INDUCTION } });
    const { page, host, hostApi } = inspector;
    await page.getByRole('gridcell', { name: 'head 18.6,' }).focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => hostApi.state.selected).toMatchObject({ layer: 17, head: 7 });
    await expect.poll(() => page.evaluate(deepFocusLabel)).toContain('head 17.7');
    await page.getByRole('heading', { name: 'Head 17.7' }).waitFor();
    await page.getByRole('application', { name: 'Attention matrix' }).focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowUp']) await page.keyboard.press(key);
    const { maximum, columns } = await host.attention({ trace: traceOf(inspector), layer: 17, head: 7 });
    const weight = formatProbability(maximum[LETTERS * columns + 1] ?? Number.NaN);
    await expect
      .poll(() => page.locator('vt-matrix .answer').textContent())
      .toBe(`·letters (27) looks at ·found (2): ${weight}`);
    await page.keyboard.press('+');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => hostApi.state.selected.token).toBe(LETTERS + 1);
  });

  it('prints the share that the masked sink took, and hides nothing else', async () => {
    const inspector = await use.open({ ...place, selected: { token: LETTERS, ...INDUCTION } });
    const { page, host, hostApi } = inspector;
    const weights = await host.attentionOfQuery({ trace: traceOf(inspector), query: LETTERS, ...INDUCTION });
    const first = formatProbability(weights[0] ?? Number.NaN);
    await expect.poll(() => note(page)).toContain(`The first token (a sink) took ${first} and is masked.`);
    const largest = weights.subarray(1).toSorted((one, other) => other - one);
    await expect.poll(() => looksAt(page)).toContainEqual(['·under', formatProbability(largest[0] ?? Number.NaN)]);
    await page.getByText('mask the sink').click();
    await expect.poll(() => note(page)).toContain(`The first token (a sink) took ${first}.`);
    await expect.poll(() => looksAt(page)).toContainEqual(['She', first]);
    await expect.poll(() => hostApi.state.masksSink).toBe(false);
  });

  it.each([
    { kind: 'mean of the layer', name: 'Mean of layer 18' },
    { kind: 'rollout', name: 'Rollout over all layers' },
  ])('shows the $kind', async ({ kind, name }) => {
    const inspector = await use.open({ ...place, selected: { token: LETTERS, ...INDUCTION } });
    const { page, host } = inspector;
    const trace = traceOf(inspector);
    await page.getByText(kind, { exact: true }).click();
    await page.getByRole('heading', { name }).waitFor();
    const weights =
      kind === 'rollout'
        ? await host.rollout({ task: nextTask(), trace, from: LETTERS, to: LETTERS + 1 })
        : await host.attentionOfQuery({ trace, query: LETTERS, layer: 18, mean: true });
    const expected = weights.subarray(1).toSorted((one, other) => other - one);
    await expect.poll(async () => (await looksAt(page)).map(([, weight]) => weight)).toEqual(listed(expected));
  });

  it('follows attention through the layers of a long text for one token, and can be stopped', async () => {
    const text = `${TEXT} `.repeat(12);
    const inspector = await use.open({ ...place, text, selected: { token: 400, ...INDUCTION } });
    const { page, host } = inspector;
    const { restore } = untilCancelled(host, 'rollout');
    await page.getByText('rollout', { exact: true }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Cancelled.').waitFor();
    restore();
    await page.getByRole('button', { name: 'Try again' }).click();
    const request = { task: nextTask(), trace: traceOf(inspector), from: 400, to: 401 };
    const weights = (await host.rollout(request)).subarray(1).toSorted((one, other) => other - one);
    await expect
      .poll(async () => (await looksAt(page)).map(([, weight]) => weight), { timeout: 20_000 })
      .toEqual(listed(weights));
  });

  it('draws the arcs of the token that is pointed at', async () => {
    const { page } = await use.open({ ...place, selected: { token: LETTERS, ...INDUCTION } });
    await page.getByText('arcs', { exact: true }).click();
    const weights = page.locator('vt-attention-arcs .keys .weight');
    await expect.poll(() => weights.allTextContents()).toContain('80 %');
    const frame = await page.locator('vt-attention-arcs').boundingBox();
    for (const end of ['.looks', '.strongest']) {
      const box = await page.locator(`vt-attention-arcs ${end}`).boundingBox();
      expect(box?.y, end).toBeGreaterThanOrEqual(frame?.y ?? 0);
      expect((box?.y ?? 0) + (box?.height ?? 0), end).toBeLessThanOrEqual((frame?.y ?? 0) + (frame?.height ?? 0));
    }
    await page
      .locator('vt-attention-arcs .queries button')
      .nth(LETTERS + 2)
      .hover();
    await expect.poll(() => weights.allTextContents()).not.toContain('80 %');
    await expect.poll(() => page.locator('vt-attention-arcs path').count()).toBeGreaterThan(0);
  });

  it.each([
    ['en', 'after an earlier copy', 'of the weight of tokens that have an earlier copy'],
    ['es', 'tras una copia anterior', 'del peso de los tokens que tienen una copia anterior'],
  ])(
    'calls what a head does by one name, and says what its numbers are parts of, in %s',
    async (language, name, part) => {
      const { page } = await use.open({ ...place, language, selected: { token: LETTERS, ...INDUCTION } });
      await page.locator('vt-head-facts dt').filter({ hasText: part }).filter({ hasText: name }).waitFor();
      await page.locator('vt-head-finder dt').filter({ hasText: part }).filter({ hasText: name }).waitFor();
      await page.locator('vt-attention-view .pointed').getByText(`18.6 · ${name}`).waitFor();
      // Each bar has its track to 100 %.
      const keys = page.locator('vt-strongest-keys');
      expect(await keys.locator('.scale').count()).toBe(await keys.locator('button.bar').count());
      await keys.locator('.scale-end').getByText('100 %', { exact: true }).waitFor();
    },
  );

  it.each([
    [1600, 900],
    // Beside an editor in windows of 1,600 by 1,000 and of 1,100 by 900.
    [620, 930],
    [520, 800],
  ])('keeps the chosen token and its arcs in view in a text of 100 tokens, at %i × %i', async (width, height) => {
    const inspector = await use.open({ ...place, text: LINES, width, height, selected: { ...PREVIOUS, token: 70 } });
    const { page } = inspector;
    await page.getByText('arcs', { exact: true }).click();
    const tokens = inspector.hostApi.state.subject?.read?.ids.length ?? 0;
    for (const token of [tokens - 4, 3]) {
      inspector.hostApi.change({ selected: { ...PREVIOUS, token } });
      const [looks, strongest] = ['.looks', '.strongest'].map((end) => page.locator(`vt-attention-arcs ${end}`));
      const box = async () => (await looks?.boundingBox()) ?? { y: Number.NaN, height: 0 };
      await expect.poll(async () => (await box()).y + (await box()).height).toBeLessThanOrEqual(height);
      const mark = (await page.locator('vt-attention-arcs vt-strongest-mark').boundingBox()) ?? { y: 0, height: 0 };
      await expect.poll(async () => (await strongest?.boundingBox())?.y).toBeGreaterThanOrEqual(mark.y + mark.height);
    }
  });

  it('has every token of a short text beside its arcs, and scrolls none of them, where there is room', async () => {
    const text = 'El ratón se comió el queso en la cocina.';
    const { page } = await use.open({ ...place, text, width: 520, height: 800, selected: { ...INDUCTION, token: 9 } });
    await page.getByText('arcs', { exact: true }).click();
    await page.locator('vt-attention-arcs .strongest').waitFor();
    const frame = page.locator('vt-attention-arcs .frame');
    await expect.poll(() => frame.evaluate((each) => each.scrollHeight - each.clientHeight)).toBe(0);
    const { y = Number.NaN, height = 0 } = (await page.locator('vt-attention-arcs').boundingBox()) ?? {};
    expect(y + height).toBeLessThanOrEqual(800);
  });

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
    const { restore } = untilCancelled(host, 'headAblations', 1);
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

  it('draws next to nothing as next to nothing, and names the strongest', async () => {
    const rests = { layer: 18, head: 8 };
    const inspector = await use.open({ ...place, selected: { token: 30, ...rests } });
    const { page, host } = inspector;
    const weights = (await host.attentionOfQuery({ trace: traceOf(inspector), query: 30, ...rests })).subarray(1);
    const largest = Math.max(...weights);
    expect(largest).toBeLessThan(0.001);
    await page.getByText('arcs', { exact: true }).click();
    await page.locator('vt-attention-arcs path').first().waitFor();
    const widths = await page
      .locator('vt-attention-arcs path')
      .evaluateAll((paths) => paths.map((path) => Number(path.getAttribute('stroke-width'))));
    expect(widths.length).toBeLessThanOrEqual(weights.filter((weight) => weight >= 1e-5).length);
    expect(Math.max(...widths)).toBeLessThan(1.01);
    for (const place of ['vt-attention-arcs', 'vt-attention-strip']) {
      const mark = page.locator(`${place} vt-strongest-mark b`);
      await expect.poll(() => mark.textContent()).toBe(formatProbability(largest));
    }
    const bar = await page.locator('vt-strongest-keys .length').first().boundingBox();
    expect(bar?.width).toBeLessThan(2);
  });

  it.each([
    [1600, 900],
    [1100, 900],
    // Beside an editor in a window of 1,100 by 900.
    [500, 780],
    [320, 900],
  ])('has its picture above the fold at %i × %i', async (width, height) => {
    const { page } = await use.open({ ...place, width, height, selected: { token: LETTERS, ...INDUCTION } });
    await complete(page);
    const picture = await page.locator('vt-matrix').boundingBox();
    expect((picture?.y ?? Number.NaN) + (picture?.height ?? 0)).toBeLessThanOrEqual(height);
    const heads = await page.locator('vt-head-grid').boundingBox();
    expect(heads?.y).toBeLessThan(height / 2 + 100);
  });

  it.each([1100, 500, 320])(
    'shows what a switched-off head changes where it is switched off, at %i pixels',
    async (width) => {
      const { page } = await use.open({ ...place, width, selected: { token: LETTERS, ...INDUCTION } });
      await complete(page);
      const before = await page.getByRole('checkbox', { name: 'switch' }).boundingBox();
      await page.getByRole('checkbox', { name: 'switch head 18.6 off' }).click();
      const result = page.getByText('Without 18.6 the text has');
      await result.waitFor();
      await page.getByRole('status').filter({ hasText: 'Head 18.6 is off' }).waitFor();
      const [said, box] = [
        await result.boundingBox(),
        await page.getByRole('checkbox', { name: 'switch' }).boundingBox(),
      ];
      const top = await page.locator('header').evaluate((header) => header.getBoundingClientRect().bottom);
      expect(said?.y).toBeGreaterThanOrEqual(top);
      expect(said?.y).toBeLessThan(box?.y ?? 0);
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(900);
      expect(Math.abs((box?.y ?? Number.NaN) - (before?.y ?? 0)), 'the box stays under the pointer').toBeLessThan(10);
    },
  );

  it("gives its numbers as tables: every head's, and the weights of the token", async () => {
    const inspector = await use.open({ ...place, selected: { token: LETTERS, ...INDUCTION } });
    const { page, host, hostApi } = inspector;
    await complete(page);
    for (const table of ['All heads', 'Head 18.6, token 26', 'Head 18.6, all tokens']) {
      await page.getByRole('button', { name: 'Export' }).click();
      await page.getByRole('menuitem', { name: `Table ${table}, JSON` }).click();
    }
    await expect.poll(() => hostApi.did.saved.length).toBe(3);
    const [heads, weights, pattern] = hostApi.did.saved.map(({ content }) => JSON.parse(String(content)).rows);
    expect(heads).toMatchObject(
      (await host.heads({ trace: traceOf(inspector) })).map((head) =>
        Object.fromEntries(Object.entries(head).map(([name, value]) => [name, expect.closeTo(value, 7)])),
      ),
    );
    const expected = await host.attentionOfQuery({ trace: traceOf(inspector), query: LETTERS, ...INDUCTION });
    expect(weights.map(({ weight }: { weight: number }) => weight)).toEqual(
      Array.from(expected, (weight) => expect.closeTo(weight, 7)),
    );
    expect(pattern[LETTERS][LETTERS - 1]).toBeCloseTo(expected[LETTERS - 1] ?? Number.NaN, 6);
  });

  it('shows blocks of a long text, and its weights when one comes near', async () => {
    const text = `${TEXT} `.repeat(28);
    const inspector = await use.open({ ...place, text, selected: { token: 1150, ...INDUCTION } });
    const { page, host } = inspector;
    const matrix = page.getByRole('application', { name: 'Attention matrix' });
    const answer = page.locator('vt-matrix .answer');
    await matrix.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => answer.textContent()).toMatch(/^Tokens 1,151–1,152 look at tokens 1–2: at most/);
    for (let i = 0; i < 12; i++) await page.keyboard.press('+');
    await page.keyboard.press('ArrowRight');
    const weights = await host.attentionOfQuery({ trace: traceOf(inspector), query: 1150, ...INDUCTION });
    const expected = formatProbability(weights[1] ?? Number.NaN);
    await expect.poll(() => answer.textContent()).toMatch(/\(1,151\) looks at .+ \(2\): /);
    await expect.poll(async () => (await answer.textContent())?.split(': ').at(-1)).toBe(expected);
  });

  it.each(['dark', 'light', 'high-contrast'] as const)(
    'has nothing for axe-core to find in a %s theme',
    async (theme) => {
      const { page, violations } = await use.open({ ...place, theme, selected: { token: LETTERS, ...INDUCTION } });
      await complete(page);
      expect(await violations()).toEqual([]);
    },
  );

  it.each([320, 900, 1600])('fits in %i pixels', async (width) => {
    const { page } = await use.open({ ...place, width, selected: { token: LETTERS, ...INDUCTION } });
    await complete(page);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    const cell = await page.getByRole('gridcell', { name: 'head 29.8,' }).boundingBox();
    expect(cell?.width).toBeGreaterThanOrEqual(8);
  });
});

/** In the page: the name of what has the focus, in whatever shadow it is. */
const deepFocusLabel = `(() => {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element?.getAttribute('aria-label') ?? '';
})()`;

import { describe, expect, it } from 'vitest';
import { formatProbability } from '../../src/display/numbers';
import { nextTask } from '../support/engine';
import { isSupported } from '../workbench/harness/install';
import { complete, INDUCTION, LETTERS, listed, looksAt, place, TEXT, traceOf } from './harness/attention-view';
import { untilCancelled } from './harness/hold';
import { useInspector } from './harness/use-inspector';

/** Of 101 tokens. */
const LINES = [
  'El ratón se comió el queso en la cocina.',
  'The cat sat on the warm windowsill all day.',
  'La niña lee un libro antediluviano en la playa.',
  'She found 327 letters under the floor of the kitchen.',
  'El gato duerme. El gato come. El gato duerme.',
  'El perro ladra en el jardín y nadie lo oye.',
].join('\n');

/** Looks at the token before. */
const PREVIOUS = { layer: 16, head: 0 };

/** In the page: the name of what has the focus, in whatever shadow it is. */
const deepFocusLabel = `(() => {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element?.getAttribute('aria-label') ?? '';
})()`;

describe.skipIf(!isSupported)('the Attention view', () => {
  const use = useInspector();

  it('says that numbers of heads are of all tokens that were read, and outlines the rows of those that are selected', async () => {
    const { page, hostApi } = await use.open({
      ...place,
      text: 'The mouse ate the cheese.',
      shown: [{ start: 3, end: 13 }],
      selected: { token: 2, ...INDUCTION },
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

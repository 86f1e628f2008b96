import { describe, expect, it } from 'vitest';
import { formatProbability } from '../../src/display/numbers';
import { nextTask } from '../support/engine';
import { isSupported } from '../workbench/harness/install';
import { complete, INDUCTION, LETTERS, listed, looksAt, note, place, traceOf } from './harness/attention-view';
import { useInspector } from './harness/use-inspector';

describe.skipIf(!isSupported)('weights in the Attention view', () => {
  const use = useInspector();

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

  it('shows how much is written from each token, in place of weights, of a head and of a mean', async () => {
    const inspector = await use.open({ ...place, selected: { token: LETTERS, ...INDUCTION } });
    const { page, host } = inspector;
    const asked = {
      trace: traceOf(inspector),
      query: LETTERS,
      layer: INDUCTION.layer,
      valueWeighted: 'share',
    } as const;
    const expectShares = async (weights: Float32Array) => {
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 4);
      const expected = weights.subarray(1).toSorted((one, other) => other - one);
      await expect.poll(async () => (await looksAt(page)).map(([, weight]) => weight)).toEqual(listed(expected));
    };
    await page.getByText('weighted by values', { exact: true }).click();
    await page.getByRole('heading', { name: `Head 18.${INDUCTION.head}, weighted by values` }).waitFor();
    await expectShares(await host.attentionOfQuery({ ...asked, head: INDUCTION.head }));
    await page.getByText('mean of the layer', { exact: true }).click();
    await page.getByRole('heading', { name: 'Mean of layer 18, weighted by values' }).waitFor();
    await expectShares(await host.attentionOfQuery({ ...asked, mean: true }));
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
    // The row of the picture: a cell and a bar of the same weight have the same digits.
    const picture = await host.attention({ trace: traceOf(inspector), ...INDUCTION });
    const expected = picture.maximum.subarray(LETTERS * picture.columns, LETTERS * picture.columns + LETTERS + 1);
    expect(weights.map(({ weight }: { weight: number }) => weight)).toEqual(
      Array.from(expected, (weight) => expect.closeTo(weight, 7)),
    );
    expect(pattern[LETTERS][LETTERS - 1]).toBeCloseTo(expected[LETTERS - 1] ?? Number.NaN, 7);
  });
});

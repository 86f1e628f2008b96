import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatDecimal } from '../../src/display/numbers';
import { isSupported } from '../workbench/harness/install';
import { useInspector } from './harness/use-inspector';

const TEXT = 'The mouse that ate the cheese ran from the cat that ate the mouse.';
/** No number of the view's. */
const OWN_TASK = 1e6;
const place = { view: 'anatomy', text: TEXT, width: 1100, height: 900 } as const;

/** As Hugging Face counts SmolLM2-135M: the embedding, thirty layers and the last norm. */
const [EMBEDDING, LAYER, NORM] = [49_152 * 576, 3_540_096, 576];

describe.skipIf(!isSupported)('the anatomy of a model', () => {
  const use = useInspector();

  it('is drawn with all its layers at once, and has every weight of the file', async () => {
    const { page, hostApi } = await use.open(place);
    await page.getByRole('heading', { name: '134,515,008 weights' }).waitFor();
    const rows = page.locator('vt-model-drawing [data-layer]');
    expect(await rows.count()).toBe(1 + 30 + 1);
    const last = await rows.last().boundingBox();
    expect((last?.y ?? Number.NaN) + (last?.height ?? 0)).toBeLessThan(place.height);

    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'Table Tensors, JSON' }).click();
    await expect.poll(() => hostApi.did.saved.length).toBe(1);
    const { rows: tensors } = JSON.parse(String(hostApi.did.saved[0]?.content));
    const sum = (of: (tensor: { layer: number | null; part: string }) => boolean) =>
      tensors.filter(of).reduce((total: number, { elements }: { elements: number }) => total + elements, 0);
    expect(sum(({ part }) => part === 'embedding')).toBe(EMBEDDING);
    expect(sum(({ layer }) => layer === 29)).toBe(LAYER);
    expect(sum(() => true)).toBe(EMBEDDING + 30 * LAYER + NORM);
  });

  it('opens: a layer beside the drawing, a head that is the same in every view, a matrix as the file has it', async () => {
    const { page, hostApi } = await use.open(place);
    await page.locator('[data-layer="3"]').click();
    await page.getByText('9 heads of 64 numbers; 3 share the keys and values of one, of which there are 3.').waitFor();
    await page.getByRole('button', { name: 'Head 7' }).click();
    expect(hostApi.state.selected).toMatchObject({ layer: 3, head: 7 });
    await page.getByRole('button', { name: /^gate/ }).click();
    await page.getByText('blk.3.ffn_gate.weight').waitFor();
    expect(await page.locator('vt-tensor-list dd').allTextContents()).toContain('884,736, 0.66 %');
    // As numpy has them: test/fixtures/matrices.
    await page.getByText('The numbers go from −2.0 to 1.9').waitFor();
    await page.getByRole('button', { name: 'Compute' }).click();
    await page
      .getByText('390 of 576 directions have 90 % of what the matrix does; the strongest multiplies by 21.9.')
      .waitFor();
    // By keys as well: the next row, and what it has takes the place.
    await page.locator('[data-layer="3"]').press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('toolbar', { name: 'Heads of layer 4' }).waitFor();
    await page.getByRole('button', { name: 'Look at it in Attention' }).waitFor({ state: 'hidden' });
  });

  it('shows how much each part adds to the stream, at the token that is chosen', async () => {
    const { page, host, hostApi } = await use.open({ ...place, selected: { token: 2 } });
    const { trace = 0, ids = [] } = hostApi.state.subject?.read ?? {};
    const { attention, mlp, stream } = await host.additions({ task: OWN_TASK, trace });
    const row = (token: number) => {
      const [a, m, s] = [attention, mlp, stream.subarray(ids.length)].map((norms) => norms[24 * ids.length + token]);
      return `attention ${formatDecimal(a ?? 0)}, MLP ${formatDecimal(m ?? 0)}, stream ${formatDecimal(s ?? 0)}`;
    };
    const drawn = () => page.locator('[data-layer="24"] .number').last().textContent();
    await page.getByText('what they add').click();
    await expect.poll(drawn).toBe(row(2));
    await page.locator('vt-token-text .token').first().click();
    await expect.poll(drawn).toBe(row(0));
  });
});

describe.skipIf(!isSupported)('the anatomy of a model whose layers differ', () => {
  const use = useInspector(resolve('test/fixtures/architectures/gpt-oss-mxfp4/model.gguf'));

  it('says of each what it sees, and how many experts a token has there', async () => {
    const { page } = await use.open(place);
    await page.locator('[data-layer="0"]', { hasText: 'sees 12 tokens · 2 of 4 experts' }).waitFor();
    expect(await page.locator('[data-layer="1"]').textContent()).not.toContain('sees');
    await page.getByRole('button', { name: 'gate of experts 4 × 32 × 64' }).waitFor();
  });
});

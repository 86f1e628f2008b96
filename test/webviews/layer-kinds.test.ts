import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { formatProbability } from '../../src/display/numbers';
import { isSupported } from '../workbench/harness/install';
import { note, traceOf } from './harness/attention-view';
import { openFile, writeRecording } from './harness/recorded-file';
import { useInspector } from './harness/use-inspector';

/** Of its two layers the first is local; every head has a sink of its own, and every layer experts. */
const MODEL = resolve('test/fixtures/architectures/gpt-oss-mxfp4/model.gguf');
const WINDOW = 12;
const TEXT = 'The mouse that ate the cheese ran from the cat that ate the mouse.';
const TOKEN = 30;
const LOCAL = { layer: 0, head: 1 };
const place = { text: TEXT, width: 1200, height: 900 } as const;

describe.skipIf(!isSupported)('what layers differ in', () => {
  const use = useInspector(MODEL);

  it('is named where a layer is local, and what it does not reach is hatched and no number', async () => {
    const { page, hostApi } = await use.open({ ...place, view: 'attention', selected: { token: TOKEN, ...LOCAL } });
    await page.getByRole('gridcell', { name: /head 0\.1, .*, local \(12\), own sink/ }).waitFor();
    expect(await page.getByRole('gridcell', { name: /head 1\.1, .*local/ }).count()).toBe(0);
    await page.getByText('local layer: a token sees the last 12').waitFor();

    const matrix = page.locator('vt-matrix');
    expect(await inksAt(page, TOKEN, TOKEN - WINDOW)).toBeGreaterThan(1);
    expect(await inksAt(page, TOKEN, TOKEN + 1)).toBe(1);
    const { x, y } = await centreOf(page, TOKEN, TOKEN - WINDOW);
    await matrix.hover({ position: { x, y } });
    const sentence = 'in this layer a token sees the last 12, itself included.';
    await expect.poll(() => page.locator('vt-attention-matrix .answer').first().textContent()).toContain(sentence);
    await page.mouse.move(0, 0);

    for (const table of [`Head 0.1, token ${TOKEN}`, 'Head 0.1, all tokens']) {
      await page.getByRole('button', { name: 'Export' }).click();
      await page.getByRole('menuitem', { name: `Table ${table}, JSON` }).click();
    }
    await expect.poll(() => hostApi.did.saved.length).toBe(2);
    const [weights, pattern] = hostApi.did.saved.map(({ content }) => JSON.parse(String(content)).rows);
    for (const row of [weights.map(({ weight }: { weight: number }) => weight), pattern[TOKEN]]) {
      expect([row[TOKEN - WINDOW], typeof row[TOKEN - WINDOW + 1]]).toEqual([null, 'number']);
    }
  });

  it('is what a sink of its own took of a token’s weight, and of all tokens’', async () => {
    const head = { layer: 1, head: 2 };
    const inspector = await use.open({ ...place, view: 'attention', selected: { token: TOKEN, ...head } });
    const { page, host } = inspector;
    const trace = traceOf(inspector);
    const weights = await host.attentionOfQuery({ trace, query: TOKEN, ...head });
    const took = formatProbability(1 - weights.reduce((sum, weight) => sum + weight, 0));
    await expect.poll(() => note(page)).toContain(`The head’s own sink took ${took}.`);
    const summary = (await host.heads({ trace })).find((one) => one.layer === head.layer && one.head === head.head);
    const fact = page.locator('vt-head-facts div', { hasText: 'its own sink' }).locator('.number');
    expect(await fact.textContent()).toBe(formatProbability(summary?.sink ?? Number.NaN));
  });

  it('are the experts that a token went to, and what one of them saw of the text', async () => {
    const inspector = await use.open({ ...place, view: 'layers', selected: { token: TOKEN } });
    const { page, host } = inspector;
    await page.getByText('experts', { exact: true }).click();
    const tokens = inspector.hostApi.state.subject?.read?.ids.length ?? 0;
    const [layer] = await host.experts({ trace: traceOf(inspector), from: 0, to: tokens });
    if (!layer) throw new Error('The model has experts.');
    const { perToken, experts, weights } = layer;
    const at = TOKEN * perToken;
    const expected = Array.from(
      { length: perToken },
      (_, i) => `layer 0, expert ${experts[at + i]} ${formatProbability(weights[at + i] ?? Number.NaN)}`,
    );
    for (const name of expected) await page.getByRole('button', { name, exact: true }).waitFor();
    await page.getByRole('button', { name: expected[0] as string, exact: true }).click();
    const saw = experts.filter((expert) => expert === experts[at]).length;
    await expect.poll(() => page.locator('vt-expert-strip .note').textContent()).toContain(`saw ${saw} of ${tokens}`);
    const painted = page.locator('vt-expert-strip .token[style*="background-color"]');
    await expect.poll(() => painted.count()).toBe(saw);
    expect(await inspector.violations()).toEqual([]);

    const file = await openFile(use.stage, await writeRecording(inspector));
    await file.page.getByText('experts', { exact: true }).click();
    for (const name of expected) await file.page.getByRole('button', { name, exact: true }).waitFor();
    expect(file.problems).toEqual([]);
  });
});

/** Of its four layers the last alone has attention. */
const HYBRID = resolve('test/fixtures/architectures/qwen35/model.gguf');

describe.skipIf(!isSupported)('a layer without attention', () => {
  const use = useInspector(HYBRID);

  it('is named, and nothing is said of heads that it does not have', async () => {
    const { page } = await use.open({ ...place, view: 'attention', selected: { layer: 0, head: 0 } });
    await page.getByText('no attention matrix').first().waitFor();
    await page.getByText('Strongest heads in this text').waitFor();
    for (const absent of ['NaN', 'no token repeats', 'switch head', 'Asking the model'])
      expect(await page.getByText(absent).count()).toBe(0);
  });
});

/** The middle of a cell, in CSS pixels of the matrix. */
async function centreOf(page: Page, row: number, column: number): Promise<{ x: number; y: number }> {
  const { x, y, width, height } = await page
    .locator('vt-matrix')
    .evaluate((matrix, cell) => (matrix as unknown as PageMatrix).boxOf(cell), { row, column });
  return { x: x + width / 2, y: y + height / 2 };
}

/** How many colours a cell has within its edges. */
function inksAt(page: Page, row: number, column: number): Promise<number> {
  return page.locator('vt-matrix').evaluate(
    (element, cell) => {
      const matrix = element as unknown as PageMatrix;
      const canvas = matrix.renderRoot.querySelector('canvas.cells');
      const ratio = canvas.width / canvas.clientWidth;
      const { x, y, width, height } = matrix.boxOf(cell);
      const inner = [x + 2, y + 2, width - 4, height - 4].map((length) => Math.round(length * ratio)) as Four;
      const { data } = canvas.getContext('2d').getImageData(...inner);
      return new Set(Array.from({ length: data.length / 4 }, (_, at) => data.slice(4 * at, 4 * at + 3).join())).size;
    },
    { row, column },
  );
}

type Four = [number, number, number, number];

interface PageMatrix {
  boxOf(cell: { row: number; column: number }): { x: number; y: number; width: number; height: number };
  renderRoot: { querySelector(selector: string): PageCanvas };
}

interface PageCanvas {
  width: number;
  clientWidth: number;
  getContext(kind: '2d'): { getImageData(...box: Four): { data: Uint8ClampedArray } };
}

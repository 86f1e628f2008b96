import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { VIEWS } from '../../src/shared/inspector-api';
import { NEEDED } from '../../src/shared/needed-capabilities';
import type { Inspector } from './harness/inspector';
import { openFile, writeRecording } from './harness/recorded-file';
import { showView } from './harness/show-view';
import { useInspector } from './harness/use-inspector';

/*
 * A model behind a server that names its most probable tokens only, as SGLang does: its numbers are the engine's own, so that
 * what is looked at here is what the views make of what is not known.
 */

const TEXT = 'The mouse that ate the cheese ran from the cat that ate the mouse.';
/** Nobody expects it after “The”; and ·that after ·mouse is among the first. */
const [MOUSE, THAT] = [1, 2];
const ABSENT = ['attention', 'layers', 'why', 'anatomy'] as const;

const use = useInspector(undefined, 'sglang');

const numberOf = (page: Inspector['page'], name: string) =>
  page.locator('vt-place-numbers tr').filter({ hasText: name }).locator('td');

describe('a served model', () => {
  it('is asked for nothing that it does not give, and each view says so in its place', async () => {
    const { capabilities } = await use.stage.model();
    const lacking = Object.entries(NEEDED).filter(([, capability]) => !capabilities[capability]);
    const asked = lacking.map(([name]) => vi.spyOn(use.stage.engine, name as keyof typeof NEEDED));
    const { page, hostApi, violations } = await use.open({ text: TEXT, selected: { token: MOUSE } });
    for (const view of VIEWS) {
      await showView(page, view);
      const isAbsent = ABSENT.some((absent) => absent === view);
      await expect.poll(() => page.locator('vt-absent-view').count()).toBe(isAbsent ? 1 : 0);
      expect(await page.getByRole('alert').count()).toBe(0);
    }
    await showView(page, 'attention');
    await expect.poll(() => page.getByRole('note').textContent()).toMatch(/which does not give its attention/);
    await page.getByRole('button', { name: 'Choose Model…' }).click();
    expect(hostApi.did.actions).toEqual(['chooseModel']);
    expect(await violations()).toEqual([]);
    await page.locator('vt-absent-view').getByRole('button', { name: 'Probabilities' }).press('Enter');
    await page.locator('vt-probabilities-view').waitFor();
    expect(asked.flatMap(({ mock }) => mock.calls)).toEqual([]);
  });

  it('has its bounds shown as bounds, and more alternatives named when they are asked for', async () => {
    const { page, hostApi, violations } = await use.open({
      text: TEXT,
      view: 'probabilities',
      selected: { token: MOUSE },
    });
    await expect.poll(() => numberOf(page, 'rank').textContent()).toBe('> 5');
    expect(await numberOf(page, 'entropy before it').textContent()).toMatch(/^≥ \d/);
    expect(await page.locator('vt-bars .gap').textContent()).toContain('not among the 5 most probable');
    expect(await page.locator('vt-expected-tokens .others').textContent()).toMatch(/all other tokens together\s*\d+ %/);
    expect(await page.locator('vt-class-sums tbody').textContent()).toContain('not among the 5 most probable');
    expect(await violations()).toEqual([]);
    hostApi.did.saved.length = 0;
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'Table Predictions, JSON' }).click();
    await expect.poll(() => hostApi.did.saved.length).toBe(1);
    const table = JSON.parse(String(hostApi.did.saved[0]?.content));
    expect(table.provenance).toMatchObject({ server: 'SGLang', sha256: null });
    expect(table.rows[MOUSE]).toMatchObject({ rank: 5, rankLimit: 5, isEntropyBound: true });
    await page.getByRole('button', { name: 'Show the 20 most probable' }).click();
    await expect.poll(() => page.locator('vt-bars li').count()).toBe(21);
    await page.getByRole('textbox', { name: 'Loss of another word here' }).fill('cat');
    await expect
      .poll(() => page.locator('vt-typed-word [aria-live]').textContent())
      .toMatch(/times (more|less) probable than “mouse”/);
    hostApi.change({ selected: { ...hostApi.state.selected, token: THAT } });
    await expect.poll(() => numberOf(page, 'rank').textContent()).toMatch(/^\d+$/);
  });

  it('goes on with a text, which is written by the server', async () => {
    const { page, hostApi } = await use.open({ text: 'The mouse ate the', view: 'continue' });
    await page.getByLabel('tokens').fill('3');
    await page.getByRole('button', { name: 'Write', exact: true }).click();
    await page.getByRole('button', { name: 'Write on' }).click();
    await page.getByRole('button', { name: 'Insert into the document' }).click();
    await expect.poll(() => hostApi.did.inserted.length).toBe(1);
    const written = hostApi.did.inserted[0] ?? '';
    expect(written).not.toBe('');
    expect(await page.locator('vt-text-end mark').textContent()).toBe(written);
  });

  it('is looked at in a file, which does not say where it ran', async () => {
    const inspector = await use.open({ text: TEXT, selected: { token: MOUSE } });
    await expect.poll(() => inspector.hostApi.state.reading.kind).toBe('ready');
    const path = await writeRecording(inspector, { language: 'es' });
    // A sentence speaks of this machine's address, without a port.
    expect(readFileSync(path, 'utf8')).not.toMatch(/127\.0\.0\.1:\d/);
    const { page, problems, violations } = await openFile(use.stage, path);
    await showView(page, 'probabilities');
    await expect.poll(() => numberOf(page, 'rango').textContent()).toBe('> 5');
    await showView(page, 'attention');
    await page.locator('vt-absent-view').waitFor();
    expect(await page.locator('header small').textContent()).toContain('SGLang');
    expect(await violations()).toEqual([]);
    expect(problems).toEqual([]);
  });
});

import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import type { HeadSummary } from '../../src/shared/engine-api';
import { VIEWS, type ViewName } from '../../src/shared/inspector-api';
import { type InspectJson, vitrine } from '../support/command-line';
import { isSupported } from '../workbench/harness/install';
import { exported, openFile, writeRecording } from './harness/recorded-file';
import { saveTable } from './harness/save';
import { showView } from './harness/show-view';
import { useInspector } from './harness/use-inspector';

/** 43 tokens, a repeated sentence and a number among them. */
const TEXT =
  'The mouse that ate the cheese ran from the cat that ate the mouse. The mouse that ate 327 cheeses ran from the cat that ate 12 mice, and it was never seen there again.';
/** Where a part of it begins that is read by itself. */
const PART = TEXT.indexOf('The mouse that ate 327');
const HEADS = ['0.0', '5.3', '18.6', '29.8'];
const CHAT = [
  { role: 'user', content: 'What is the capital of France?' },
  { role: 'assistant', content: 'Paris is the capital of France.' },
];
const NASTY =
  'a</script><!--<script>alert(1)</script>\u2028\0\ud83d x \ud83d\ude00 \u05e9\u05dc\u05d5\u05dd -->]]> 327';

/** What is in each view only when it has its answers. */
const CONTENT: Record<ViewName, string> = {
  tokens: 'vt-costly-words',
  numbers: 'vt-number-map',
  probabilities: 'vt-text-sums',
  attention: 'vt-attention-matrix canvas',
  layers: 'vt-lens-grid [data-layer]',
  why: 'vt-why-waterfall [data-layer]',
  continue: 'vt-rank-curve',
  compare: 'vt-cumulative-chart',
  difference: 'vt-difference-view',
  anatomy: 'vt-model-drawing [data-layer]',
};

/**
 * In the page, of a file: all answers are there. They wait for nothing but timers that rest for a moment, and a page's
 * timers end in the order of their times.
 */
const LAST_ANSWER = 'new Promise((resolve) => setTimeout(resolve, 500))';

/** Of the files whose text is recorded. */
const NAME = 'notes.md';
const written = new Map<string, Promise<Recorded>>();
const folder = mkdtempSync(join(tmpdir(), 'vitrine-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Recorded {
  path: string;
  /** What the same run printed. */
  json: InspectJson;
}

/** A text's file from the command line: several tests read the same. */
async function recorded(text: string, ...options: string[]): Promise<Recorded> {
  const key = [text, ...options].join('\n');
  const file = written.get(key) ?? inspect(text, join(folder, `${written.size}.html`), options);
  written.set(key, file);
  // A test that is tried again may have met a busy machine.
  file.catch(() => written.delete(key));
  return file;
}

async function inspect(text: string, path: string, options: string[]): Promise<Recorded> {
  const file = join(folder, NAME);
  writeFileSync(file, text);
  const { code, stdout, stderr } = await vitrine(['inspect', '--file', file, '--html', path, '--json', ...options]);
  expect(stderr).toContain(`Wrote ${path}`);
  expect(code).toBe(0);
  return { path, json: JSON.parse(stdout) };
}

const wholeText = () => recorded(TEXT, ...HEADS.flatMap((head) => ['--attention', head]), '--top', '50');
/** With a head off. */
const partOfText = () => recorded(TEXT, '--select', `${PART}:${TEXT.length}`, '--ablate', '18.6');
const mouse = () => recorded('The mouse ate the cheese.');

/** Asks what the views ask. @param call of the store in the page */
const ask = (page: Page, call: string): Promise<unknown> =>
  page.evaluate(`(async () => { const { store } = document.querySelector('vt-inspector'); return ${call}; })()`);

describe.skipIf(!isSupported)('an exported file', () => {
  const use = useInspector();

  it('shows every view, asks for nothing, and is small', async () => {
    const { path } = await wholeText();
    expect(statSync(path).size).toBeLessThan(2.6e6);
    const { page, problems } = await openFile(use.stage, path);
    for (const view of VIEWS) {
      await showView(page, view);
      await page.locator(CONTENT[view]).first().waitFor();
      await page.evaluate(LAST_ANSWER);
      expect(await page.getByText('This file holds no answer').count(), view).toBe(0);
    }
    expect(problems).toEqual([]);
  });

  it('has the numbers of the command line', async () => {
    const text = `${TEXT} ${TEXT}`;
    // A head that is at nothing the best.
    const { path, json } = await recorded(text, '--attention', '5.3', '--lens', '--top', '5');
    const { tokens, attention, lens } = json;
    const { page } = await openFile(use.stage, path);
    const { rows } = JSON.parse(await exported(page, 'JSON')) as { rows: Record<string, number | null>[] };
    expect(rows.map(({ logprob }) => logprob)).toEqual(
      tokens.map(({ logprob }) => (logprob === null ? null : expect.closeTo(logprob, 6))),
    );
    const query = tokens.length - 2;
    const row = await ask(
      page,
      `[...await store.lenses.attentionOfQuery({ trace: 0, query: ${query}, layer: 5, head: 3 })]`,
    );
    expect(row).toEqual(attention?.[0]?.pattern[query]?.slice(0, query + 1).map((weight) => near(weight)));
    const layers = (await ask(
      page,
      `[...(await store.lenses.logitLens({ trace: 0, from: 7, to: 8, layers: [20, 30], topK: 5 })).topIds]`,
    )) as number[];
    const expected = [20, 30].flatMap((layer) => lens?.[layer]?.tokens[7]?.top.map(({ id }) => id));
    expect(layers).toEqual(expected);
  });

  it('has every weight of a head within what is promised of attention', async () => {
    const { path, json } = await wholeText();
    const { attention = [] } = json;
    const { page } = await openFile(use.stage, path);
    for (const { layer, head, pattern } of attention) {
      const weights = (await ask(
        page,
        `[...(await store.lenses.attention({ trace: 0, layer: ${layer}, head: ${head} })).maximum]`,
      )) as number[];
      const differences = pattern.flat().map((weight, at) => Math.abs((weights[at] ?? Number.NaN) - weight));
      expect(weights).toHaveLength(pattern.length ** 2);
      expect(Math.max(...differences)).toBeLessThan(PRECISION);
    }
    expect(attention).toHaveLength(HEADS.length);
  });

  it('says of the end of the text what the model gives, of every token', async () => {
    const { path, json } = await wholeText();
    const { page } = await openFile(use.stage, path);
    const { tokens } = json;
    const top = tokens.at(-1)?.top ?? [];
    const ids = JSON.stringify(top.map(({ id }) => id));
    const last = tokens.length - 1;
    const [logprobs, texts] = (await ask(
      page,
      `[await store.lenses.distribution({ trace: 0, position: ${last} }).then((all) => ${ids}.map((id) => all[id])),
        (await store.lenses.describe({ ids: ${ids} })).map(({ text }) => text)]`,
    )) as [number[], string[]];
    expect(texts).toEqual(top.map(({ text }) => text));
    expect(logprobs).toEqual(top.map(({ logprob }, i) => expect.closeTo(logprob, i < 20 ? 5 : 2)));
  });

  it('follows one selection by pointer and by key', async () => {
    const { page, problems } = await openFile(use.stage, (await wholeText()).path);
    await page.getByText('cheeses').first().click();
    await expect.poll(() => page.locator('vt-place-numbers').count()).toBe(1);
    await showView(page, 'attention');
    await page.getByText('Where it looks').waitFor();
    await page.locator('vt-token-text [tabindex="0"]').first().press('Escape');
    await showView(page, 'tokens');
    await page.getByText('Point at a token to see its id').waitFor();
    await page.locator('vt-token-text [tabindex="0"]').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.locator('vt-merge-tree').waitFor();
    expect(problems).toEqual([]);
  });

  it('says what its numbers come from', async () => {
    const { path, json } = await partOfText();
    const { provenance } = json;
    const { page } = await openFile(use.stage, path);
    const line = page.locator('vt-recording-note p').first();
    await expect.poll(() => line.textContent()).toContain(provenance.model);
    expect(await line.textContent()).toContain(`Vitrine ${provenance.vitrine} · heads off: 18.6`);
    expect(await line.locator('abbr').getAttribute('title')).toBe(provenance.sha256);
  });

  it('explains one place with the heads that did most, and says so of others', async () => {
    const { page, problems } = await openFile(use.stage, (await wholeText()).path);
    await showView(page, 'why');
    await page.locator('vt-opened-head tbody tr').first().waitFor();
    expect(await page.getByRole('switch').count()).toBe(0);
    await page.locator('vt-sources-strip .token').nth(3).click();
    await page.getByText(/^This file explains the token \d+, counted from 0\./).waitFor();
    expect(problems).toEqual([]);
  });

  it('says in one sentence what it cannot know', async () => {
    const { page } = await openFile(use.stage, (await wholeText()).path);
    await showView(page, 'numbers');
    await page.getByRole('textbox', { name: 'A number' }).fill('4711');
    await page.getByText('This file holds no answer to that.').first().waitFor();
    // The picture of all numbers is known.
    expect(await page.locator('vt-number-map').count()).toBe(4);
  });

  it.each(['light', 'dark'] as const)('follows the system that is %s, and can be switched', async (theme) => {
    const { page, violations } = await openFile(use.stage, (await mouse()).path, { theme });
    const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const colours = { light: 'rgb(255, 255, 255)', dark: 'rgb(18, 19, 20)' };
    expect(await background()).toBe(colours[theme]);
    for (const view of VIEWS) {
      await showView(page, view);
      await page.locator(CONTENT[view]).first().waitFor();
      expect(await violations()).toEqual([]);
    }
    const other = theme === 'light' ? 'dark' : 'light';
    await page.getByRole('button', { name: new RegExp(`${other} theme`, 'i') }).click();
    expect(await background()).toBe(colours[other]);
  });

  it('speaks Spanish to Spaniards', async () => {
    const inspector = await use.open({ text: TEXT, language: 'es', view: 'numbers' });
    const { page, problems } = await openFile(use.stage, await writeRecording(inspector, { language: 'es' }));
    expect(await page.locator('html').getAttribute('lang')).toBe('es');
    for (const width of [1000, 650, 500, 320]) {
      await page.setViewportSize({ width, height: 800 });
      const { y } = (await page.locator('vt-export-menu button').first().boundingBox()) ?? { y: Number.NaN };
      expect(y, `the first line of the bar at ${width} px`).toBeLessThan(20);
    }
    await page.getByRole('textbox', { name: 'Un número' }).fill('4711');
    await page.getByText('Este archivo no guarda respuesta a eso.').first().waitFor();
    await showView(page, 'compare');
    await page.getByText('veces más probable').waitFor();
    expect(problems).toEqual([]);
  });

  it('of a comparison has what both models say of a chat, and what was measured', async () => {
    const { numHiddenLayers, hiddenSize } = await use.stage.model();
    const direction = new Float32Array(numHiddenLayers * hiddenSize).fill(0.02);
    const steering = { name: 'adapter', direction, coefficient: 1, range: 8 };
    const comparison = { kind: 'adapter', label: 'SmolLM2 135M + adapter', steering, gain: 1 } as const;
    const inspector = await use.open({ view: 'difference', chat: CHAT, comparison });
    await inspector.page.locator('vt-place-difference table').waitFor();
    const scope = { whole: false, asLlamaCpp: false };
    const statistics = await inspector.host.divergence({ task: 1000, ...scope });
    const live = [await saveTable(inspector, 'Differences'), await saveTable(inspector, 'Differences by role')];
    const path = await writeRecording(inspector, { measured: [{ ...scope, statistics }] });
    const { page, problems, violations } = await openFile(use.stage, path);
    await page.locator('vt-place-difference table').waitFor();
    const tables = ['Table Differences, JSON', 'Table Differences by role, JSON'];
    const recorded = [await exported(page, tables[0] ?? ''), await exported(page, tables[1] ?? '')];
    expect(recorded.map((json) => JSON.parse(json).rows)).toEqual(live.map(({ rows }) => rows));
    await page.getByRole('group', { name: 'assistant', exact: true }).waitFor();
    expect(await page.locator('vt-difference-strip .scored').first().textContent()).toBe('Paris');
    expect(await page.getByRole('slider', { name: 'Gain of the adapter' }).isDisabled()).toBe(true);
    await page.getByText('To move the slider, to compare with other models').waitFor();
    expect(await violations()).toEqual([]);
    await page.getByRole('tab', { name: 'Statistics' }).click();
    const divergence = page.getByRole('row', { name: /^Mean KLD/ }).locator('td');
    expect(Number.parseFloat((await divergence.getAttribute('title')) ?? '')).toBe(statistics.kl.mean.value);
    expect(problems).toEqual([]);
  });

  it('holds any text as it is', async () => {
    const inspector = await use.open({ text: NASTY, title: '</title><b>&"\0' });
    const { page, problems } = await openFile(use.stage, await writeRecording(inspector));
    expect(await page.evaluate("document.querySelector('vt-inspector').store.subject.text")).toBe(NASTY);
    expect(await page.title()).toContain('</title><b>&"');
    for (const view of VIEWS) {
      await showView(page, view);
      await page.locator(CONTENT[view]).first().waitFor();
    }
    expect(problems).toEqual([]);
  });

  it('says nothing of the machine that wrote it', async () => {
    const html = readFileSync((await mouse()).path, 'utf8');
    expect(html).toContain(NAME);
    for (const place of [folder, process.cwd(), homedir()]) expect(html).not.toContain(`${place}/`);
  });

  it('says in a table of weights to how many bits it holds them, and in no other', async () => {
    const { page } = await openFile(use.stage, (await mouse()).path);
    await showView(page, 'attention');
    await page.locator(CONTENT.attention).first().waitFor();
    expect(await exported(page, 'all tokens, CSV')).toContain('\r\n# attention bits: 14\r\n');
    expect(JSON.parse(await exported(page, 'all tokens, JSON')).provenance.attentionBits).toBe(14);
    expect(await exported(page, 'All heads, CSV')).not.toContain('attention bits');
  });

  it('shows a part of the text where only that was asked for', async () => {
    const { path, json } = await partOfText();
    const { page } = await openFile(use.stage, path);
    const { rows } = JSON.parse(await exported(page, 'JSON')) as { rows: { logprob: number }[] };
    expect(rows.map(({ logprob }) => logprob)).toEqual(
      json.tokens.map(({ logprob }) => expect.closeTo(logprob ?? Number.NaN, 6)),
    );
  });

  it('of 600 tokens of code is under 8.5 MB, and knows some heads whole', { timeout: 400_000 }, async () => {
    const code = readFileSync('src/engine/attention/attention-patterns.ts', 'utf8').slice(0, 2250);
    // Code repeats itself: the page opens on the head that looks most at what came after an earlier copy.
    const [layer, head] = [17, 5];
    const { path, json } = await recorded(code, '--attention', `${layer}.${head}`);
    expect(statSync(path).size).toBeLessThan(8.5e6);
    const { page, problems } = await openFile(use.stage, path);
    expect(await ask(page, 'store.subject.read.ids.length')).toBeGreaterThanOrEqual(600);
    const heads = (await ask(page, 'store.lenses.heads({ trace: 0 })')) as HeadSummary[];
    expect(heads.toSorted((one, other) => other.induction - one.induction)[0]).toMatchObject({ layer, head });
    const query = 300;
    const row = await ask(
      page,
      `[...await store.lenses.attentionOfQuery({ trace: 0, query: ${query}, layer: ${layer}, head: ${head} })]`,
    );
    expect(row).toEqual(json.attention?.[0]?.pattern[query]?.slice(0, query + 1).map(near));
    await showView(page, 'attention');
    await page.locator(CONTENT.attention).first().waitFor();
    await page.getByText(`heads ${layer}.${head}, `).waitFor();
    await page.getByText('Layers are recorded of the tokens 0 to 511').waitFor();
    await showView(page, 'layers');
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'Table Layers, CSV' }).click();
    await page.getByRole('alert').filter({ hasText: 'holds the layers of the tokens 0 to 511' }).waitFor();
    expect(problems).toEqual([]);
  });
});

/** What is promised of attention. */
const PRECISION = 1e-4;

function near(weight: number): unknown {
  return {
    asymmetricMatch: (value: unknown) => Math.abs(Number(value) - weight) < PRECISION,
    toString: () => `${weight} ± ${PRECISION}`,
  };
}

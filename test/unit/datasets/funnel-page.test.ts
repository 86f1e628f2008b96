import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { BackgroundReader } from '../../../src/background/background-reader';
import { FunnelWork } from '../../../src/datasets/funnel/funnel-work';
import { makeRules } from '../../../src/datasets/funnel/make-rules';
import type { SavedChoices } from '../../../src/datasets/funnel-page/choices';
import { FunnelPage } from '../../../src/datasets/funnel-page/funnel-page';
import { errorText, render } from '../../../src/display/sentences';

const PATH = 'examples/documents.jsonl';
const ids = readFileSync(PATH, 'utf8')
  .trim()
  .split('\n')
  .map((line): string => JSON.parse(line).id);

const folder = mkdtempSync(join(tmpdir(), 'vitrine-funnel-page-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** In this thread. @param saved what was chosen before, and what is chosen in it */
function openPage(saved: { choices?: SavedChoices } = {}, own = folder): FunnelPage {
  return new FunnelPage({
    path: PATH,
    folder: own,
    results: own,
    reader: new BackgroundReader({ isBusy: () => false, whenFree: async () => {} }),
    // A bit for each byte.
    model: async () => ({
      key: 'a bit a byte',
      contextLength: 1000,
      begin: [],
      encode: (text) => {
        const ids = Uint32Array.from(new TextEncoder().encode(text));
        return { ids, byteStarts: ids.map((_, i) => i), byteEnds: ids.map((_, i) => i + 1) };
      },
      score: async (ids) => new Float32Array(ids.length).fill(-Math.LN2),
    }),
    tokenSample: async () => undefined,
    vocabulary: () => '',
    choices: saved.choices,
    chose: (choices) => {
      // As the editor keeps it.
      saved.choices = JSON.parse(JSON.stringify(choices));
    },
    start: (events) => new FunnelWork(makeRules, events),
    decided: () => {},
    changed: () => {},
    text: (sentence) => render(sentence),
    errorText: (error) => errorText(error),
  });
}

/** Names of the documents that stay. */
async function kept(page: FunnelPage): Promise<string[]> {
  const gone = new Set<number>();
  for (const { name, removed } of page.state.rules) {
    const documents = await page.removed(name, undefined, 0, 1000);
    expect(documents.length).toBe(removed);
    for (const { index } of documents) gone.add(index);
  }
  expect(page.state.kept.documents).toBe(ids.length - gone.size);
  return ids.filter((_, index) => !gone.has(index));
}

const startsWith = (...beginnings: string[]) => ids.filter((id) => beginnings.some((start) => id.startsWith(start)));

it.each([
  ['fineweb', startsWith('en-'), startsWith('es-', 'code-', 'german', 'short-', 'same-', 'copy-', 'curly', 'noise')],
  ['spanish', startsWith('es-'), startsWith('en-', 'code-', 'german', 'portuguese')],
  ['code', startsWith('code-'), startsWith('es-', 'same-line', 'copy-', 'empty')],
])(
  'the preset %s keeps the examples that it is for, and each document goes for one reason',
  async (preset, stay, go) => {
    const page = openPage();
    await page.choosePreset(preset);
    await page.read();
    expect(page.state.reading).toEqual({ kind: 'done' });
    const names = await kept(page);
    expect(names).toEqual(expect.arrayContaining(stay));
    expect(names.filter((name) => go.includes(name))).toEqual([]);
    await page.dispose();
  },
);

it('moves thresholds, switches rules, and has a model read what is left', async () => {
  const page = openPage();
  await page.read();
  const before = page.state.kept.documents;
  await page.setThreshold('gopher_short_doc', undefined);
  await page.setThreshold('gopher_short_doc', 50);
  expect(page.state.kept.documents).toBe(before);
  for (const { name } of page.state.rules) await page.setRule(name, false);
  expect(page.state.kept.documents).toBe(ids.length);
  await page.readByModel();
  await vi.waitFor(() => expect(page.state.rules.at(-1)?.reading).toBeUndefined(), { timeout: 5000 });
  const bits = () => page.state.rules.at(-1)?.measures[0]?.histogram.reduce((sum, count) => sum + count, 0);
  // The empty one has no byte.
  await vi.waitFor(() => expect(bits()).toBe(ids.length - 1));
  await page.setThreshold('bits_per_byte_low', 1.1);
  expect(page.state.kept.documents).toBe(1);
  await page.dispose();
});

it('lists what a measure lets go and stay by how near it is to the threshold, and opens both', async () => {
  const page = openPage();
  await page.read();
  const threshold = 60;
  await page.setThreshold('gopher_short_doc', threshold);
  const { removed, kept } = await page.nearThreshold('gopher_short_doc', 3);
  const measured = [removed.toReversed(), kept].flat().map((document) => document.measured);
  expect(measured).toEqual(measured.toSorted((a, b) => a - b));
  expect([removed.length, kept.length]).toEqual([3, 3]);
  expect(removed.every(({ measured }) => measured < threshold)).toBe(true);
  expect(kept.every(({ measured }) => measured >= threshold)).toBe(true);
  const everywhere = await page.nearThreshold('gopher_short_doc', 100);
  expect(everywhere.kept.length).toBe(page.state.kept.documents);
  const [gone, stays] = [removed[0]?.index ?? -1, kept[0]?.index ?? -1];
  expect(await page.document(gone, 'gopher_short_doc')).toMatchObject({ index: gone, stays: false });
  expect(await page.document(stays, 'gopher_short_doc')).toMatchObject({ index: stays, stays: true, threshold });
  await page.dispose();
});

it('has the thresholds that were chosen when it was closed', async () => {
  const saved: { choices?: SavedChoices } = {};
  const before = openPage(saved);
  await before.choosePreset('spanish');
  await before.open();
  await before.setThreshold('gopher_short_doc', 3);
  await before.setThreshold('gopher_long_doc', undefined);
  await before.setRule('language', false);
  const after = openPage(saved);
  expect(after.state.preset).toBe('spanish');
  const thresholds = ({ state }: FunnelPage) =>
    state.rules.map(({ name, isOn, measures }) => [name, isOn, measures.map(({ threshold }) => threshold)]);
  expect(thresholds(after)).toEqual(thresholds(before));
  expect(after.state.rules.filter(({ isChanged }) => isChanged).map(({ name }) => name)).toEqual([
    'language',
    'gopherQuality',
  ]);
  await Promise.all([before.dispose(), after.dispose()]);
});

it('looks for the questions that were chosen when it was closed, until their file is gone', async () => {
  const saved: { choices?: SavedChoices } = {};
  const own = mkdtempSync(join(folder, 'own-'));
  const questions = join(own, 'questions.txt');
  const [, text] = JSON.parse(readFileSync(PATH, 'utf8').split('\n')[1] as string).text.split(/(?<=\.) /);
  writeFileSync(questions, text);
  const contamination = ({ state }: FunnelPage) => state.rules.find(({ name }) => name === 'contamination');
  const before = openPage(saved, own);
  await before.useQuestions(questions);
  await before.dispose();
  const after = openPage(saved, own);
  await after.read();
  expect(contamination(after)).toMatchObject({ needs: undefined, removed: 1 });
  await after.dispose();
  rmSync(questions);
  const without = openPage(saved, own);
  await without.read();
  expect(without.state).toMatchObject({ reading: { kind: 'done' }, notice: expect.stringContaining(questions) });
  expect(contamination(without)).toMatchObject({ needs: 'questions', removed: 0 });
  await without.dispose();
  expect(saved.choices?.questions).toBeUndefined();
});

it('stays as it is under a preset whose numbers are not known, until it is told to read, and comes back to what was moved', async () => {
  const page = openPage({}, mkdtempSync(join(folder, 'own-')));
  await page.choosePreset('chat');
  await page.read();
  await page.setThreshold('gopher_short_doc', 100);
  const moved = page.state.kept;
  await page.choosePreset('spanish');
  expect(page.state).toMatchObject({
    preset: 'chat',
    kept: moved,
    wanted: { preset: 'spanish', documents: ids.length },
  });
  await page.readWanted();
  expect(page.state).toMatchObject({ preset: 'spanish', wanted: undefined, reading: { kind: 'done' } });
  await page.choosePreset('chat');
  expect(page.state).toMatchObject({ preset: 'chat', kept: moved, reading: { kind: 'done' } });
  await page.resetChoices();
  expect(page.state.kept.documents).toBeGreaterThan(moved.documents);
  expect(page.state.rules.some(({ isChanged }) => isChanged)).toBe(false);
  await page.dispose();
});

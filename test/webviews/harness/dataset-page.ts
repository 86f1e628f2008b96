import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { BackgroundReader } from '../../../src/background/background-reader';
import type { TextModel } from '../../../src/datasets/funnel/bits-per-byte';
import { startFunnel } from '../../../src/datasets/funnel/start-funnel';
import { FunnelPage } from '../../../src/datasets/funnel-page/funnel-page';
import { LengthsPage } from '../../../src/datasets/lengths/lengths-page';
import { textCounter } from '../../../src/datasets/lengths/token-counter';
import { DatasetList } from '../../../src/datasets/list/dataset-list';
import type { RowModel, RowModels } from '../../../src/datasets/scores/row-model';
import { speakNumbersIn } from '../../../src/display/numbers';
import { errorText, render } from '../../../src/display/sentences';
import type { DatasetEvents, DatasetHost } from '../../../src/shared/dataset-api';
import { fill, type Sentence } from '../../../src/shared/errors';
import { loadTiktoken } from '../../../src/tokenizer';
import { bridge } from './bridge';
import { problemsOf } from './inspector';
import { servePage, type ThemeName } from './page';
import { translationsOf } from './spoken';

export interface DatasetPageOptions {
  path: string;
  /** Of results. */
  folder: string;
  models?: RowModels;
  theme?: ThemeName;
  width?: number;
  height?: number;
  language?: string;
}

export interface DatasetPage {
  page: Page;
  list: DatasetList;
  funnel: FunnelPage;
  lengths: LengthsPage;
  /** What was to be exported. */
  exported: string[];
  /** Lines that were opened. */
  opened: number[];
  problems: string[];
  close(): Promise<void>;
}

type Told = Pick<DatasetEvents, 'changed' | 'funnelChanged' | 'lengthsChanged'>;

const VOCABULARIES = ['gpt2', 'cl100k_base'] as const;

/** A list of a real file in a page of its own, before a model that is made up. */
export async function openDatasetPage(browser: Browser, options: DatasetPageOptions): Promise<DatasetPage> {
  const { theme = 'dark', width = 1000, height = 700, language = 'en' } = options;
  speakNumbersIn(language);
  const translations = translationsOf(language);
  const translate = (template: string, ...values: string[]) => fill(translations[template] ?? template, ...values);
  const page = await browser.newPage({ viewport: { width, height }, reducedMotion: 'reduce' });
  const problems = problemsOf(page);
  const opened: number[] = [];
  const exported: string[] = [];
  let events: Told | undefined;
  const spoken = {
    text: (sentence: Sentence) => render(sentence, translate),
    errorText: (error: unknown) => errorText(error, translate),
  };
  const reader = new BackgroundReader({ isBusy: () => false, whenFree: async () => {} });
  const list = new DatasetList({
    path: options.path,
    folder: options.folder,
    reader,
    models: async () => options.models ?? { a: madeUpModel('A', 1), b: undefined },
    changed: () => void events?.changed(list.state),
    ...spoken,
  });
  const funnel = new FunnelPage({
    path: options.path,
    folder: options.folder,
    results: options.folder,
    reader,
    model: async () => MADE_UP_TEXT_MODEL,
    tokenSample: () => lengths.sample(),
    vocabulary: () => lengths.vocabularyTitle,
    chose: () => {},
    start: startFunnel,
    decided: () => void lengths.decided(),
    changed: () => void events?.funnelChanged(funnel.state),
    ...spoken,
  });
  const lengths = new LengthsPage({
    path: options.path,
    vocabularies: () => VOCABULARIES.map((name) => ({ name, title: name })),
    counter: async (name) => textCounter(await loadTiktoken(name as (typeof VOCABULARIES)[number])),
    changed: () => void events?.lengthsChanged(lengths.state),
    kept: () => funnel.kept(),
    counted: () => void funnel.tokensChanged(),
    ...spoken,
  });
  const host: DatasetHost = {
    start: async () => {
      events = told;
      return { language, translations, state: list.state, funnel: funnel.state, lengths: lengths.state };
    },
    rows: ({ from, count }) => list.rows(from, count),
    sort: (sort) => list.sort(sort),
    filter: (filter) => list.filter(filter),
    cancelFilter: async () => list.cancelFilter(),
    setScoring: async (isOn) => list.setScoring(isOn),
    open: async ({ line }) => void opened.push(line),
    save: async () => {},
    cancelSave: async () => list.cancelSave(),
    reload: () => list.open(),
    openFunnel: () => funnel.open(),
    readDocuments: () => funnel.read(),
    stopReading: () => funnel.stopReading(),
    choosePreset: (preset) => funnel.choosePreset(preset),
    readWanted: () => funnel.readWanted(),
    resetChoices: () => funnel.resetChoices(),
    setThreshold: ({ measure, threshold }) => funnel.setThreshold(measure, threshold),
    setRule: ({ rule, isOn }) => funnel.setRule(rule, isOn),
    removed: ({ rule, measure, from, count }) => funnel.removed(rule, measure, from, count),
    wouldRemove: (rule) => funnel.wouldRemove(rule),
    nearThreshold: ({ measure, count }) => funnel.nearThreshold(measure, count),
    document: ({ index, measure }) => funnel.document(index, measure),
    openInFile: async ({ index }) => void opened.push(index),
    pair: ({ left, right }) => funnel.pair(left, right),
    exportDocuments: async ({ what }) => {
      exported.push(what);
      await funnel.export(what, join(options.folder, `${what}.jsonl`));
    },
    openWritten: async () => void exported.push(funnel.writtenPath ?? ''),
    stopExport: () => funnel.stopExport(),
    chooseQuestions: async () => {},
    readByModel: () => funnel.readByModel(),
    stopModel: async () => funnel.stopModel(),
    countTokens: () => lengths.count(),
    stopCounting: async () => lengths.stop(),
    chooseVocabulary: (name) => lengths.chooseVocabulary(name),
    choosePart: (part) => lengths.choosePart(part),
    setContext: async (tokens) => lengths.setContext(tokens),
  };
  const told = await bridge<DatasetHost, DatasetEvents>(page, host);
  await page.addInitScript({ path: resolve('test/webviews/harness/page-side.js') });
  // As in the editor, the file is read while the page is loaded.
  await Promise.all([servePage(page, { theme, language, script: 'dataset.js' }), list.open()]);
  await page.locator('vt-dataset').waitFor();
  return {
    page,
    list,
    funnel,
    lengths,
    exported,
    opened,
    problems,
    close: async () => {
      await Promise.all([list.dispose(), funnel.dispose(), lengths.dispose()]);
      await page.close();
    },
  };
}

/** Reads a byte a token, and finds each letter as probable as its code says. */
const MADE_UP_TEXT_MODEL: TextModel = {
  key: 'made up',
  contextLength: 1000,
  begin: [],
  encode: (text) => {
    const ids = Uint32Array.from(new TextEncoder().encode(text));
    return { ids, byteStarts: ids.map((_, i) => i), byteEnds: ids.map((_, i) => i + 1) };
  },
  score: async (ids) => Float32Array.from(ids, (id) => (-id / 100) * Math.LN2),
};

/** Reads a character a token, and finds each letter as probable as it says. @param bits of each token of an answer */
export function madeUpModel(label: string, bits: number): RowModel {
  return {
    label,
    key: `${label} ${bits}`,
    vocabulary: 'characters',
    contextLength: 1000,
    read: async ({ messages }) => {
      const text = messages.map(({ content }) => content).join('\n');
      const scoredFrom = text.length - (messages.at(-1)?.content.length ?? 0);
      const ids = Uint32Array.from(text, (letter) => letter.codePointAt(0) as number);
      return { text, ids, isScored: Uint8Array.from(ids, (_, i) => (i >= scoredFrom ? 1 : 0)) };
    },
    readText: async (text) => {
      const ids = Uint32Array.from(text, (letter) => letter.codePointAt(0) as number);
      return { text, ids, isScored: Uint8Array.from(ids, (_, i) => (i > 0 ? 1 : 0)) };
    },
    score: async (ids) =>
      Float32Array.from(ids, (id, i) => (i === 0 ? Number.NaN : (-bits - (id % 7) / 10) * Math.LN2)),
  };
}

import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { BackgroundReader } from '../../../src/background/background-reader';
import { DatasetList } from '../../../src/datasets/list/dataset-list';
import type { RowModel, RowModels } from '../../../src/datasets/scores/row-model';
import { speakNumbersIn } from '../../../src/display/numbers';
import { errorText, render } from '../../../src/display/sentences';
import type { DatasetEvents, DatasetHost } from '../../../src/shared/dataset-api';
import { fill } from '../../../src/shared/errors';
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
  /** Lines that were opened. */
  opened: number[];
  problems: string[];
  close(): Promise<void>;
}

/** A list of a real file in a page of its own, before a model that is made up. */
export async function openDatasetPage(browser: Browser, options: DatasetPageOptions): Promise<DatasetPage> {
  const { theme = 'dark', width = 1000, height = 700, language = 'en' } = options;
  speakNumbersIn(language);
  const translations = translationsOf(language);
  const translate = (template: string, ...values: string[]) => fill(translations[template] ?? template, ...values);
  const page = await browser.newPage({ viewport: { width, height }, reducedMotion: 'reduce' });
  const problems = problemsOf(page);
  const opened: number[] = [];
  let events: { changed: (state: never) => unknown } | undefined;
  const list = new DatasetList({
    path: options.path,
    folder: options.folder,
    reader: new BackgroundReader({ isBusy: () => false, whenFree: async () => {} }),
    models: async () => options.models ?? { a: madeUpModel('A', 1), b: undefined },
    changed: () => void events?.changed(list.state as never),
    text: (sentence) => render(sentence, translate),
    errorText: (error) => errorText(error, translate),
  });
  const host: DatasetHost = {
    start: async () => {
      events = told;
      return { language, translations, state: list.state };
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
  };
  const told = await bridge<DatasetHost, DatasetEvents>(page, host);
  await page.addInitScript({ path: resolve('test/webviews/harness/page-side.js') });
  // As in the editor, the file is read while the page is loaded.
  await Promise.all([servePage(page, { theme, language, script: 'dataset.js' }), list.open()]);
  await page.locator('vt-dataset').waitFor();
  return {
    page,
    list,
    opened,
    problems,
    close: async () => {
      await list.dispose();
      await page.close();
    },
  };
}

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

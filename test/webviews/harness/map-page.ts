import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { speakNumbersIn } from '../../../src/display/numbers';
import type { MapEvents, MapHost, MapState } from '../../../src/shared/map-api';
import { packFiles } from '../../../src/shared/map-files';
import type { SavedFile } from '../../../src/shared/saved-file';
import type { ScanState } from '../../../src/shared/workspace-api';
import { mostSurprisingLine } from '../../../src/workspace/map/surprising-line';
import { type SymbolLines, symbolSums } from '../../../src/workspace/map/symbol-sums';
import { WorkspaceMap } from '../../../src/workspace/map/workspace-map';
import type { RawFileScore } from '../../../src/workspace/score-file';
import { bridge } from './bridge';
import { problemsOf } from './inspector';
import { servePage, type ThemeName } from './page';
import { translationsOf } from './spoken';

export interface MapPageOptions {
  /** Where the files are. */
  folder: string;
  files: readonly { path: string; languageId: string; bytes: number }[];
  leftOut: MapState['leftOut'];
  /** What a language's extension would say of a file. */
  functions: Readonly<Record<string, SymbolLines[]>>;
  theme?: ThemeName;
  width?: number;
  height?: number;
  language?: string;
}

export interface MapPage {
  page: Page;
  /** Has the page know that a file is read. */
  read(score: RawFileScore): void;
  /** Files that were saved. */
  saved: SavedFile[];
  /** Files that were to be read next. */
  next: string[];
  /** Places that were opened. */
  opened: { path: string; line: number }[];
  problems: string[];
}

/** The map of a real folder in a page of its own, of which no file is read yet. */
export async function openMapPage(browser: Browser, options: MapPageOptions): Promise<MapPage> {
  const { folder, files, leftOut, theme = 'dark', width = 1000, height = 800, language = 'en' } = options;
  speakNumbersIn(language);
  const translations = translationsOf(language);
  const page = await browser.newPage({ viewport: { width, height }, reducedMotion: 'reduce' });
  const problems = problemsOf(page);
  const opened: MapPage['opened'] = [];
  const saved: SavedFile[] = [];
  const next: string[] = [];
  const map = new WorkspaceMap();
  for (const { path, languageId, bytes } of files) map.expect(path, languageId, bytes);
  const scores = new Map<string, RawFileScore>();
  let scanning: ScanState = { kind: 'working' };
  const state = (): MapState => {
    const tokensRead = [...scores.values()].reduce((sum, { tokens }) => sum + tokens, 0);
    const tokens = map.files.reduce((sum, file) => sum + file.tokens, 0);
    const isDone = scores.size === files.length;
    return {
      name: 'project',
      model: 'SmolLM2 135M',
      scanning: isDone ? { kind: 'done' } : scanning,
      progress: {
        filesRead: scores.size,
        files: files.length,
        tokensRead,
        tokens,
        tokensPerSecond: 0,
        secondsLeft: NaN,
      },
      leftOut,
      norms: map.norms,
      notice: undefined,
    };
  };
  const setScanning = async (next: ScanState) => {
    scanning = next;
    void events.changed(state(), packFiles([]), []);
  };
  const scoreOf = (path: string) => {
    const score = scores.get(path);
    if (!score) throw new Error(`${path} is not read yet.`);
    return score;
  };
  const host: MapHost = {
    start: async () => ({ language, translations, state: state(), files: packFiles(map.files) }),
    setScanning: (isOn) => setScanning({ kind: isOn ? 'working' : 'paused' }),
    endScan: () => setScanning({ kind: 'off' }),
    mostSurprisingLine: async ({ path, view }) =>
      mostSurprisingLine(scoreOf(path), readFileSync(join(folder, path), 'utf8'), map.norms, view),
    symbols: async ({ path }) => symbolSums(options.functions[path] ?? [], scoreOf(path).lines),
    readNext: async ({ path }) => void next.push(path),
    open: async (place) => void opened.push(place),
    save: async (file) => void saved.push(file),
  };
  const events = await bridge<MapHost, MapEvents>(page, host);
  await page.addInitScript({ path: resolve('test/webviews/harness/page-side.js') });
  await servePage(page, { theme, language, script: 'map.js' });
  await page.locator('vt-map').waitFor();
  const read = (score: RawFileScore) => {
    scores.set(score.path, score);
    const file = map.read(score);
    void events.changed(state(), packFiles([file]), []);
  };
  return { page, read, saved, next, opened, problems };
}

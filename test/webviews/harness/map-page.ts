import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { speakNumbersIn } from '../../../src/display/numbers';
import type { MapEvents, MapFile, MapHost, MapLine, MapState, MapSymbol, MapView } from '../../../src/shared/map-api';
import { bridge } from './bridge';
import { problemsOf } from './inspector';
import { servePage, type ThemeName } from './page';
import { translationsOf } from './spoken';

export interface MapPageOptions {
  /** What the map is of, by now. */
  state: MapState;
  files: MapFile[];
  mostSurprisingLine(path: string, view: MapView): MapLine | undefined;
  symbols(path: string): MapSymbol[];
  theme?: ThemeName;
  width?: number;
  height?: number;
  language?: string;
}

export interface MapPage {
  page: Page;
  events: MapEvents;
  /** What was asked for of the host, in order. */
  asked: { opened: { path: string; line: number }[]; scanning: (boolean | 'end')[] };
  problems: string[];
}

/** The map of some files in a page of its own. */
export async function openMapPage(browser: Browser, options: MapPageOptions): Promise<MapPage> {
  const { theme = 'dark', width = 1000, height = 800, language = 'en' } = options;
  speakNumbersIn(language);
  const translations = translationsOf(language);
  const page = await browser.newPage({ viewport: { width, height }, reducedMotion: 'reduce' });
  const problems = problemsOf(page);
  const asked: MapPage['asked'] = { opened: [], scanning: [] };
  const host: MapHost = {
    start: async () => ({ language, translations, state: options.state, files: options.files }),
    setScanning: async (isOn) => void asked.scanning.push(isOn),
    endScan: async () => void asked.scanning.push('end'),
    mostSurprisingLine: async ({ path, view }) => options.mostSurprisingLine(path, view),
    symbols: async ({ path }) => options.symbols(path),
    open: async (place) => void asked.opened.push(place),
  };
  const events = await bridge<MapHost, MapEvents>(page, host);
  await page.addInitScript({ path: resolve('test/webviews/harness/page-side.js') });
  await servePage(page, { theme, language, script: 'map.js' });
  await page.locator('vt-map').waitFor();
  return { page, events, asked, problems };
}

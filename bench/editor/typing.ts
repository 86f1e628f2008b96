import { setTimeout as pause } from 'node:timers/promises';
import type { CDPSession } from 'playwright-core';
import { Workbench } from '../../test/workbench/harness/workbench';

/** Between two keys, as of a quick typist, who stops to think every three words: by then, all is painted that one may see. */
const PAUSE_MS = 100;
const THINKING_MS = 2500;
const TYPED = 'word word word ';
const KEYSTROKES = 8 * TYPED.length;
/** Until the first bands of a text of 5 MB are there, and all is quiet again. */
const SETTLE_MS = 4000;

/** An extension of the editor's own reads the whole text at every keystroke. */
export const SETTINGS = { 'merge-conflict.codeLens.enabled': false, 'merge-conflict.decorators.enabled': false };

interface PageElement {
  /** Texts have none. */
  closest?(selector: string): PageElement | null;
}

/** What the code in the page uses of a page. */
interface PageGlobals {
  document: {
    addEventListener(type: string, listener: () => void, capture: boolean): void;
    querySelectorAll(selector: string): Iterable<PageElement>;
  };
  MutationObserver: new (
    listener: (records: { target: PageElement }[]) => void,
  ) => { observe(element: PageElement, options: object): void };
}

/** Milliseconds from a key until the text is painted, and until the last painting that follows from it. */
export interface Typing {
  text: Spread;
  all: Spread;
  /** What the window's thread computes a keystroke. */
  work: number;
}

export interface TypingComparison {
  without: Typing;
  with: Typing;
}

export interface Spread {
  median: number;
  p99: number;
}

/** Types in a text, at a line and a column from 1, with bands and without, in turn, in one workbench. */
export async function measureTyping(
  text: string,
  at: readonly [line: number, column: number],
  settings: Record<string, unknown>,
): Promise<TypingComparison> {
  const files = { 'one.txt': text, 'two.txt': text };
  const workbench = await Workbench.open({ files, settings });
  try {
    const without = await typeIn(workbench, 'one.txt', at);
    await workbench.run('File: Revert File');
    await workbench.run('Vitrine: Toggle Token Bands');
    await workbench.page.locator('.view-overlays .cdr[class*="ced-"]').first().waitFor();
    const bands = await typeIn(workbench, 'two.txt', at);
    return { without, with: bands };
  } finally {
    await workbench.close();
  }
}

/** Types in a file, at a line and a column from 1. */
export async function typeIn(
  workbench: Workbench,
  name: string,
  [line, column]: readonly [number, number],
): Promise<Typing> {
  await workbench.openFile(name);
  await workbench.goTo(line, column);
  await pause(SETTLE_MS);
  await workbench.page.evaluate(watchPaint);
  const session = await workbench.page.context().newCDPSession(workbench.page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const before = await computed(session);
  for (let i = 0; i < KEYSTROKES; i++) {
    const at = i % TYPED.length;
    if (at === 0) await pause(THINKING_MS);
    await workbench.page.keyboard.type(TYPED.charAt(at));
    await pause(PAUSE_MS);
  }
  const work = ((await computed(session)) - before) / KEYSTROKES;
  const times: { text: number; all: number }[] = await workbench.page.evaluate('globalThis.paintTimes');
  return { text: spreadOf(times.map(({ text }) => text)), all: spreadOf(times.map(({ all }) => all)), work };
}

/** How long the window's thread has computed, in milliseconds. */
async function computed(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
}

/**
 * Runs in the page. The workbench changes the page in an animation frame, which is painted before the next task: that
 * task's time is the painting's.
 */
function watchPaint(): void {
  const { document, MutationObserver } = globalThis as unknown as PageGlobals;
  const times: { text: number; all: number }[] = [];
  let pressed = 0;
  document.addEventListener(
    'keydown',
    () => {
      pressed = performance.now();
      times.push({ text: 0, all: 0 });
    },
    true,
  );
  const observer = new MutationObserver((records) => {
    const isText = records.some(({ target }) => target.closest?.('.view-lines'));
    setTimeout(() => {
      const time = times.at(-1);
      if (!time) return;
      time.all = performance.now() - pressed;
      if (isText && time.text === 0) time.text = time.all;
    });
  });
  for (const part of document.querySelectorAll('.editor-instance .view-lines, .editor-instance .view-overlays')) {
    observer.observe(part, { subtree: true, childList: true, attributes: true, characterData: true });
  }
  (globalThis as unknown as { paintTimes: unknown }).paintTimes = times;
}

function spreadOf(values: number[]): Spread {
  const sorted = values.filter((value) => value > 0).sort((a, b) => a - b);
  return { median: sorted[sorted.length >> 1] ?? 0, p99: sorted[Math.floor(0.99 * sorted.length)] ?? 0 };
}

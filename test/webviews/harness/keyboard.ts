import { readFileSync } from 'node:fs';
import type { CDPSession, Page } from 'playwright-core';

const PAGE_SIDE = readFileSync('test/webviews/harness/focus-side.js', 'utf8');
/** More than any view has: who is here has been caught. */
const MOST_STOPS = 150;
/** Pixels around what is focused in which its outline is looked for. */
const MARGIN = 3;

export interface Control {
  number: number;
  name: string;
  /** The listbox, grid, list of tabs, tree or fieldset that it is in. */
  group?: number;
}

export interface Stop extends Control {
  box: { x: number; y: number; width: number; height: number };
}

/** A page as the keyboard has it. */
export class Keyboard {
  readonly #page: Page;
  readonly #session: CDPSession;

  private constructor(page: Page, session: CDPSession) {
    this.#page = page;
    this.#session = session;
  }

  static async of(page: Page): Promise<Keyboard> {
    await page.evaluate(PAGE_SIDE);
    return new Keyboard(page, await page.context().newCDPSession(page));
  }

  /** All that can be clicked, typed into or focused, and is in view. */
  controls(): Promise<Control[]> {
    return this.#page.evaluate('vitrineFocus.controls()');
  }

  /** What has the focus. */
  stop(): Promise<Stop | undefined> {
    return this.#page.evaluate('vitrineFocus.stop()');
  }

  /** Gives the focus to what had it before. */
  async focus(stop: Stop | undefined): Promise<void> {
    await this.#page.evaluate(`vitrineFocus.at(${stop?.number}).focus()`);
  }

  /** From what has the focus on, until it comes back to where it was before or to none. */
  async walk(key: 'Tab' | 'Shift+Tab', visit: (stop: Stop) => Promise<void> = async () => {}): Promise<Stop[]> {
    const stops: Stop[] = [];
    for (let at = await this.stop(); at; at = await this.stop()) {
      const { number } = at;
      if (stops.some((stop) => stop.number === number)) break;
      if (stops.length > MOST_STOPS) throw new Error(`No end of stops, the last ${at.name}.`);
      stops.push(at);
      await visit(at);
      await this.#page.keyboard.press(key);
    }
    return stops;
  }

  /** How many members of a group arrow keys reach, and how many there are in the one row and column that they are tried along. */
  async arrows(group: number): Promise<{ reached: number; expected: number } | undefined> {
    const members: { count: number; rows: number } | undefined = await this.#page.evaluate(
      `vitrineFocus.members(${group})`,
    );
    if (!members) return undefined;
    const reached = new Set<number>();
    for (const key of ['ArrowLeft', 'ArrowUp', 'ArrowRight', 'ArrowDown']) {
      const along = await this.#pressUntilStill(key);
      // Ways to the first member do not count: there may be others behind the one where the walk began.
      if (key === 'ArrowRight' || key === 'ArrowDown') for (const number of along) reached.add(number);
    }
    return { reached: reached.size, expected: members.rows + members.count / members.rows - 1 };
  }

  async #pressUntilStill(key: string): Promise<number[]> {
    const numbers: number[] = [];
    for (let at = await this.stop(); at && !numbers.includes(at.number); at = await this.stop()) {
      numbers.push(at.number);
      await this.#page.keyboard.press(key);
      await this.#page.evaluate('new Promise((resolve) => requestAnimationFrame(resolve))');
    }
    return numbers;
  }

  /** What a screen reader calls what has the focus. */
  async spokenName(): Promise<string> {
    const { result } = await this.#session.send('Runtime.evaluate', { expression: 'vitrineFocus.active()' });
    const { nodes } = await this.#session.send('Accessibility.getPartialAXTree', {
      objectId: result.objectId ?? '',
      fetchRelatives: false,
    });
    return String(nodes[0]?.name?.value ?? '');
  }

  /** What moves by itself or when it changes. */
  moving(): Promise<{ name: string; seconds: number }[]> {
    return this.#page.evaluate('vitrineFocus.moving()');
  }

  /** Whether the pixels at a stop tell that it has the focus. */
  async isMarked(stop: Stop): Promise<boolean> {
    const { number, box } = stop;
    const clip = {
      x: Math.max(0, box.x - MARGIN),
      y: Math.max(0, box.y - MARGIN),
      width: box.width + 2 * MARGIN,
      height: box.height + 2 * MARGIN,
    };
    const focused = await this.#page.screenshot({ clip });
    await this.#page.evaluate(`vitrineFocus.at(${number}).blur()`);
    const unfocused = await this.#page.screenshot({ clip });
    await this.focus(stop);
    return !focused.equals(unfocused);
  }
}

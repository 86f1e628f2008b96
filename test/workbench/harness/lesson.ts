import axe from 'axe-core';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import type { Workbench } from './workbench';

/** What a person sees of the lesson, in its column of the side bar. */
export class LessonPage {
  readonly #workbench: Page;
  readonly #page: FrameLocator;

  constructor({ page }: Workbench) {
    this.#workbench = page;
    // It is opened before the inspector.
    this.#page = page.frameLocator('iframe.webview.ready').first().frameLocator('#active-frame');
  }

  /** The heading of a part of the step, which says when that is done. */
  part(name: RegExp): Locator {
    return this.#page.getByRole('heading', { level: 2, name });
  }

  title(): Locator {
    return this.#page.getByRole('heading', { level: 1 });
  }

  /** The mark that leads to a step. @param number from 1 */
  step(number: number): Locator {
    return this.#page.locator('vt-step-row button').nth(number - 1);
  }

  /** What does the task of the step with a person. */
  task(): Locator {
    return this.#page.locator('.task vscode-button');
  }

  choices(): Locator {
    return this.#page.locator('.choices button');
  }

  /** What is said of the choice. */
  said(): Locator {
    return this.#page.locator('vt-question').getByRole('status');
  }

  button(name: string): Locator {
    return this.#page.getByRole('button', { name, exact: true });
  }

  text(text: string | RegExp): Locator {
    return this.#page.getByText(text);
  }

  /** Tries one choice after another until one is right. @returns what was said of each */
  async answer(right: string): Promise<string[]> {
    const said: string[] = [];
    await this.choices().first().waitFor();
    const count = await this.choices().count();
    for (let i = 0; i < count && !said.at(-1)?.startsWith(right); i++) {
      const choice = this.choices().nth(i);
      await choice.click();
      await this.#page.locator(`.choices button:nth-of-type(${i + 1})[aria-pressed="true"]`).waitFor();
      said.push((await this.said().textContent()) ?? '');
    }
    return said;
  }

  /** What axe-core finds wrong, one line a kind: none is right. */
  async accessibilityProblems(): Promise<string[]> {
    for (const frame of this.#workbench.frames()) {
      if ((await frame.locator('vt-lesson').count()) === 0) continue;
      await frame.evaluate(axe.source);
      const { violations } = (await frame.evaluate('axe.run()')) as axe.AxeResults;
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    }
    return ['there is no lesson'];
  }
}

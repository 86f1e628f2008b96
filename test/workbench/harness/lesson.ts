import type { FrameLocator, Locator } from 'playwright-core';
import type { Workbench } from './workbench';

/** What a person sees of the lesson, in its column of the side bar. */
export class LessonPage {
  readonly #page: FrameLocator;

  constructor({ page }: Workbench) {
    // It is opened before the inspector.
    this.#page = page.frameLocator('iframe.webview.ready').first().frameLocator('#active-frame');
  }

  /** The title of the step. */
  title(): Locator {
    return this.#page.getByRole('heading', { level: 1 });
  }

  /** The heading of a part, which says when that is done. */
  part(text: string): Locator {
    return this.#page.getByRole('heading', { level: 2, name: text });
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
}

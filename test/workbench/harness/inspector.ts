import type { FrameLocator, Locator } from 'playwright-core';
import { expect } from 'vitest';
import type { ViewName } from '../../../src/shared/inspector-api';
import { showView } from '../../webviews/harness/show-view';
import type { Workbench } from './workbench';

/** What a person sees of the inspector, in the webview that is in front. */
export class InspectorPage {
  readonly #page: FrameLocator;

  constructor({ page }: Workbench) {
    this.#page = page.frameLocator('iframe.webview.ready').last().frameLocator('#active-frame');
  }

  /** Chooses a view. */
  async show(view: ViewName): Promise<void> {
    await showView(this.#page, view);
  }

  /** What the keyboard is at in it. */
  focused(): Locator {
    return this.#page.locator(':focus');
  }

  /** Waits for a view to be in front. @param title as it is called */
  async shows(title: string): Promise<void> {
    await this.#page.getByRole('main', { name: title, exact: true }).waitFor();
  }

  /** The tokens of the view in front. */
  tokens(): Locator {
    return this.#page.getByRole('listbox').getByRole('option');
  }

  /** Waits for the text to be there, token by token. */
  async reads(tokens: readonly string[]): Promise<void> {
    const shown = () => this.tokens().allTextContents();
    await expect.poll(async () => (await shown()).map((text) => text.trim())).toEqual(tokens);
  }

  /** The tokens that are inspected, without those that are their context. */
  async shownTokens(): Promise<string[]> {
    const texts = await this.tokens().and(this.#page.locator(':not(.context)')).allTextContents();
    return texts.map((text) => text.trim());
  }

  /** What a role says, of a chat. */
  message(role: string): Locator {
    return this.#page.getByRole('listbox').getByRole('group', { name: role, exact: true });
  }

  selected(): Locator {
    return this.#page.getByRole('listbox').getByRole('option', { selected: true });
  }

  button(name: string): Locator {
    return this.#page.getByRole('button', { name });
  }

  menuItem(name: string): Locator {
    return this.#page.getByRole('menuitem', { name });
  }

  checkbox(name: RegExp): Locator {
    return this.#page.getByRole('checkbox', { name });
  }

  text(text: string | RegExp): Locator {
    return this.#page.getByText(text);
  }

  slider(name: string): Locator {
    return this.#page.getByRole('slider', { name });
  }

  field(name: string): Locator {
    return this.#page.getByRole('textbox', { name });
  }
}

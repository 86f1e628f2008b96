import { html, type ReactiveElement, type TemplateResult } from 'lit';
import { t } from '../l10n';
import type { ViewState } from '../store/view-state';
import './tabs';

/** One of several pages of a view. */
interface Mode {
  name: string;
  title(): string;
}

/** Which page of a view is shown: chosen in a row of names, and remembered. */
export class ViewModes<M extends Mode> {
  readonly #view: ReactiveElement & { store: { viewState: ViewState } };
  readonly #modes: readonly [M, ...M[]];
  readonly #key: string;

  /** @param key under which the choice is remembered @param modes the first is shown until somebody chooses */
  constructor(view: ReactiveElement & { store: { viewState: ViewState } }, key: string, modes: readonly [M, ...M[]]) {
    this.#view = view;
    this.#modes = modes;
    this.#key = key;
  }

  get current(): M {
    const saved = this.#view.store.viewState.get<string>(this.#key, '');
    return this.#modes.find(({ name }) => name === saved) ?? this.#modes[0];
  }

  show(name: string): void {
    this.#view.store.viewState.set(this.#key, name);
    this.#view.requestUpdate();
  }

  tabs(): TemplateResult {
    return html`<vt-tabs
      segmented
      class="no-picture"
      label=${t('What is looked at')}
      .options=${this.#modes.map(({ name, title }) => ({ value: name, label: title() }))}
      .value=${this.current.name}
      @choose=${({ detail }: CustomEvent<string>) => this.show(detail)}
    ></vt-tabs>`;
  }
}

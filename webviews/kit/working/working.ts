import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { StoreElement } from '../../store/store-element';
import type { ViewStore } from '../../store/view-store';
import { base } from '../styles';

/** What asked to open one, once it has: a person may close it again. */
const followed = new WeakSet<object>();

/** How a number comes about, opened in place beside it by a press; Escape closes it. Whether it is open is remembered. */
@customElement('vt-working')
export class WorkingElement extends StoreElement {
  /** Under which it is remembered, as `softmax`. */
  @property() accessor name = '';
  @property() accessor label = '';
  /** Drawn only while it is open: it may take the model time. */
  @property({ attribute: false }) accessor content: () => TemplateResult = () => html``;
  @query('button') private accessor opener!: HTMLElement;

  static override styles = [
    base,
    css`
      :host { min-width: 0; margin-top: 8px; }
      button { display: flex; gap: 4px; padding: 4px 0; font: inherit; color: var(--vscode-textLink-foreground); text-align: start; background: none; border: 0; cursor: pointer; }
      button:hover { text-decoration: underline; }
      .mark { flex: none; width: 1em; }
      section { padding: 8px 0 8px 12px; border-inline-start: 2px solid var(--line); }
    `,
  ];

  override willUpdate(): void {
    const { viewRequest } = this.store.state;
    if (viewRequest.place !== this.#key || followed.has(viewRequest)) return;
    followed.add(viewRequest);
    this.store.viewState.set(this.#key, true);
  }

  override render(): TemplateResult {
    return html`<div @keydown=${this.#keyPressed}>
      <button aria-expanded=${this.#isOpen} @click=${() => this.#open(!this.#isOpen)}>
        <span class="mark" aria-hidden="true">${this.#isOpen ? '▾' : '▸'}</span>${this.label}
      </button>
      ${this.#isOpen ? html`<section aria-label=${this.label}>${this.content()}</section>` : nothing}
    </div>`;
  }

  get #key(): string {
    return `working.${this.name}`;
  }

  get #isOpen(): boolean {
    return this.store.viewState.get<boolean>(this.#key, false);
  }

  #open(isOpen: boolean): void {
    this.store.viewState.set(this.#key, isOpen);
    this.requestUpdate();
  }

  readonly #keyPressed = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.#isOpen) return;
    event.stopPropagation();
    this.#open(false);
    this.opener.focus();
  };
}

/** @param content drawn while it is open */
export function working(store: ViewStore, name: string, label: string, content: () => TemplateResult): TemplateResult {
  return html`<vt-working data-place="working.${name}" .store=${store} .name=${name} .label=${label} .content=${content}></vt-working>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-working': WorkingElement;
  }
}

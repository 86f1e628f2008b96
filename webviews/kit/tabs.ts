import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Option } from './choice';
import { base } from './styles';

/** Names of what is shown, one chosen; arrow keys, Home and End go to others. Event: `choose` with the value as `detail`. */
@customElement('vt-tabs')
export class TabsElement extends LitElement {
  @property({ attribute: false }) accessor options: readonly Option[] = [];
  @property() accessor value = '';
  @property() accessor label = '';
  /** A small row inside a border, for tabs under a tab. */
  @property({ type: Boolean, reflect: true }) accessor segmented = false;

  static override styles = [
    base,
    css`
      div { display: flex; flex-wrap: wrap; }
      button {
        flex: none;
        padding: 8px var(--tab-padding, 8px);
        font: inherit;
        color: var(--vscode-panelTitle-inactiveForeground, var(--dim));
        background: none;
        border: 0;
        border-bottom: 2px solid transparent;
        cursor: pointer;
      }
      button:hover, [aria-selected='true'] { color: var(--vscode-panelTitle-activeForeground, inherit); }
      [aria-selected='true'] { border-bottom-color: var(--vscode-panelTitle-activeBorder, var(--accent)); }
      :focus-visible { outline-offset: -2px; }
      /* Forced colours draw a transparent line, too. */
      @media (forced-colors: active) {
        [aria-selected='false'] { border-bottom-color: Canvas; }
      }
      :host([segmented]) div { width: fit-content; margin: 4px 0; border: 1px solid var(--line); }
      :host([segmented]) button { padding: 2px 8px; border: 0; }
      :host([segmented]) button:hover { background: var(--vscode-list-hoverBackground); }
      :host([segmented]) [aria-selected='true'] {
        color: var(--vscode-list-activeSelectionForeground);
        background: var(--vscode-list-activeSelectionBackground);
        outline: 1px solid var(--vscode-contrastActiveBorder, transparent);
        outline-offset: -1px;
      }
      :host([segmented]) :focus-visible { outline: 1px solid var(--accent); outline-offset: -1px; }
    `,
  ];

  override render(): TemplateResult {
    return html`<div role="tablist" aria-label=${this.label} @keydown=${this.#keyPressed}>
      ${this.options.map((option) => this.#tab(option))}
    </div>`;
  }

  #tab({ value, label }: Option): TemplateResult {
    const isChosen = value === this.value;
    return html`<button
      role="tab"
      data-value=${value}
      aria-selected=${isChosen}
      tabindex=${isChosen ? 0 : -1}
      @click=${() => this.#choose(value)}
    >${label}</button>`;
  }

  async #choose(value: string): Promise<void> {
    this.dispatchEvent(new CustomEvent('choose', { detail: value, bubbles: true, composed: true }));
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`[data-value="${value}"]`)?.focus();
  }

  #keyPressed(event: KeyboardEvent): void {
    const last = this.options.length - 1;
    const at = this.options.findIndex(({ value }) => value === this.value);
    const next = {
      ArrowLeft: at === 0 ? last : at - 1,
      ArrowRight: at === last ? 0 : at + 1,
      Home: 0,
      End: last,
    }[event.key];
    const option = next === undefined ? undefined : this.options[next];
    if (!option) return;
    event.preventDefault();
    void this.#choose(option.value);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-tabs': TabsElement;
  }
}

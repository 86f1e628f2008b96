import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Option } from './choice';
import { reveal } from './reveal';
import { base } from './styles';
import { WidthController } from './width';

/** The names of views, one chosen. Arrow keys go from one to the next. Event: `choose` with the value as `detail`. */
@customElement('vt-tabs')
export class TabsElement extends LitElement {
  @property({ attribute: false }) accessor options: readonly Option[] = [];
  @property() accessor value = '';
  @property() accessor label = '';
  /** Id of the panel that the tabs control, in the same tree as this element. */
  @property() accessor panel = '';

  @query('[role="tablist"]') private accessor strip!: HTMLElement;

  readonly width = new WidthController(this);

  static override styles = [
    base,
    css`
      :host { display: block; min-width: 0; }
      div { display: flex; overflow-x: auto; scrollbar-width: thin; }
      button {
        flex: none;
        padding: 8px;
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
    `,
  ];

  override render(): TemplateResult {
    return html`<div role="tablist" aria-label=${this.label} @keydown=${this.#keyPressed}>
      ${this.options.map((option) => this.#tab(option))}
    </div>`;
  }

  override updated(changed: PropertyValues): void {
    // Nothing has changed where only its width has.
    if (changed.size > 0 && !changed.has('value')) return;
    const tab = this.renderRoot.querySelector('[aria-selected="true"]');
    if (tab) reveal(this.strip, tab);
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
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = this.options.findIndex(({ value }) => value === this.value);
    const next = this.options[(at + step + this.options.length) % this.options.length];
    if (next) void this.#choose(next.value);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-tabs': TabsElement;
  }
}

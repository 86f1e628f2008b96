import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Option } from './choice';
import { reveal } from './reveal';
import { base } from './styles';
import { WidthController } from './width';

/** What stands at an edge past which more tabs lie covers so much, in CSS pixels. */
const HINT_WIDTH = 28;

/** The names of views, one chosen. Arrow keys go from one to the next. Event: `choose` with the value as `detail`. */
@customElement('vt-tabs')
export class TabsElement extends LitElement {
  @property({ attribute: false }) accessor options: readonly Option[] = [];
  @property() accessor value = '';
  @property() accessor label = '';
  /** Id of the panel that the tabs control, in the same tree as this element. */
  @property() accessor panel = '';

  /** Whether more tabs lie before, and after, those in view. */
  @state() private accessor more = { before: false, after: false };

  @query('[role="tablist"]') private accessor strip!: HTMLElement;

  readonly width = new WidthController(this);

  static override styles = [
    base,
    css`
      :host { display: block; position: relative; min-width: 0; }
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
      .more {
        position: absolute;
        inset-block: 0;
        width: ${HINT_WIDTH}px;
        padding: 8px 2px;
        background: linear-gradient(to var(--edge), transparent, var(--vscode-editor-background) 60%);
        pointer-events: none;
      }
      .before { --edge: left; left: 0; }
      .after { --edge: right; right: 0; text-align: right; }
      /* Forced colours draw no gradient. */
      @media (forced-colors: active) {
        .more { width: 16px; background: Canvas; }
      }
    `,
  ];

  override render(): TemplateResult {
    return html`<div role="tablist" aria-label=${this.label} @keydown=${this.#keyPressed} @scroll=${this.#measure}>
        ${this.options.map((option) => this.#tab(option))}
      </div>
      ${this.more.before ? html`<span class="more before" aria-hidden="true">‹</span>` : nothing}
      ${this.more.after ? html`<span class="more after" aria-hidden="true">›</span>` : nothing}`;
  }

  override updated(changed: PropertyValues): void {
    // Nothing has changed where only its width has.
    const tab = this.renderRoot.querySelector('[aria-selected="true"]');
    if (tab && (changed.size === 0 || changed.has('value'))) reveal(this.strip, tab, HINT_WIDTH);
    this.#measure();
  }

  #measure(): void {
    const { scrollLeft, clientWidth, scrollWidth } = this.strip;
    // A scrolled strip may stand between two pixels.
    const more = { before: scrollLeft > 1, after: scrollLeft + clientWidth < scrollWidth - 1 };
    if (more.before !== this.more.before || more.after !== this.more.after) this.more = more;
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

import { css, html, type nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { HasTables, Table } from '../../export/table';
import { base } from '../../kit/styles';
import { ViewModes } from '../../kit/view-modes';
import { StoreElement } from '../../store/store-element';
import './compared-models';
import '../../kit/comparison-state';
import { Comparing } from './comparing';
import { MODES } from './modes';
import './nothing-compared';

/** The text as two models read it, one held against the other. */
@customElement('vt-difference-view')
export class DifferenceViewElement extends StoreElement implements HasTables {
  readonly #modes = new ViewModes(this, 'difference.mode', MODES);
  readonly #comparing = new Comparing(this);

  static override styles = [
    base,
    css`
      .head { padding: 8px 16px; border-bottom: 1px solid var(--line); }
      .old { filter: opacity(0.55); transition: filter 120ms 200ms; }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const { store } = this;
    const { comparison } = store.state;
    if (!comparison) return html`<vt-nothing-compared .store=${store}></vt-nothing-compared>`;
    const { compared, isPending } = this.#comparing;
    return html`<div class="head">
        <vt-compared-models .store=${store} .comparison=${comparison} ?busy=${isPending}>${this.#modes.tabs()}</vt-compared-models>
      </div>
      <vt-comparison-state
        .store=${store}
        .comparison=${comparison}
        .progress=${this.#comparing.progress}
        .error=${this.#comparing.error}
        ?late=${compared !== undefined}
        ?busy=${isPending && store.subject?.read !== undefined}
        @again=${() => this.#comparing.again()}
      ></vt-comparison-state>
      <div class=${isPending && compared ? 'old' : ''}>${this.#modes.current.render(store, comparison, compared)}</div>`;
  }

  tables(): Table[] {
    const element: (Element & Partial<HasTables>) | null = this.renderRoot.querySelector(this.#modes.current.element);
    return element?.tables?.() ?? [];
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-difference-view': DifferenceViewElement;
  }
}

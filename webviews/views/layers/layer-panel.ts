import { css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { cssColour } from '../../../src/display/colour-scale';
import '../../kit/choice';
import { base } from '../../kit/styles';
import { subjectTokens } from '../../kit/subject-tokens';
import '../../kit/why-link';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import './layer-chart';
import './lens-card';
import './token-vectors';
import type { Table } from '../../export/table';
import type { CellAddress } from './lens-grid';
import type { LensRow } from './lens-row';
import type { LensWindows } from './lens-windows';

/** One cell of the grid, and its row over all layers. Event: `layer-select`. */
@customElement('vt-layer-panel')
export class LayerPanelElement extends StoreElement {
  @property({ attribute: false }) accessor windows!: LensWindows;
  @property({ attribute: false }) accessor cell: CellAddress | undefined;
  /** Undefined until the engine has answered. */
  @property({ attribute: false }) accessor row: LensRow | undefined;
  @property({ type: Number }) accessor last = 0;

  static override styles = [
    base,
    css`:host { display: grid; gap: 16px; min-width: 0; align-content: start; } vt-choice { margin-bottom: 8px; }`,
  ];

  override render(): TemplateResult {
    const { cell, row, windows, last, store } = this;
    if (!cell) {
      return html`<p class="dim">${t('Point at a cell to see what the model would say there; click to keep it.')}</p>`;
    }
    if (!row) return html`<p class="dim">${t('Computing …')}</p>`;
    const tokens = subjectTokens(store.subject);
    const id = store.subject?.read?.ids[cell.position + 1];
    const next = id === undefined ? undefined : { id, label: tokens[cell.position + 1]?.label ?? '' };
    return html`<vt-lens-card
        .row=${row}
        .layer=${cell.layer}
        .last=${last}
        .label=${tokens[cell.position]?.label ?? ''}
        .next=${next}
        .labelOf=${(id: number) => windows.labelOf(id)}
        .theme=${store.theme}
      ></vt-lens-card>
      ${next ? this.#chart(row, cell.layer, next.label, cell.position + 1) : ''}
      ${
        store.isLive && cell.layer < last
          ? html`<vt-token-vectors .store=${store} .position=${cell.position} .layer=${cell.layer}></vt-token-vectors>`
          : ''
      }`;
  }

  tables(): Table[] {
    return this.renderRoot.querySelector('vt-token-vectors')?.tables() ?? [];
  }

  /** @param position of the token that comes next */
  #chart(row: LensRow, layer: number, next: string, position: number): TemplateResult {
    const { store } = this;
    const shows = store.viewState.get<string>('layers.chart', 'rank') === 'rank' ? 'rank' : 'probability';
    const choose = (event: CustomEvent<string>) => {
      store.viewState.set('layers.chart', event.detail);
      this.requestUpdate();
    };
    return html`<section>
      <h2>${t('The true next token over the layers')}</h2>
      <p><vt-why-link .store=${store} .position=${position}></vt-why-link></p>
      <vt-choice
        label=${t('What is drawn')}
        .value=${shows}
        .options=${[{ value: 'probability', label: t('probability') }, { value: 'rank', label: t('rank') }]}
        @choose=${choose}
      ></vt-choice>
      <vt-layer-chart
        .row=${row}
        .shows=${shows}
        .layer=${layer}
        .next=${next}
        stroke=${cssColour(store.theme.mark('green')(1))}
        mark=${cssColour(store.theme.mark('green')(1))}
      ></vt-layer-chart>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-layer-panel': LayerPanelElement;
  }
}

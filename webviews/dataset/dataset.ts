import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { DatasetHost, DatasetState } from '../../src/shared/dataset-api';
import type { FunnelState } from '../../src/shared/funnel-page-api';
import type { LengthsState } from '../../src/shared/lengths-page-api';
import '../kit/tabs';
import { base } from '../kit/styles';
import { t } from '../l10n';
import type { ViewState } from '../store/view-state';
import './filters/filters-page';
import './lengths/lengths-page';
import './rows-page';

/** A data set: its rows as they are, or what rules make of them. Event: `page` with the page that is chosen as `detail`. */
@customElement('vt-dataset')
export class DatasetElement extends LitElement {
  @property({ attribute: false }) accessor host!: DatasetHost;
  @property({ attribute: false }) accessor state!: DatasetState;
  @property({ attribute: false }) accessor funnel!: FunnelState;
  @property({ attribute: false }) accessor lengths!: LengthsState;
  @property({ attribute: false }) accessor choices!: ViewState;
  @property() accessor page = 'rows';

  static override styles = [
    base,
    css`
      main { display: flex; flex-direction: column; height: 100vh; }
      header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 16px; padding: 4px 12px 0; border-bottom: 1px solid var(--line); }
      h1 { margin: 0; font-size: inherit; overflow-wrap: anywhere; }
      /* What is for screen readers alone is placed in the page that it is of, and so makes the whole no longer. */
      [role='tabpanel'] { position: relative; flex: 1; min-height: 0; }
      [hidden] { display: none; }
    `,
  ];

  override render(): TemplateResult {
    const { host, state, funnel, lengths, choices, page } = this;
    const pages = [
      { value: 'rows', label: t('Rows') },
      { value: 'filters', label: t('Filters') },
      { value: 'lengths', label: t('Lengths') },
    ];
    return html`<main>
      <header>
        <h1>${state.name}</h1>
        <vt-tabs label=${t('Pages')} .options=${pages} .value=${page} @choose=${this.#choose}></vt-tabs>
      </header>
      <vt-rows-page role="tabpanel" aria-label=${t('Rows')} ?hidden=${page !== 'rows'} .host=${host} .state=${state}></vt-rows-page>
      <vt-filters-page role="tabpanel" aria-label=${t('Filters')} ?hidden=${page !== 'filters'} .host=${host} .choices=${choices} .isShown=${page === 'filters'} .funnel=${funnel} .counting=${lengths.counting}></vt-filters-page>
      <vt-lengths-page role="tabpanel" aria-label=${t('Lengths')} ?hidden=${page !== 'lengths'} .host=${host} .lengths=${lengths} .isDecided=${funnel.reading.kind === 'done'}></vt-lengths-page>
    </main>`;
  }

  #choose({ detail, target }: CustomEvent<string>): void {
    // Choices within a page are its own.
    if ((target as Element).localName !== 'vt-tabs') return;
    this.dispatchEvent(new CustomEvent('page', { detail }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-dataset': DatasetElement;
  }
  interface HTMLElementEventMap {
    page: CustomEvent<string>;
  }
}

import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '../../kit/choice';
import { Memo } from '../../kit/memo';
import '../../kit/legend';
import { base } from '../../kit/styles';
import '../../kit/term';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import type { LensWindows } from './lens-windows';

const TICKS = [0, 25, 50, 75, 100].map((percent) => ({ share: percent / 100, text: `${percent}` }));

/**
 * What the grid is, its scale, which layers have a column, and through which lens they are read. Events: `choose` with `fit`
 * or `all`, `read-through` with `tuned` or `logit`.
 */
@customElement('vt-lens-head')
export class LensHeadElement extends StoreElement {
  @property({ attribute: false }) accessor windows!: LensWindows;
  /** Rows that are there. */
  @property({ type: Number }) accessor loaded = 0;
  @property() accessor columns = 'fit';
  readonly #shares = new Memo<number[]>();

  static override styles = [
    base,
    css`
      :host { display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: end; margin-bottom: 8px; }
      p { margin-bottom: 8px; }
      div { flex: 1 1 280px; }
    `,
  ];

  override render(): TemplateResult {
    const { windows, loaded } = this;
    const shares = this.#shares.get([windows, loaded], () =>
      [...windows.rows()].flatMap(({ cells }) => cells.map(({ top }) => Math.exp(top[0]?.logprob ?? Number.NaN))),
    );
    return html`<div>
        <h2><vt-term name="lens">${t('What it would say if it stopped there')}</vt-term>
          <small role="status">${loaded === 0 && !windows.error ? t('Computing …') : ''}</small></h2>
        <p class="dim">
          ${t('A row a token, a column a layer. The bar ▎ marks the layer from which the token that in truth comes next stays the first guess.')}
        </p>
        <vt-choice
          label=${t('Columns')}
          .value=${this.columns}
          .options=${[{ value: 'fit', label: t('layers that fit') }, { value: 'all', label: t('all layers') }]}
        ></vt-choice>
        ${this.#lensChoice()}
      </div>
      <vt-legend
        label=${t('Probability of what it would say, %')}
        .scale=${this.store.theme.tint('green')}
        .ticks=${TICKS}
        .shares=${shares}
      ></vt-legend>`;
  }

  /** Where a tuned lens lies beside the model. */
  #lensChoice(): TemplateResult | typeof nothing {
    const { state, isLive } = this.store;
    if (!isLive || state.model?.tunedLens === undefined) return nothing;
    const choose = (event: CustomEvent<string>) => {
      event.stopPropagation();
      this.dispatchEvent(new CustomEvent('read-through', { detail: event.detail }));
    };
    return html`<vt-choice
        class="lens"
        label=${t('Read through')}
        .value=${this.windows.tuned ? 'tuned' : 'logit'}
        .options=${[{ value: 'tuned', label: t('tuned lens') }, { value: 'logit', label: t('logit lens') }]}
        @choose=${choose}
      ></vt-choice>
      <p class="dim"><vt-term name="tunedLens">${t('Tuned lens')}</vt-term> ${t('made for {0}', state.model.tunedLens)}</p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-lens-head': LensHeadElement;
  }
}

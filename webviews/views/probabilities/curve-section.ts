import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '../../kit/choice';
import { base } from '../../kit/styles';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import './surprisal-curve';
import type { InUnits, Unit } from './unit';

/** The curve of surprisal, with what its columns are. Event: `choose` with the unit that is chosen. */
@customElement('vt-curve-section')
export class CurveSectionElement extends StoreElement {
  @property({ attribute: false }) accessor shown!: InUnits;
  @property() accessor unit: Unit = 'token';

  static override styles = [
    base,
    css`
      .head { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; gap: 4px 16px; margin-bottom: 8px; }
      .head h2 { margin: 0; }
      .head vt-choice { font-size: 0.85em; }
    `,
  ];

  override render(): TemplateResult {
    const { store, unit } = this;
    const { columns, changed } = this.shown;
    const options = [
      { value: 'token', label: t('by token') },
      { value: 'word', label: t('by word') },
    ];
    return html`<div class="head">
        <h2>${t('Surprisal along the text')}<small>${this.#columnText()}</small>${changed ? html`<small>· ${t('as changed; a line marks what it is in the document')}</small>` : nothing}</h2>
        <vt-choice
          label=${t('Sum by')}
          .value=${unit}
          .options=${options}
        ></vt-choice>
      </div>
      <vt-surprisal-curve
        .columns=${columns}
        .scale=${changed ? store.theme.differenceMark : store.theme.mark('warm')}
        .selected=${store.state.selected.token}
        .hovered=${store.hovered}
        @token-hover=${({ detail }: CustomEvent<number | null>) => store.hover(detail)}
        @token-select=${({ detail }: CustomEvent<number>) => store.selectToken(detail)}
      ></vt-surprisal-curve>`;
  }

  #columnText(): string {
    return this.unit === 'word'
      ? t('bits, a column a word: the sum of its tokens; click to go there')
      : t('bits, a column a token; click to go there');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-curve-section': CurveSectionElement;
  }
}

import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatDecimal, formatSigned } from '../../../src/display/numbers';
import type { ComparisonKind } from '../../../src/shared/difference-api';
import type { ComparisonState } from '../../../src/shared/inspector-api';
import '../../kit/bars';
import type { Bar } from '../../kit/bars';
import '../../kit/choice';
import { base } from '../../kit/styles';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import type { Compared } from './compared';

/** In each direction. */
const LISTED = 10;
/** Less is rounding of the arithmetic. */
const LEAST_NATS = 1e-4;

type Order = 'ratio' | 'kl';

/** The tokens that B finds more probable, and those that it finds less probable, the ones that moved most first. */
@customElement('vt-moved-tokens')
export class MovedTokensElement extends StoreElement {
  @property({ attribute: false }) accessor compared!: Compared;
  @property({ attribute: false }) accessor comparison!: ComparisonState;

  static override styles = [
    base,
    css`
      .head { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: baseline; justify-content: space-between; margin-bottom: 8px; }
      .head h2 { margin: 0; }
      vt-choice { font-size: 0.85em; }
      .lists { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 240px), 1fr)); gap: 12px 32px; }
      h3 { margin: 0 0 4px; font: inherit; color: var(--dim); }
    `,
  ];

  override render(): TemplateResult {
    const { store, compared } = this;
    const order = compared.text.sameVocabulary ? store.viewState.get<Order>('difference.order', 'ratio') : 'ratio';
    const choose = ({ detail }: CustomEvent<string>) => {
      store.viewState.set('difference.order', detail);
      this.requestUpdate();
    };
    return html`<div class="head">
        <h2>${title(this.comparison.kind, compared.text.sameVocabulary)}<small>${t('nats; choose one to go there')}</small></h2>
        ${
          compared.text.sameVocabulary
            ? html`<vt-choice
              label=${t('Order by')}
              .value=${order}
              .options=${[{ value: 'ratio', label: 'ln(p B ÷ p A)' }, { value: 'kl', label: 'KL(A‖B)' }]}
              @choose=${choose}
            ></vt-choice>`
            : nothing
        }
      </div>
      <div
        class="lists"
        @bar-select=${({ detail }: CustomEvent<number>) => store.select({ token: detail })}
      >
        ${this.#list(t('more probable to B'), 1, order)}${this.#list(t('less probable to B'), -1, order)}
      </div>`;
  }

  #list(name: string, sign: 1 | -1, order: Order): TemplateResult {
    const { compared, store } = this;
    const size = (index: number) => (order === 'kl' ? compared.kl(index) : Math.abs(compared.logRatio(index)));
    const moved = compared.shown
      .filter((index) => sign * compared.logRatio(index) > LEAST_NATS)
      .sort((one, other) => size(other) - size(one))
      .slice(0, LISTED);
    const longest = Math.max(...moved.map(size));
    const bars = moved.map((index): Bar => {
      const ratio = compared.logRatio(index);
      return {
        id: compared.positionOf(index),
        label: compared.labelOf(index),
        share: size(index) / longest,
        text: order === 'kl' ? formatDecimal(compared.kl(index)) : formatSigned(ratio),
        title: `ln(p B ÷ p A) ${ratio}${compared.text.sameVocabulary ? `, KL(A‖B) ${compared.kl(index)}` : ''}`,
        hue: sign > 0 ? 'blue' : 'warm',
      };
    });
    return html`<div><h3>${name}</h3>${
      bars.length > 0
        ? html`<vt-bars selectable label=${name} .bars=${bars} .theme=${store.theme}></vt-bars>`
        : html`<p>${t('None.')}</p>`
    }</div>`;
  }
}

function title(kind: ComparisonKind, areTokens: boolean): string {
  if (kind === 'weights') return t('The tokens that suffer most, and those that gain');
  if (kind === 'adapter') return t('What fine-tuning moved most');
  return areTokens ? t('The tokens that moved most') : t('The parts that moved most');
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-moved-tokens': MovedTokensElement;
  }
}

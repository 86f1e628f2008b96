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
import { type Compared, LETTERS, type SideNames } from './compared';
import { MEASURES, type Measure, type Moved, movedTo, type Order, sizeOf } from './moved';

/** In each direction. */
const LISTED = 10;

/** The tokens that B finds more probable, and those that it finds less probable, the ones that moved most first. */
@customElement('vt-moved-tokens')
export class MovedTokensElement extends StoreElement {
  @property({ attribute: false }) accessor compared!: Compared;
  @property({ attribute: false }) accessor comparison!: ComparisonState;
  @property({ attribute: false }) accessor names: SideNames = LETTERS;

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
    const order = compared.hasDivergence ? store.viewState.get<Order>('difference.order', 'ratio') : 'ratio';
    const [more, less] = [t('more probable to {0}', this.names.b), t('less probable to {0}', this.names.b)];
    const choose = (name: string, { detail }: CustomEvent<string>) => {
      store.viewState.set(name, detail);
      this.requestUpdate();
    };
    return html`<div class="head">
        <h2>${title(this.comparison.kind, compared.text.sameVocabulary)}<small>${this.#measure ? t('nats, over all places of a token; choose one to go where it moved most') : t('nats; choose one to go there')}</small></h2>
        ${
          compared.hasDivergence
            ? html`<vt-choice
              label=${t('Order by')}
              .value=${order}
              .options=${[{ value: 'ratio', label: 'ln(p B ÷ p A)' }, { value: 'kl', label: 'KL(A‖B)' }]}
              @choose=${(event: CustomEvent<string>) => choose('difference.order', event)}
            ></vt-choice>`
            : nothing
        }
        ${
          this.#measure
            ? html`<vt-choice
              label=${t('Of the places of a token')}
              .value=${this.#measure}
              .options=${MEASURES.map((value) => ({ value, label: MEASURE_NAMES[value]() }))}
              @choose=${(event: CustomEvent<string>) => choose('difference.measure', event)}
            ></vt-choice>`
            : nothing
        }
      </div>
      <div
        class="lists"
        @bar-select=${({ detail }: CustomEvent<number>) => store.select({ token: detail })}
      >
        ${
          this.#measure
            ? html`${this.#list(less, -1, order)}${this.#list(more, 1, order)}`
            : html`${this.#list(more, 1, order)}${this.#list(less, -1, order)}`
        }
      </div>`;
  }

  /** What another quantisation costs is told by token and not by place, losses first: a token that suffers does so wherever it stands. */
  get #measure(): Measure | undefined {
    const isByToken = this.comparison.kind === 'weights' && this.compared.text.sameVocabulary;
    return isByToken ? this.store.viewState.get<Measure>('difference.measure', 'sum') : undefined;
  }

  #list(name: string, sign: 1 | -1, order: Order): TemplateResult {
    const { compared, store } = this;
    const moved = movedTo(compared, sign, order, this.#measure).slice(0, LISTED);
    const longest = Math.max(...moved.map((one) => sizeOf(one, order)));
    const bars = moved.map((one): Bar => {
      const [index = 0] = one.indices;
      return {
        id: compared.positionOf(index),
        label: one.indices.length > 1 ? `${compared.labelOf(index)} × ${one.indices.length}` : compared.labelOf(index),
        share: sizeOf(one, order) / longest,
        text: order === 'kl' ? formatDecimal(one.kl) : formatSigned(one.logRatio),
        title: this.#title(one),
        hue: sign > 0 ? 'blue' : 'warm',
      };
    });
    return html`<div><h3>${name}</h3>${
      bars.length > 0
        ? html`<vt-bars selectable label=${name} .bars=${bars} .theme=${store.theme}></vt-bars>`
        : html`<p>${t('None.')}</p>`
    }</div>`;
  }

  #title({ indices, logRatio, kl }: Moved): string {
    const sums = `ln(p B ÷ p A) ${logRatio}${this.compared.hasDivergence ? `, KL(A‖B) ${kl}` : ''}`;
    if (indices.length === 1) return sums;
    const most = this.compared.logRatio(indices[0] ?? 0);
    const measure = MEASURE_NAMES[this.#measure ?? 'sum']();
    return t('{0} places, {1}: {2}; most at one of them: {3}', indices.length, measure, sums, most);
  }
}

const MEASURE_NAMES: Readonly<Record<Measure, () => string>> = {
  sum: () => t('sum'),
  mean: () => t('mean'),
  most: () => t('most at one place'),
};

function title(kind: ComparisonKind, areTokens: boolean): string {
  if (kind === 'weights') return t('The tokens that suffer most, and those that gain');
  if (kind === 'adapter') return t('What the adapter moved most');
  return areTokens ? t('The tokens that moved most') : t('The parts that moved most');
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-moved-tokens': MovedTokensElement;
  }
}

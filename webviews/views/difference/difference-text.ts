import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ComparisonState } from '../../../src/shared/inspector-api';
import type { HasTables, Table } from '../../export/table';
import { base } from '../../kit/styles';
import { WidthController } from '../../kit/width';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import type { Compared } from './compared';
import './difference-curve';
import './difference-strip';
import './difference-sums';
import './first-guesses';
import './implicit-reward';
import './moved-tokens';
import './place-pair';
import './span-panel';
import { differenceTables } from './tables';
import './whole-difference';

/** Pixels from which there are two columns. */
const TWO_COLUMNS = 720;

/** The text with what differs, and for a place what both models expected there. */
@customElement('vt-difference-text')
export class DifferenceTextElement extends StoreElement implements HasTables {
  @property({ attribute: false }) accessor comparison!: ComparisonState;
  @property({ attribute: false }) accessor compared!: Compared;
  readonly #width = new WidthController(this);

  static override styles = [
    base,
    css`
      .views { display: grid; gap: 24px 40px; padding: 16px; grid-template-columns: minmax(0, 1fr); }
      .views > * { min-width: 0; }
      .wide { grid-template-columns: minmax(0, 3fr) minmax(300px, 2fr); }
      .side { display: grid; gap: 24px; align-content: start; grid-template-columns: minmax(0, 1fr); }
      .side > * { min-width: 0; }
      p { padding: 16px; }
    `,
  ];

  override render(): TemplateResult {
    const { store, compared, comparison } = this;
    if (compared.shown.length === 0) {
      return html`<p>${t('There is no token here that both models predict: the first has nothing before it.')}</p>`;
    }
    const { token } = store;
    const position = compared.indexOf(token) === undefined ? compared.opening : token;
    const { sameVocabulary } = compared.text;
    const isWide = this.#width.width >= TWO_COLUMNS;
    const whole = html`<vt-whole-difference .store=${store} .compared=${compared}></vt-whole-difference>`;
    const curve = html`<vt-difference-curve
      .store=${store}
      .compared=${compared}
      .selected=${store.state.selected.token}
      .hovered=${store.hovered}
    ></vt-difference-curve>`;
    const place = sameVocabulary
      ? html`<vt-place-pair .store=${store} .compared=${compared} .comparison=${comparison} .position=${position}></vt-place-pair>`
      : html`<vt-span-panel .store=${store} .compared=${compared} .position=${position}></vt-span-panel>`;
    const moved = html`<vt-moved-tokens .store=${store} .compared=${compared} .comparison=${comparison}></vt-moved-tokens>`;
    const rest = html`${compared.hasGuesses ? html`<vt-first-guesses .store=${store} .compared=${compared}></vt-first-guesses>` : nothing}
      <vt-difference-sums .store=${store} .compared=${compared}></vt-difference-sums>
      ${
        comparison.b.model?.preferenceTraining
          ? html`<vt-implicit-reward .store=${store} .compared=${compared} .training=${comparison.b.model.preferenceTraining}></vt-implicit-reward>`
          : nothing
      }`;
    return html`<vt-difference-strip
        .store=${store}
        .compared=${compared}
        .selected=${store.state.selected.token}
        .hovered=${store.hovered}
      ></vt-difference-strip>
      ${
        isWide
          ? html`<div class="views wide"><div class="side">${whole}${moved}${curve}${rest}</div><div class="side">${place}</div></div>`
          : html`<div class="views">${whole}${moved}${place}${curve}${rest}</div>`
      }`;
  }

  tables(): Table[] {
    return differenceTables(this.store, this.compared);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-difference-text': DifferenceTextElement;
  }
}

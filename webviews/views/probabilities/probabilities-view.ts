import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Predictions } from '../../../src/shared/engine-api';
import type { Subject } from '../../../src/shared/inspector-api';
import type { Table } from '../../export/table';
import '../../kit/choice';
import { readingTokens } from '../../kit/count-text';
import '../../kit/heat-strip';
import { Kept } from '../../kit/kept';
import '../../kit/language-notice';
import { base } from '../../kit/styles';
import '../../kit/toolkit';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import './change-panel';
import './part-sums';
import './place-panel';
import { shownRuns, sumsOfRuns } from './span-sums';
import './surprisal-curve';
import './text-sums';
import { predictionTable } from './tables';
import { TokenChanges } from './token-changes';
import { type InUnits, inUnits, type Unit } from './unit';

/** How probable the model finds the text, what it would have written instead, and what that would have changed. */
@customElement('vt-probabilities-view')
export class ProbabilitiesViewElement extends StoreElement {
  readonly #changes = new TokenChanges(this);
  readonly #inUnits = new Kept<InUnits>();
  readonly #sums = new Kept<ReturnType<typeof sumsOfRuns>>();

  static override styles = [
    base,
    css`
      :host { display: block; container-type: inline-size; }
      /* The Tab key goes as it is seen: down one column, then the next. */
      .views { display: grid; gap: 24px 40px; padding: 16px; grid-template-columns: minmax(0, 1fr); reading-flow: grid-columns; }
      .views > * { min-width: 0; }
      .change { display: grid; gap: 8px; order: 1; }
      vt-text-sums, vt-part-sums { order: 2; }
      .head { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; gap: 4px 16px; margin-bottom: 8px; }
      .head h2 { margin: 0; }
      .head vt-choice { font-size: 0.85em; }
      .working { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 16px; }
      @container (min-width: 720px) {
        .views { grid-template-columns: minmax(0, 3fr) minmax(280px, 2fr); }
        .views > * { grid-column: 1; order: 2; }
        .views > .change { order: 1; }
        .views > vt-place-panel { grid-column: 2; grid-row: 1 / span 5; order: 0; }
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const { predictions, subject } = this.store;
    if (!subject) return nothing;
    const shown = predictions && this.#shown(subject, predictions);
    return html`<vt-language-notice .store=${this.store}></vt-language-notice>
      <vt-heat-strip .store=${this.store} .predictions=${shown?.predictions} .difference=${shown?.changed}></vt-heat-strip>
      ${predictions && shown ? html`<div class="views">${this.#views(subject, predictions, shown)}</div>` : nothing}`;
  }

  tables(): Table[] {
    const { predictions, subject, lenses } = this.store;
    return subject && predictions ? [predictionTable(subject, predictions, lenses)] : [];
  }

  get #unit(): Unit {
    return this.store.viewState.get<Unit>('probabilities.unit', 'token');
  }

  #shown(subject: Subject, predictions: Predictions): InUnits {
    const { text } = this.#changes;
    return this.#inUnits.get([this.#unit, subject, predictions, text], () =>
      inUnits(this.#unit, subject, predictions, text),
    );
  }

  #views(subject: Subject, predictions: Predictions, shown: InUnits): TemplateResult {
    const { store } = this;
    const sums = this.#sums.get([subject, predictions], () => sumsOfRuns(subject, predictions, shownRuns(subject)));
    if (sums.predicted === 0) {
      return html`<p>${t('The first token: nothing stands before it, so nothing predicts it.')}</p>`;
    }
    return html`${this.#changes.isEmpty ? nothing : this.#change()}
      ${this.#curve(shown)}
      <vt-text-sums .sums=${sums} .tint=${store.theme.heat('warm')}></vt-text-sums>
      <vt-place-panel
        .store=${store}
        .changed=${this.#changes.text}
        .columns=${shown.columns}
        .unit=${this.#unit}
        @bar-select=${({ detail }: CustomEvent<number>) => {
          if (store.token !== undefined) this.#changes.put(store.token, detail);
        }}
        @token-select=${({ detail }: CustomEvent<number>) => store.select({ token: detail })}
      ></vt-place-panel>
      <vt-part-sums
        .store=${store}
        .predictions=${predictions}
        @token-select=${({ detail }: CustomEvent<number>) => store.select({ token: detail })}
      ></vt-part-sums>`;
  }

  #curve({ columns, changed }: InUnits): TemplateResult {
    const { store } = this;
    const isByWord = this.#unit === 'word';
    const choose = ({ detail }: CustomEvent<string>) => {
      store.viewState.set('probabilities.unit', detail);
      this.requestUpdate();
    };
    return html`<section>
      <div class="head">
        <h2>${t('Surprisal along the text')}<small>${
          isByWord
            ? t('bits, a column a word: the sum of its tokens; click to go there')
            : t('bits, a column a token; click to go there')
        }</small></h2>
        <vt-choice
          label=${t('Sum by')}
          .value=${this.#unit}
          .options=${[{ value: 'token', label: t('by token') }, { value: 'word', label: t('by word') }]}
          @choose=${choose}
        ></vt-choice>
      </div>
      <vt-surprisal-curve
        .columns=${columns}
        .scale=${changed ? store.theme.differenceMark : store.theme.mark('warm')}
        .selected=${store.state.selected.token}
        .hovered=${store.hovered}
        @token-hover=${({ detail }: CustomEvent<number | null>) => store.hover(detail)}
        @token-select=${({ detail }: CustomEvent<number>) => store.selectToken(detail)}
      ></vt-surprisal-curve>
    </section>`;
  }

  #change(): TemplateResult {
    const { text, progress, error } = this.#changes;
    return html`<div class="change">
      ${progress ? this.#working(progress) : nothing} ${error ? html`<p role="alert">${error}</p>` : nothing}
      ${
        text
          ? html`<vt-change-panel
              .store=${this.store}
              .changed=${text}
              @put-back=${({ detail }: CustomEvent<number>) => this.#changes.put(detail, undefined)}
            ></vt-change-panel>`
          : nothing
      }
    </div>`;
  }

  #working({ done, total }: { done: number; total: number }): TemplateResult {
    return html`<div class="working" role="status">
      ${total > 0 ? readingTokens(done, total) : t('Computing …')}
      <vscode-button appearance="secondary" @click=${() => this.#changes.putAllBack()}>${t('Cancel')}</vscode-button>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-probabilities-view': ProbabilitiesViewElement;
  }
}

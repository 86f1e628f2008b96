import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Predictions } from '../../../src/shared/engine-api';
import type { Subject } from '../../../src/shared/inspector-api';
import { formatCount } from '../../../src/shared/numbers';
import type { Table } from '../../export/table';
import '../../kit/heat-strip';
import { Kept } from '../../kit/kept';
import '../../kit/language-notice';
import { base } from '../../kit/styles';
import { subjectTokens } from '../../kit/subject-tokens';
import '../../kit/toolkit';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import './change-panel';
import { curveColumns } from './curve-columns';
import './part-sums';
import './place-panel';
import { shownRuns, sumsOfRuns } from './span-sums';
import './surprisal-curve';
import './text-sums';
import { predictionTable } from './tables';
import { TokenChanges } from './token-changes';

/** How probable the model finds the text, what it would have written instead, and what that would have changed. */
@customElement('vt-probabilities-view')
export class ProbabilitiesViewElement extends StoreElement {
  readonly #changes = new TokenChanges(this);
  readonly #columns = new Kept<ReturnType<typeof curveColumns>>();
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
    return html`<vt-language-notice .store=${this.store}></vt-language-notice>
      <vt-heat-strip .store=${this.store} .difference=${this.#changes.text}></vt-heat-strip>
      ${predictions ? html`<div class="views">${this.#views(subject, predictions)}</div>` : nothing}`;
  }

  tables(): Table[] {
    const { predictions, subject } = this.store;
    return subject && predictions ? [predictionTable(subject, predictions)] : [];
  }

  #views(subject: Subject, predictions: Predictions): TemplateResult {
    const { store } = this;
    const sums = this.#sums.get([subject, predictions], () => sumsOfRuns(subject, predictions, shownRuns(subject)));
    if (sums.predicted === 0) {
      return html`<p>${t('The first token: nothing stands before it, so nothing predicts it.')}</p>`;
    }
    return html`${this.#changes.isEmpty ? nothing : this.#change()}
      ${this.#curve(subject, predictions)}
      <vt-text-sums .sums=${sums} .tint=${store.theme.tint('warm')}></vt-text-sums>
      <vt-place-panel
        .store=${store}
        .changed=${this.#changes.text}
        @bar-select=${({ detail }: CustomEvent<number>) => {
          if (store.token !== undefined) this.#changes.put(store.token, detail);
        }}
      ></vt-place-panel>
      <vt-part-sums
        .store=${store}
        .predictions=${predictions}
        @token-select=${({ detail }: CustomEvent<number>) => store.select({ token: detail })}
      ></vt-part-sums>`;
  }

  #curve(subject: Subject, predictions: Predictions): TemplateResult {
    const { store } = this;
    const changed = this.#changes.text;
    const columns = this.#columns.get([subject, predictions, changed], () =>
      curveColumns(subjectTokens(subject), predictions, changed),
    );
    return html`<section>
      <h2>${t('Surprisal along the text')}<small>${t('bits, a column a token; click to go there')}</small></h2>
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
      ${total > 0 ? t('Reading {0} of {1} tokens', formatCount(done), formatCount(total)) : t('Computing …')}
      <vscode-button appearance="secondary" @click=${() => this.#changes.putAllBack()}>${t('Cancel')}</vscode-button>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-probabilities-view': ProbabilitiesViewElement;
  }
}

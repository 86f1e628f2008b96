import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatCount } from '../../src/display/numbers';
import type { DatasetHost, DatasetState } from '../../src/shared/dataset-api';
import { messageOf } from '../../src/shared/errors';
import { base } from '../kit/styles';
import { button } from '../kit/toolkit';
import { t } from '../l10n';
import './filter-bar';
import './row-grid';
import { scoringText } from './scoring-text';
import './summary-picture';
import { totalsText } from './totals-text';

/** What is known of all rows, which of them are listed, and themselves. */
@customElement('vt-rows-page')
export class RowsPageElement extends LitElement {
  @property({ attribute: false }) accessor host!: DatasetHost;
  @property({ attribute: false }) accessor state!: DatasetState;
  @state() accessor problem = '';

  static override styles = [
    base,
    css`
      section { display: flex; flex-direction: column; height: 100%; }
      header { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 16px; padding: 8px 12px; border-bottom: 1px solid var(--line); }
      .actions { display: flex; flex-wrap: wrap; gap: 4px; margin-inline-start: auto; }
      .totals { flex: 1 1 100%; }
      [role='status'] { padding: 4px 12px; }
      vt-row-grid { flex: 1; min-height: 200px; }
      @media (max-width: 560px) {
        header { gap: 4px 12px; }
        vt-summary-picture:not(:first-of-type) { display: none; }
      }
      progress { width: 96px; vertical-align: middle; }
    `,
  ];

  override render(): TemplateResult {
    const { host } = this;
    const all = this.state;
    const { scoring } = all;
    const isOn = ['loading', 'working', 'waiting'].includes(scoring.kind);
    return html`<section>
      <header>
        <span class="number">${this.#counts()}</span>
        ${all.reading === undefined ? nothing : html`<span class="dim">${all.reading}</span>`}
        <span class="dim number">${scoringText(all)}</span>
        ${all.summaries.map((summary) => html`<vt-summary-picture .summary=${summary} .columns=${all.columns}></vt-summary-picture>`)}
        <div class="actions">
          ${isOn ? button(t('Pause'), () => this.#ask(host.setScoring(false))) : nothing}
          ${['off', 'paused', 'failed'].includes(scoring.kind) && all.rows > 0 ? button(scoring.kind === 'off' ? t('Score the Rows') : t('Resume'), () => this.#ask(host.setScoring(true)), { isPrimary: true }) : nothing}
          ${all.exporting ? button(t('Cancel Saving'), () => host.cancelSave()) : this.#saving()}
        </div>
        ${this.#totals()}
      </header>
      <vt-filter-bar .state=${all} @filter=${(event: CustomEvent) => this.#ask(host.filter(event.detail))} @cancel=${() => host.cancelFilter()}></vt-filter-bar>
      <div role="status">${this.#notices()}</div>
      ${all.failure === undefined ? html`<vt-row-grid .host=${host} .state=${all} @sort=${(event: CustomEvent) => this.#ask(host.sort(event.detail ?? undefined))} @open=${(event: CustomEvent<number>) => this.#ask(host.open({ line: event.detail }))}></vt-row-grid>` : nothing}
    </section>`;
  }

  #counts(): string {
    const { rows, problems, examined } = this.state;
    const seen =
      examined < rows
        ? t('{0} with a problem so far', formatCount(problems))
        : t('{0} with a problem', formatCount(problems));
    return `${t('{0} rows', formatCount(rows))} · ${seen}`;
  }

  #totals(): TemplateResult | typeof nothing {
    const phrases = totalsText(this.state);
    if (phrases.length === 0) return nothing;
    return html`<div class="totals number">${phrases.map(({ text, meaning }, i) => html`${i > 0 ? ' · ' : nothing}<span title=${meaning}>${text}</span>`)}</div>`;
  }

  #saving(): TemplateResult {
    const save = (format: 'csv' | 'jsonl') => () => this.#ask(this.host.save({ format }));
    return html`${button(t('Save CSV…'), save('csv'))}${button(t('Save JSONL…'), save('jsonl'))}`;
  }

  #notices(): TemplateResult {
    const { failure, indexing, notice, scoring, sorted, sort, listed, rows } = this.state;
    const lines = [
      failure !== undefined && html`<p>${failure} ${button(t('Try Again'), () => this.#ask(this.host.reload()))}</p>`,
      indexing &&
        html`<p class="dim">${t('Finding the rows')} <progress max=${indexing.total} value=${indexing.done} aria-label=${t('Finding the rows')}></progress></p>`,
      scoring.kind === 'failed' && html`<p>${scoring.message}</p>`,
      notice !== undefined && html`<p>${notice}</p>`,
      sorted &&
        html`<p class="dim">${t('Sorted over {0} rows that have this number; the others come after them.', formatCount(sorted.with))} ${sorted.since > 0 ? button(t('Sort Again'), () => this.#ask(this.host.sort(sort))) : nothing}</p>`,
      failure === undefined &&
        !indexing &&
        rows === 0 &&
        html`<p>${t('This data set has no rows. Write one conversation or one text a line, as JSON.')}</p>`,
      rows > 0 && listed === 0 && html`<p>${t('No row is let through by the filter.')}</p>`,
      this.problem !== '' && html`<p>${this.problem}</p>`,
    ];
    return html`${lines.filter(Boolean)}`;
  }

  async #ask(asked: Promise<void>): Promise<void> {
    try {
      this.problem = '';
      await asked;
    } catch (error) {
      this.problem = messageOf(error);
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-rows-page': RowsPageElement;
  }
}

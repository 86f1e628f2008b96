import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount, formatDecimal } from '../../../src/display/numbers';
import type { LengthSummary } from '../../../src/shared/lengths-api';
import type { LengthsHost, LengthsState } from '../../../src/shared/lengths-page-api';
import '../../kit/choice';
import { base } from '../../kit/styles';
import { button } from '../../kit/toolkit';
import { t } from '../../l10n';
import './length-histogram';
import './packing-picture';

/** How long documents are in tokens of a vocabulary, and how many contexts they fill. */
@customElement('vt-lengths-page')
export class LengthsPageElement extends LitElement {
  @property({ attribute: false }) accessor host!: LengthsHost;
  @property({ attribute: false }) accessor lengths!: LengthsState;
  /** Whether rules have decided which documents stay. */
  @property({ attribute: false }) accessor isDecided = false;

  static override styles = [
    base,
    css`
      :host { height: 100%; overflow: auto; padding: 12px; }
      .line { margin-bottom: 4px; display: flex; flex-wrap: wrap; align-items: center; gap: 8px 16px; min-height: 28px; }
      select { height: 26px; max-width: 100%; margin-inline-start: 8px; font: inherit; color: var(--vscode-dropdown-foreground); background: var(--vscode-dropdown-background); border: 1px solid var(--vscode-dropdown-border, var(--line)); }
      progress { width: 120px; vertical-align: middle; }
      .parts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr)); gap: 16px 32px; margin-top: 16px; }
      table { border-collapse: collapse; margin-top: 12px; }
      th { padding: 0 16px 0 0; font-weight: 400; color: var(--dim); text-align: start; }
      td { padding: 0; text-align: end; }
    `,
  ];

  override render(): TemplateResult {
    const { vocabularies, vocabulary, counted, summary, problems } = this.lengths;
    const choose = ({ target }: Event) => this.host.chooseVocabulary((target as HTMLSelectElement).value);
    return html`<div class="line">
        <label>${t('Vocabulary')}<select @change=${choose}>
          ${vocabularies.map(({ name, title }) => html`<option value=${name} .selected=${name === vocabulary}>${title}</option>`)}
        </select></label>
        ${this.isDecided ? this.#choice() : nothing}
        ${this.#working()}
      </div>
      <div role="status">${this.#notice()}</div>
      ${counted === undefined ? nothing : html`<p class="dim">${counted}</p>`}
      ${problems > 0 ? html`<p class="dim number">${problems === 1 ? t('One document that cannot be read, or not whole, is in no count.') : t('{0} documents that cannot be read, or not whole, are in no count.', formatCount(problems))}</p>` : nothing}
      ${summary ? this.#parts(summary) : nothing}`;
  }

  #choice(): TemplateResult {
    const options = [
      { value: 'all', label: t('All documents') },
      { value: 'kept', label: t('What stays'), title: t('What the rules of the page Filters let through.') },
    ];
    const choose = ({ detail }: CustomEvent<string>) => this.host.choosePart(detail === 'kept' ? 'kept' : 'all');
    return html`<vt-choice label=${t('Documents that count')} .options=${options} .value=${this.lengths.part} @choose=${choose}></vt-choice>`;
  }

  #parts(summary: LengthSummary): TemplateResult {
    return html`<div class="parts">
      <section aria-label=${t('Lengths')}>
        <h2>${t('Lengths')}<small>${t('in tokens')}</small></h2>
        <vt-length-histogram .summary=${summary}></vt-length-histogram>
        ${this.#table(summary)}
      </section>
      <section aria-label=${t('Contexts')}>
        <h2>${t('Contexts')}<small>${t('that a model is trained on, with an end token behind each document')}</small></h2>
        <vt-packing-picture .lengths=${this.lengths} @slide=${({ detail }: CustomEvent<number>) => this.host.setContext(detail)}></vt-packing-picture>
      </section>
    </div>`;
  }

  #table({ documents, tokens, shortest, longest, quantiles }: LengthSummary): TemplateResult {
    const rows = [
      [t('documents'), formatCount(documents)],
      [t('all together'), formatCount(tokens)],
      [t('mean'), formatDecimal(tokens / documents)],
      [t('shortest'), formatCount(shortest)],
      ...quantiles.map(({ share, tokens }) => [
        t('{0} have at most', `${formatCount(100 * share)} %`),
        formatCount(tokens),
      ]),
      [t('longest'), formatCount(longest)],
    ];
    return html`<table class="number">${rows.map(([title, number]) => html`<tr><th scope="row">${title}</th><td>${number}</td></tr>`)}</table>`;
  }

  #working(): TemplateResult | typeof nothing {
    const { counting } = this.lengths;
    if (counting.kind !== 'working') return nothing;
    const { done, total } = counting;
    return html`<span class="number">${t('Counting tokens')} <progress max=${Math.max(1, total)} value=${done} aria-label=${t('Counting tokens')}></progress> ${t('{0} of {1}', formatCount(done), formatCount(total))}</span>
      ${button(t('Cancel'), () => this.host.stopCounting())}`;
  }

  #notice(): TemplateResult | typeof nothing {
    const { counting, summary, part } = this.lengths;
    const count = () => this.host.countTokens();
    switch (counting.kind) {
      case 'off':
        return html`<div class="line"><p>${t('No document has been counted yet.')}</p>${button(t('Count Tokens'), count, { isPrimary: true })}</div>`;
      case 'stopped':
        return html`<div class="line"><p>${t('Counting was ended: all numbers are of {0} documents.', formatCount(summary?.documents ?? 0))}</p>${button(t('Go On'), count)}</div>`;
      case 'failed':
        return html`<div class="line"><p>${counting.message}</p>${button(t('Try Again'), count)}</div>`;
      case 'done':
        if (summary) return nothing;
        return html`<p>${part === 'kept' ? t('No document stays that can be counted.') : t('There is no document in this data set.')}</p>`;
      default:
        return nothing;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-lengths-page': LengthsPageElement;
  }
}

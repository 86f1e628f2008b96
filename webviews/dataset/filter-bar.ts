import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatCount } from '../../src/display/numbers';
import type { DatasetFilter, DatasetRange, DatasetState } from '../../src/shared/dataset-api';
import '../kit/checkbox';
import { base } from '../kit/styles';
import { button, textField } from '../kit/toolkit';
import { t } from '../l10n';

/** Typing is over when nothing comes for so long. */
const TYPED_MS = 300;

/** What is listed. Events: `filter` with the filter as `detail`, and `cancel`. */
@customElement('vt-filter-bar')
export class FilterBarElement extends LitElement {
  @property({ attribute: false }) accessor state!: DatasetState;
  @state() accessor text = '';
  @state() accessor column = 'loss';
  @state() accessor minimum = '';
  @state() accessor maximum = '';
  #typing: ReturnType<typeof setTimeout> | undefined;

  static override styles = [
    base,
    css`
      :host { display: flex; flex-wrap: wrap; align-items: end; gap: 4px 12px; padding: 4px 12px; }
      label { display: flex; flex-direction: column; }
      select {
        height: 26px;
        font: inherit;
        color: var(--vscode-dropdown-foreground);
        background: var(--vscode-dropdown-background);
        border: 1px solid var(--vscode-dropdown-border, var(--line));
      }
      progress { width: 96px; }
    `,
  ];

  override render(): TemplateResult {
    const { columns, filter, filtering, listed, rows } = this.state;
    return html`
      ${textField({ label: t('Said in a row'), value: this.text, typed: (text) => this.#typed(() => (this.text = text)) }, 18)}
      <label>${t('Column')}<select @change=${(event: Event) => this.#typed(() => (this.column = (event.target as HTMLSelectElement).value))}>
        ${columns.map(({ name, title }) => html`<option value=${name} .selected=${name === this.column}>${title}</option>`)}
      </select></label>
      ${textField({ label: t('From'), value: this.minimum, typed: (text) => this.#typed(() => (this.minimum = text)) }, 5)}
      ${textField({ label: t('To'), value: this.maximum, typed: (text) => this.#typed(() => (this.maximum = text)) }, 5)}
      <vt-checkbox .checked=${filter.problemsOnly} @change=${(event: CustomEvent<boolean>) => this.#send(event.detail)}>${t('Only problems')}</vt-checkbox>
      ${filtering ? html`<span><progress max=${filtering.total} value=${filtering.done} aria-label=${t('Filtering')}></progress> ${button(t('Cancel'), () => this.dispatchEvent(new CustomEvent('cancel')))}</span>` : nothing}
      ${listed < rows ? html`<span class="dim number">${t('{0} of {1} rows are listed', formatCount(listed), formatCount(rows))}</span>` : nothing}
    `;
  }

  #typed(change: () => unknown): void {
    change();
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#send(this.state.filter.problemsOnly), TYPED_MS);
  }

  #send(problemsOnly: boolean): void {
    const [minimum, maximum] = [numberIn(this.minimum), numberIn(this.maximum)];
    const isBound = minimum !== undefined || maximum !== undefined;
    const ranges: DatasetRange[] = isBound ? [{ column: this.column, minimum, maximum }] : [];
    const detail: DatasetFilter = { text: this.text, ranges, problemsOnly };
    this.dispatchEvent(new CustomEvent('filter', { detail }));
  }
}

/** With a decimal point or comma. */
function numberIn(text: string): number | undefined {
  const number = Number(text.trim().replace(',', '.').replace('−', '-'));
  return text.trim() === '' || !Number.isFinite(number) ? undefined : number;
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-filter-bar': FilterBarElement;
  }
}

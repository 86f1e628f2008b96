import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount } from '../../../src/display/numbers';
import type { FunnelMeasure } from '../../../src/shared/funnel-page-api';
import { base } from '../../kit/styles';
import { t } from '../../l10n';
import './measure-control';
import { thresholdText } from './measured-text';

/**
 * What a rule measures, with what each removes; those that remove nothing are folded. Events: `measure` with the one that is opened,
 * or undefined, and `threshold` with one that is moved. What is listed of the one that is opened may stand in its slot.
 */
@customElement('vt-rule-measures')
export class RuleMeasuresElement extends LitElement {
  @property({ attribute: false }) accessor measures: readonly FunnelMeasure[] = [];
  /** The name of the one that is open. */
  @property() accessor opened: string | undefined;

  static override styles = [
    base,
    css`
      ul { margin: 0; padding: 0; list-style: none; }
      li > button { display: grid; grid-template-columns: minmax(0, 1fr) auto 56px; gap: 0 8px; width: 100%; padding: 3px 0; font: inherit; color: inherit; text-align: start; background: none; border: 0; cursor: pointer; }
      li > button:hover { background: var(--vscode-list-hoverBackground); }
      li > button:focus-visible { outline: 1px solid var(--accent); outline-offset: -1px; }
      [aria-expanded='true'] .name { font-weight: 600; }
      .limit { color: var(--dim); }
      button:hover .limit { color: inherit; }
      .count { text-align: end; }
      summary { padding: 3px 0; color: var(--dim); cursor: pointer; }
      vt-measure-control { padding: 4px 0 12px; }
      @media (max-width: 480px) {
        li > button { grid-template-columns: minmax(0, 1fr) 40px; }
        .limit { grid-area: 2 / 1; }
        .count { grid-area: 1 / 2; }
      }
    `,
  ];

  override render(): TemplateResult {
    const { measures } = this;
    // One alone needs no list.
    if (measures.length === 1) return html`${measures.map((measure) => this.#control(measure))}<slot></slot>`;
    const isSeen = ({ name, removed }: FunnelMeasure) => removed > 0 || name === this.opened;
    const folded = measures.filter((measure) => !isSeen(measure));
    return html`<ul>${measures.filter(isSeen).map((measure) => this.#measure(measure))}</ul>
      ${folded.length > 0 ? html`<details ?open=${folded.length === measures.length}><summary class="number">${t('Measures that remove nothing: {0}', formatCount(folded.length))}</summary><ul>${folded.map((measure) => this.#measure(measure))}</ul></details>` : nothing}`;
  }

  override updated(changed: PropertyValues<this>): void {
    if (!changed.has('opened')) return;
    this.renderRoot.querySelector('[aria-expanded="true"]')?.parentElement?.scrollIntoView({ block: 'nearest' });
  }

  #measure(measure: FunnelMeasure): TemplateResult {
    const { name, title, threshold, removed } = measure;
    const isOpen = name === this.opened;
    const limit = threshold === undefined ? t('off') : thresholdText(measure, threshold);
    return html`<li>
      <button class="number" aria-expanded=${isOpen} @click=${() => this.#tell('measure', isOpen ? undefined : name)}>
        <span class="name">${title}</span><span class="limit">${isOpen ? nothing : limit}</span><span class="count">${formatCount(removed)}<span class="unseen"> ${t('removed')}</span></span>
      </button>
      ${isOpen ? html`${this.#control(measure)}<slot></slot>` : nothing}
    </li>`;
  }

  #control(measure: FunnelMeasure): TemplateResult {
    return html`<vt-measure-control .measure=${measure} @threshold=${({ detail }: CustomEvent<number | undefined>) => this.#tell('threshold', { measure: measure.name, threshold: detail })}></vt-measure-control>`;
  }

  #tell(name: 'measure' | 'threshold', detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-rule-measures': RuleMeasuresElement;
  }
}

import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { FunnelMeasure } from '../../../src/shared/funnel-page-api';
import '../../kit/slider';
import { base } from '../../kit/styles';
import { t } from '../../l10n';
import { isYesOrNo, measuredText, thresholdText } from './measured-text';
import './measure-spread';

/**
 * A number that a rule measures: its threshold as a slider, and how it is spread over the documents. Event: `threshold` with a
 * number as \`detail\`, or undefined where it is turned off.
 */
@customElement('vt-measure-control')
export class MeasureControlElement extends LitElement {
  @property({ attribute: false }) accessor measure!: FunnelMeasure;
  /** Where the slider has been moved to; undefined once the host knows it. */
  @state() accessor moved: number | undefined;
  #stops: number[] = [];

  static override styles = [
    base,
    css`
      :host { padding: 8px 0; }
      .title { display: flex; justify-content: space-between; gap: 8px; }
      .links { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 16px; margin-top: 4px; }
      button { font: inherit; color: var(--vscode-textLink-foreground); background: none; border: 0; padding: 0; text-align: start; text-decoration: underline; cursor: pointer; }
    `,
  ];

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('measure')) return;
    // What comes back while it is moved on is of before.
    const isOther = changed.get('measure')?.name !== this.measure.name;
    if (isOther || this.measure.threshold === this.moved) this.moved = undefined;
    this.#stops = stopsOf(this.measure);
  }

  override render(): TemplateResult {
    const { title, why, threshold } = this.measure;
    const isMoved = threshold !== undefined && !isYesOrNo(this.measure);
    return html`
      ${isMoved ? this.#slider(this.moved ?? threshold) : html`<div class="title"><span>${title}</span><span>${threshold === undefined ? t('off') : nothing}</span></div>`}
      <p class="dim">${why}</p>
      <div class="links number">${this.#links()}</div>`;
  }

  #slider(value: number): TemplateResult {
    const { title } = this.measure;
    const limit = (value: number) => thresholdText(this.measure, value);
    const slide = ({ detail }: CustomEvent<number>) => this.#tell(detail);
    return html`<vt-slider label=${title} .stops=${this.#stops} .value=${value} .format=${limit} @slide=${slide}></vt-slider>
      <vt-measure-spread .measure=${this.measure} .threshold=${value}></vt-measure-spread>`;
  }

  #links(): TemplateResult {
    const { title, removed, threshold, ownThreshold, draw } = this.measure;
    const toggle = () => this.#tell(threshold === undefined ? ownThreshold : undefined);
    const isMoved = threshold !== undefined && threshold !== ownThreshold;
    const label = threshold === undefined ? t('Switch on') : t('Switch off');
    return html`
      ${removed === 0 && threshold !== undefined ? html`<span class="dim">${t('It removes none of what rules before it leave.')}</span>` : nothing}
      ${isMoved ? html`<button @click=${() => this.#tell(ownThreshold)}>${t('Back to {0}', measuredText(ownThreshold, draw))}</button>` : nothing}
      <button aria-label=${`${label}: ${title}`} @click=${toggle}>${label}</button>`;
  }

  #tell(detail: number | undefined): void {
    this.moved = detail;
    this.dispatchEvent(new CustomEvent('threshold', { detail }));
  }
}

/** Those of the slider, and the measure's own threshold where it lies between two of them. */
function stopsOf({ slider: { minimum, maximum, step }, ownThreshold }: FunnelMeasure): number[] {
  const count = Math.round((maximum - minimum) / step);
  const even = Array.from({ length: count + 1 }, (_, i) => Number((minimum + i * step).toPrecision(6)));
  return [...new Set([...even, ownThreshold])].sort((a, b) => a - b);
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-measure-control': MeasureControlElement;
  }
}

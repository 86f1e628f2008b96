import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { cssColour } from '../../../src/display/colour-scale';
import { formatCount, formatProbabilityShort, LEAST_SHARE } from '../../../src/display/numbers';
import { moreProbable } from '../../kit/count-text';
import { OneStop } from '../../kit/one-stop';
import { barListStyles, barWidth, probabilityScaleEnd, scaleEndMark } from '../../kit/probability-scale';
import { styled } from '../../kit/styled';
import { base } from '../../kit/styles';
import type { Theme } from '../../kit/theme';
import { t } from '../../l10n';
import type { BarRow, OtherTokens } from './bar-rows';

/**
 * The most probable tokens: an outline for what the model gave, a filled bar for what sampling left, on one scale. What is cut is grey.
 * Event: `token-take` with the id of a token to go on with.
 */
@customElement('vt-sampling-bars')
export class SamplingBarsElement extends LitElement {
  @property({ attribute: false }) accessor rows: readonly BarRow[] = [];
  @property({ attribute: false }) accessor others: OtherTokens = { count: 0, left: 0, raw: 0, adjusted: 0 };
  @property({ attribute: false }) accessor labels: ReadonlyMap<number, string> = new Map();
  @property({ attribute: false }) accessor theme!: Theme;
  @property({ type: Boolean }) accessor selectable = false;
  readonly #stops = new OneStop(this);

  static override styles = [
    base,
    barListStyles,
    css`
      .bar-row { grid-template-columns: minmax(64px, 26%) 1fr 76px 76px; }
      .head, .rest { color: var(--dim); }
      .head { font-size: 0.85em; white-space: nowrap; align-items: end; line-height: 1.2; }
      .label { font-family: var(--mono); }
      .rest .label { font-family: inherit; white-space: normal; overflow: visible; grid-column: 1 / 3; text-align: start; }
      .bar { position: relative; height: 14px; background: color-mix(in srgb, currentcolor 8%, transparent); border-inline-end: 1px solid var(--dim); }
      .bar i { position: absolute; inset: 0 auto 0 0; }
      .raw { outline: 1px solid currentcolor; outline-offset: -1px; opacity: 0.7; }
      .value { text-align: end; white-space: nowrap; }
      .cut { color: var(--dim); }
      .drawn .label, .drawn .value { font-weight: 600; }
      .value { position: relative; }
      .head i { display: inline-block; width: 8px; height: 8px; margin-inline-end: 3px; }
      .head .raw { outline: 1px solid currentcolor; outline-offset: -1px; }
      .gap { padding-inline-start: 26%; color: var(--dim); }
    `,
  ];

  override render(): TemplateResult {
    const end = probabilityScaleEnd(Math.max(...this.rows.map(({ raw, adjusted }) => Math.max(raw, adjusted ?? 0))));
    return html`<div class="bar-row row head" aria-hidden="true">
        <span></span>${scaleEndMark(end)}
        <span class="value"><i class="raw"></i>${t('model')}</span>
        <span class="value"><i ${styled({ 'background-color': cssColour(this.theme.mark('warm')(1)) })}></i>${t('sampling')}</span>
      </div>
      <div
        role=${this.selectable ? 'toolbar' : 'group'}
        aria-orientation=${this.selectable ? 'vertical' : nothing}
        aria-label=${t('The most probable tokens')}
        @focusin=${this.#stops.focused}
        @keydown=${this.#stops.keyPressed}
      ><ol>${this.rows.map((row) => this.#row(row, end))}</ol></div>
      ${this.others.count > 0 ? this.#rest() : nothing}`;
  }

  #row(row: BarRow, end: number): TemplateResult {
    const { id, isDrawn, adjusted, skipped } = row;
    const take = () => this.dispatchEvent(new CustomEvent('token-take', { detail: id, bubbles: true, composed: true }));
    const classes = `bar-row row number ${isDrawn ? 'drawn' : ''} ${adjusted === undefined ? 'cut' : ''}`;
    const cells = this.#cells(row, end);
    return html`<li data-id=${id}>
      ${skipped > 0 ? html`<div class="gap">⋮ ${moreProbable(skipped)}</div>` : nothing}
      ${
        this.selectable
          ? html`<button class=${classes} title=${this.#title(row)} @click=${take}>${cells}</button>`
          : html`<div class=${classes} title=${this.#title(row)}>${cells}</div>`
      }
    </li>`;
  }

  #cells({ id, raw, adjusted, isDrawn, isTaken }: BarRow, end: number): TemplateResult {
    const fill = cssColour(this.theme.mark('warm')(1));
    return html`<span class="label">${isTaken ? '↳ ' : ''}${this.labels.get(id) ?? '…'}${isDrawn ? ' ◂' : ''}</span>
      <span class="bar">
        ${adjusted === undefined ? nothing : html`<i ${styled({ width: barWidth(adjusted, end), 'background-color': fill })}></i>`}
        ${raw < LEAST_SHARE ? nothing : html`<i class="raw" ${styled({ width: barWidth(raw, end) })}></i>`}
      </span>
      <span class="value"><span class="unseen">${t('model')} </span>${formatProbabilityShort(raw)}</span>
      <span class="value"><span class="unseen">${t('sampling')} </span>${adjusted === undefined ? t('cut') : formatProbabilityShort(adjusted)}</span>`;
  }

  #rest(): TemplateResult {
    const { count, left, raw, adjusted } = this.others;
    return html`<div class="bar-row row number rest">
      <span class="label">${t('{0} other tokens, {1} of them left', formatCount(count), formatCount(left))}</span>
      <span class="value" title=${raw}>${formatProbabilityShort(raw)}</span>
      <span class="value" title=${adjusted}>${left === 0 ? t('cut') : formatProbabilityShort(adjusted)}</span>
    </div>`;
  }

  #title({ id, raw, adjusted }: BarRow): string {
    const said = t('id {0}, model {1}, after sampling {2}', id, raw, adjusted ?? 0);
    return this.selectable ? `${said}. ${t('Click to go on with it.')}` : said;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-sampling-bars': SamplingBarsElement;
  }
  interface HTMLElementEventMap {
    'token-take': CustomEvent<number>;
  }
}

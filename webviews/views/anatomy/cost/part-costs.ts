import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { leastPassSeconds, leastSeconds, type PassWork, sumOfWork } from '../../../../src/anatomy/roofline';
import { formatBytes } from '../../../../src/display/format-bytes';
import { formatSi } from '../../../../src/display/format-si';
import type { Limits, PassTimes, TimedPart } from '../../../../src/shared/part-times-api';
import { styled } from '../../../kit/styled';
import { base } from '../../../kit/styles';
import '../../../kit/term';
import type { Theme } from '../../../kit/theme';
import { t } from '../../../l10n';
import { timeText } from './time-text';
import { measuredSeconds, partsOf, TIMED_PART_TITLES, timedPartColour, workOf } from './timed-parts';

/** What a pass costs, part by part: its operations, its bytes, the time that a device needs at least, and what was measured. */
@customElement('vt-part-costs')
export class PartCostsElement extends LitElement {
  @property() accessor label = '';
  @property({ attribute: false }) accessor work!: PassWork;
  @property({ attribute: false }) accessor limits: Limits | undefined;
  @property({ attribute: false }) accessor measured: PassTimes | undefined;
  @property({ attribute: false }) accessor theme!: Theme;
  /** Changes with the theme. */
  @property({ attribute: false }) accessor scale: unknown;

  static override styles = [
    base,
    css`
      :host { min-width: 0; overflow-x: auto; container-type: inline-size; }
      .strip { display: flex; height: 12px; margin-bottom: 4px; }
      table { width: 100%; border-collapse: collapse; }
      th, td { padding: 2px 0 2px 12px; font-weight: 400; text-align: end; white-space: nowrap; }
      th:first-child { padding-left: 0; text-align: start; white-space: normal; }
      thead th { color: var(--dim); white-space: normal; vertical-align: bottom; }
      tfoot th, tfoot td { border-top: 1px solid var(--line); font-weight: 600; }
      @container (max-width: 400px) {
        table { font-size: 11px; }
        th, td { padding-left: 6px; }
        .measured .bytes { display: none; }
      }
      th i { display: inline-block; width: 10px; height: 10px; margin-inline-end: 6px; }
    `,
  ];

  override render(): TemplateResult {
    const { label, work, limits, measured } = this;
    const all = sumOfWork(Object.values(work));
    const least = limits && leastPassSeconds(work, limits);
    return html`<h2>${label}</h2>
      ${this.#strip()}
      <table class=${measured ? 'number measured' : 'number'}>
        <caption class="unseen">${label}</caption>
        <thead><tr>
          <th scope="col">${t('part')}</th>
          <th scope="col">${t('computation')}</th>
          <th scope="col" class="bytes">${t('moved')}</th>
          ${limits ? html`<th scope="col"><vt-term name="roofline">${t('at least')}</vt-term></th>` : nothing}
          ${measured ? html`<th scope="col">${t('measured')}</th>` : nothing}
        </tr></thead>
        <tbody>${partsOf(measured).map((part) => this.#row(part))}</tbody>
        <tfoot><tr>
          <th scope="row">${t('together')}</th>
          <td>${formatSi(all.flops, 'FLOP')}</td><td class="bytes">${formatBytes(all.bytes)}</td>
          ${least === undefined ? nothing : html`<td>${timeText(least)}</td>`}
          ${measured ? html`<td>${timeText(measured.milliseconds / 1000)}</td>` : nothing}
        </tr></tfoot>
      </table>`;
  }

  #strip(): TemplateResult {
    const lengths = partsOf(this.measured).map((part) => ({ part, length: this.#length(part) }));
    const whole = lengths.reduce((sum, { length }) => sum + length, 0);
    return html`<div class="strip" aria-hidden="true">${lengths.map(
      ({ part, length }) =>
        html`<i ${styled({ width: `${(100 * length) / whole}%`, 'background-color': timedPartColour(part, this.theme) })}></i>`,
    )}</div>`;
  }

  #row(part: TimedPart): TemplateResult {
    const { limits, measured } = this;
    const work = workOf(this.work, part);
    const seconds = measured && measuredSeconds(measured, part);
    return html`<tr>
      <th scope="row"><i ${styled({ 'background-color': timedPartColour(part, this.theme) })}></i>${this.#title(part)}</th>
      <td>${work && work.flops > 0 ? formatSi(work.flops, 'FLOP') : '—'}</td>
      <td class="bytes">${work ? formatBytes(work.bytes) : '—'}</td>
      ${limits ? html`<td>${work ? timeText(leastSeconds(work, limits)) : '—'}</td>` : nothing}
      ${seconds === undefined ? nothing : html`<td>${seconds > 0 ? timeText(seconds) : '—'}</td>`}
    </tr>`;
  }

  #title(part: TimedPart): TemplateResult | string {
    const title = TIMED_PART_TITLES[part]();
    return part === 'instruments' || part === 'outside' ? html`<vt-term name=${part}>${title}</vt-term>` : title;
  }

  /** What its piece of the strip is as long as: the time that was measured, or else is needed, or else its operations. */
  #length(part: TimedPart): number {
    const work = workOf(this.work, part);
    if (this.measured) return measuredSeconds(this.measured, part);
    if (!work) return 0;
    return this.limits ? leastSeconds(work, this.limits) : work.flops;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-part-costs': PartCostsElement;
  }
}

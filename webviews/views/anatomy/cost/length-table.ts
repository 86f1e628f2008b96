import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { forwardFlops } from '../../../../src/anatomy/flops';
import { cacheBytes } from '../../../../src/anatomy/memory';
import { leastPassSeconds } from '../../../../src/anatomy/roofline';
import { formatBytes } from '../../../../src/display/format-bytes';
import { formatSi } from '../../../../src/display/format-si';
import { formatCount, formatProbability } from '../../../../src/display/numbers';
import type { ModelAnatomy } from '../../../../src/shared/anatomy-api';
import { base } from '../../../kit/styles';
import { t } from '../../../l10n';
import { type CostSettings, readingWork } from './costs';
import { timeText } from './time-text';

/** In tokens, whatever a model's context is. */
const LENGTHS = [128, 512, 2048, 8192, 32_768, 131_072];

/** What texts of a length cost, all that are read at once. */
export interface LengthCost {
  tokens: number;
  flops: number;
  /** Of comparisons in attention, of all operations. */
  attentionShare: number;
  cacheBytes: number;
  /** To read it; undefined of a machine that was not tried. */
  leastSeconds: number | undefined;
}

export function costsOfLengths(anatomy: ModelAnatomy, settings: CostSettings): LengthCost[] {
  const { limits, numberBytes, batch } = settings;
  return LENGTHS.map((tokens) => {
    const { total, scores } = forwardFlops(anatomy, tokens, 'causal');
    const work = readingWork(anatomy, { ...settings, tokens });
    return {
      tokens,
      flops: batch * total,
      attentionShare: scores / total,
      cacheBytes: batch * cacheBytes(anatomy, tokens, numberBytes),
      leastSeconds: limits && leastPassSeconds(work, limits),
    };
  });
}

/** The curve over the length in numbers, folded in until somebody wants it. */
@customElement('vt-length-table')
export class LengthTableElement extends LitElement {
  @property({ attribute: false }) accessor anatomy!: ModelAnatomy;
  @property({ attribute: false }) accessor settings!: CostSettings;

  static override styles = [
    base,
    css`
      details { overflow-x: auto; }
      summary { cursor: pointer; }
      table { border-collapse: collapse; }
      th, td { padding: 2px 12px 2px 0; font-weight: 400; text-align: end; }
      td { white-space: nowrap; }
      thead th { color: var(--dim); vertical-align: bottom; }
    `,
  ];

  override render(): TemplateResult {
    const { limits } = this.settings;
    return html`<details class="no-picture">
      <summary>${t('In numbers')}</summary>
      <table class="number">
        <caption class="unseen">${t('Cost over the length')}</caption>
        <thead><tr>
          <th scope="col">${t('tokens')}</th>
          <th scope="col">${t('computation')}</th>
          <th scope="col">${t('of it comparisons')}</th>
          <th scope="col">${t('keys and values')}</th>
          ${limits ? html`<th scope="col">${t('at least')}</th>` : nothing}
        </tr></thead>
        <tbody>${costsOfLengths(this.anatomy, this.settings).map((cost) => this.#row(cost))}</tbody>
      </table>
    </details>`;
  }

  #row({ tokens, flops, attentionShare, cacheBytes, leastSeconds }: LengthCost): TemplateResult {
    return html`<tr>
      <th scope="row">${formatCount(tokens)}</th>
      <td>${formatSi(flops, 'FLOP')}</td>
      <td>${formatProbability(attentionShare)}</td>
      <td>${formatBytes(cacheBytes)}</td>
      ${leastSeconds === undefined ? nothing : html`<td>${timeText(leastSeconds)}</td>`}
    </tr>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-length-table': LengthTableElement;
  }
}

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount, formatLogprob, formatLogprobShort } from '../../../src/display/numbers';
import type { Bar } from '../../kit/bars';
import '../../kit/bars';
import { moreProbable } from '../../kit/count-text';
import { probabilityScaleEnd } from '../../kit/probability-scale';
import { base } from '../../kit/styles';
import type { Theme } from '../../kit/theme';
import { t } from '../../l10n';
import { layerName } from './layer-name';
import type { LensCell, LensRow } from './lens-row';

/** What the model would say after a token if it stopped at a layer, and what it thinks there of the token that in truth comes next. */
@customElement('vt-lens-card')
export class LensCardElement extends LitElement {
  @property({ attribute: false }) accessor row!: LensRow;
  @property({ type: Number }) accessor layer = 0;
  @property({ type: Number }) accessor last = 0;
  /** The token, and the one that in truth comes next. */
  @property() accessor label = '';
  @property({ attribute: false }) accessor next: { id: number; label: string } | undefined;
  @property({ attribute: false }) accessor labelOf: (id: number) => string = String;
  @property({ attribute: false }) accessor theme!: Theme;

  static override styles = [
    base,
    css`
      :host { min-width: 0; }
      .at { padding: 0 4px; border: 1px solid var(--accent); }
      p { margin-top: 8px; }
      .value { white-space: nowrap; }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const cell = this.row.cells[this.layer];
    if (!cell) return nothing;
    const end = probabilityScaleEnd(Math.exp(cell.top[0]?.logprob ?? 0));
    const after = html`<span class="at mono one-line">${this.label}</span>`;
    return html`<h2>${layerName(this.layer, this.last)}<small>${t('at')} ${after}</small></h2>
      <vt-bars
        label=${t('The most probable tokens')}
        .bars=${this.#bars(cell, end)}
        .end=${end}
        .theme=${this.theme}
      ></vt-bars>
      ${this.#truth(cell)}`;
  }

  #bars({ top, nextLogprob, nextRank }: LensCell, end: number): Bar[] {
    const bar = (id: number, logprob: number): Bar => ({
      id,
      label: this.labelOf(id),
      share: Math.exp(logprob) / end,
      text: formatLogprobShort(logprob),
      title: t('id {0}, probability {1}', id, Math.exp(logprob)),
      hue: 'green',
      marked: id === this.next?.id,
    });
    const bars = top.map(({ id, logprob }) => bar(id, logprob));
    if (!this.next || bars.some(({ marked }) => marked)) return bars;
    const between = nextRank - top.length;
    const gap = between > 0 ? { gap: moreProbable(between) } : {};
    return [...bars, { ...bar(this.next.id, nextLogprob), ...gap }];
  }

  #truth({ nextLogprob, nextRank }: LensCell): TemplateResult {
    if (!this.next) return html`<p class="dim">${t('The text ends here: what comes next is not known.')}</p>`;
    const next = html`<span class="mono one-line">${this.next.label}</span>`;
    const { settled } = this.row;
    return html`<p class="number" title=${Math.exp(nextLogprob)}>
        ${t('In truth comes')} ${next}: <span class="value">${t('rank {0}', formatCount(nextRank + 1))} · ${formatLogprob(nextLogprob)}</span>
      </p>
      <p class="dim">
        ${this.#settledText(settled)}
      </p>`;
  }

  #settledText(settled: number | undefined): string {
    if (settled === undefined) return t('It is not the first guess in the end.');
    if (settled === this.last) return t('It is the first guess only in the end, in the model’s own output.');
    return t('It is the first guess from layer {0} on.', settled);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-lens-card': LensCardElement;
  }
}

import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type ColourScale, cssColour } from '../../src/display/colour-scale';
import { t } from '../l10n';
import { styled } from './styled';
import { base } from './styles';

export interface Tick {
  /** Place on the scale, 0 to 1. */
  share: number;
  text: string;
}

const STOPS = 24;
const BINS = 24;

/** A scale: its colours, ticks and unit, and how often each part of it occurs in the text in view. */
@customElement('vt-legend')
export class LegendElement extends LitElement {
  @property({ attribute: false }) accessor scale: ColourScale = () => [0, 0, 0];
  @property({ attribute: false }) accessor ticks: readonly Tick[] = [];
  /** Shares of the tokens in view, for the histogram; NaN is left out. */
  @property({ attribute: false }) accessor shares: readonly number[] = [];
  /** The histogram, where it is known without shares: bins over the whole scale. */
  @property({ attribute: false }) accessor counts: ArrayLike<number> | undefined;
  /** What the scale is of, with its unit. */
  @property() accessor label = '';
  /** Whether underlines of the rank classes are explained too. */
  @property({ type: Boolean }) accessor ranks = false;
  /** Up to which ranks are known; undefined where all are. */
  @property({ attribute: false }) accessor rankLimit: number | undefined;
  /** Scales of differences go from −1 to 1. */
  @property({ type: Boolean }) accessor diverging = false;

  static override styles = [
    base,
    css`
      :host { min-width: 160px; max-width: 280px; font-size: 0.85em; color: var(--dim); }
      .label { text-wrap: balance; }
      .bins { display: flex; align-items: flex-end; gap: 1px; height: 20px; }
      .bins i { flex: 1; background: currentcolor; opacity: 0.6; }
      .scale { display: flex; height: 8px; outline: 1px solid color-mix(in srgb, currentcolor 30%, transparent); }
      .scale i { flex: 1; }
      .ticks { position: relative; height: 1.5em; }
      .ticks span { position: absolute; transform: translateX(-50%); white-space: nowrap; }
      .ticks span:first-child { transform: none; }
      .ticks span:last-child { transform: translateX(-100%); }
    `,
  ];

  override render(): TemplateResult {
    return html`
      <div class="label">${this.label}</div>
      ${this.counts || this.shares.length > 0 ? this.#histogram() : ''}
      <div class="scale" aria-hidden="true">${Array.from({ length: STOPS }, (_, i) => this.#stop(i / (STOPS - 1)))}</div>
      <div class="ticks number">
        ${this.ticks.map(({ share, text }) => html`<span ${styled({ left: `${100 * share}%` })}>${text}</span>`)}
      </div>
      ${this.ranks ? html`<div>${underlineText(this.rankLimit)}</div>` : ''}
    `;
  }

  #stop(share: number): TemplateResult {
    const colour = cssColour(this.scale(this.diverging ? 2 * share - 1 : share));
    return html`<i ${styled({ 'background-color': colour })}></i>`;
  }

  #histogram(): TemplateResult {
    const bins = this.counts ? Array.from(this.counts) : binsOf(this.shares);
    const most = Math.max(1, ...bins);
    const bar = (count: number) => html`<i ${styled({ height: `${(100 * count) / most}%` })}></i>`;
    return html`<div class="bins" aria-hidden="true">${bins.map(bar)}</div>`;
  }
}

function underlineText(rankLimit: number | undefined): string {
  if (rankLimit === undefined) return t('Underline: none first guess · dotted 2 to 10 · dashed to 100 · solid beyond');
  return rankLimit > 10
    ? t('Underline: none first guess · dotted 2 to 10 · dashed to {0} · double beyond', rankLimit)
    : t('Underline: none first guess · dotted 2 to {0} · double beyond', rankLimit);
}

function binsOf(shares: readonly number[]): number[] {
  const bins = new Array<number>(BINS).fill(0);
  for (const share of shares) {
    const bin = Math.min(BINS - 1, Math.floor(share * BINS));
    if (!Number.isNaN(bin)) bins[bin] = (bins[bin] ?? 0) + 1;
  }
  return bins;
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-legend': LegendElement;
  }
}

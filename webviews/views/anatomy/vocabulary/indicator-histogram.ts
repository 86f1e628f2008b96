import { css, html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatIndicator } from '../../../../src/display/indicator';
import { formatCount } from '../../../../src/display/numbers';
import type { Undertrained } from '../../../../src/shared/undertrained-api';
import { base, chart } from '../../../kit/styles';
import { WidthController } from '../../../kit/width';
import { t } from '../../../l10n';
import { INDICATOR_NAMES } from './names';

const HEIGHT = 120;
const TOP = 20;
const AXIS = HEIGHT - 20;
const BINS = 80;
/** Of `TOKEN_CATEGORIES`: what text can become. */
const OK = 0;

interface Bin {
  from: number;
  to: number;
  count: number;
}

/** How many tokens have which indicator, by the square root of their number, so that few are seen beside many. */
@customElement('vt-indicator-histogram')
export class IndicatorHistogramElement extends LitElement {
  @property({ attribute: false }) accessor undertrained!: Undertrained;
  /** The indicator of a token that is pointed at. */
  @property({ attribute: false }) accessor pointed: number | undefined;
  readonly #width = new WidthController(this);

  static override styles = [
    base,
    chart,
    css`
      :host { min-height: ${HEIGHT}px; max-width: 720px; }
      .bin { fill: currentcolor; opacity: 0.35; }
      .low { opacity: 0.9; }
      .threshold { stroke: currentcolor; stroke-dasharray: 3 3; }
      .pointed { stroke: var(--accent); stroke-width: 2; }
      .axis { stroke: var(--line); }
    `,
  ];

  override render(): TemplateResult {
    return html`${this.#width.width > 0 ? this.#picture(this.#width.width) : nothing}`;
  }

  #picture(width: number): TemplateResult {
    const { threshold, indicator } = this.undertrained;
    const bins = binsOf(this.undertrained);
    const [least, most] = [bins[0]?.from ?? 0, bins.at(-1)?.to ?? 1];
    const highest = Math.sqrt(Math.max(1, ...bins.map(({ count }) => count)));
    const x = (value: number) => 8 + ((width - 16) * (value - least)) / (most - least || 1);
    return html`<svg height=${HEIGHT} role="img" aria-label=${t('How many tokens have which {0}, from {1} to {2}; 2 % are at {3} or below.', INDICATOR_NAMES[indicator](), formatIndicator(least), formatIndicator(most), formatIndicator(threshold))}>
      ${bins.map(({ from, to, count }) => {
        const height = ((AXIS - TOP) * Math.sqrt(count)) / highest;
        return svg`<rect class="bin ${to <= threshold ? 'low' : ''}" x=${x(from)} y=${AXIS - height} width=${Math.max(1, x(to) - x(from) - 1)} height=${height}><title>${t('{0} tokens from {1} to {2}', formatCount(count), formatIndicator(from), formatIndicator(to))}</title></rect>`;
      })}
      <line class="axis" x1="8" x2=${width - 8} y1=${AXIS} y2=${AXIS}></line>
      <line class="threshold" x1=${x(threshold)} x2=${x(threshold)} y1="12" y2=${AXIS}></line>
      ${this.#mark(x(threshold), width)}
      ${this.pointed === undefined ? nothing : svg`<line class="pointed" x1=${x(this.pointed)} x2=${x(this.pointed)} y1=${TOP} y2=${AXIS}></line>`}
      <text class="number" x="8" y=${HEIGHT - 4}>${formatIndicator(least)}</text>
      <text class="number" x=${width - 8} y=${HEIGHT - 4} text-anchor="end">${formatIndicator(most)}</text>
    </svg>`;
  }

  #mark(x: number, width: number): TemplateResult {
    const isLeft = x < width / 2;
    return svg`<text class="number" x=${isLeft ? x + 4 : x - 4} y="16" text-anchor=${isLeft ? 'start' : 'end'}>${t('2 % at {0} or below', formatIndicator(this.undertrained.threshold))}</text>` as TemplateResult;
  }
}

function binsOf({ values, categories }: Undertrained): Bin[] {
  const ok = values.filter((_, id) => categories[id] === OK);
  const least = ok.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
  const most = ok.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY);
  if (ok.length === 0 || least === most) return [];
  const size = (most - least) / BINS;
  const counts = new Array<number>(BINS).fill(0);
  for (const value of ok) {
    const bin = Math.min(BINS - 1, Math.floor((value - least) / size));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts.map((count, i) => ({ from: least + i * size, to: least + (i + 1) * size, count }));
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-indicator-histogram': IndicatorHistogramElement;
  }
}

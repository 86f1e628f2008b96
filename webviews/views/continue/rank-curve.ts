import { scaleLinear, scaleLog } from 'd3-scale';
import { area, line } from 'd3-shape';
import { css, html, LitElement, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { cssColour } from '../../../src/shared/colour-scale';
import { formatCount, formatProbability, spokenDigits } from '../../../src/shared/numbers';
import { styled } from '../../kit/styled';
import { base } from '../../kit/styles';
import type { Theme } from '../../kit/theme';
import { WidthController } from '../../kit/width';
import { t } from '../../l10n';
import type { Draw } from './draw';
import type { Place } from './place';

const HEIGHT = 190;
const MARGIN = { top: 18, right: 8, bottom: 34, left: 52 };
/** Of so many ranks the curve is drawn; more would not be seen. */
const POINTS = 240;
const Y_TICKS = 5;
/** Pixels that two numbers under the axis keep apart. */
const LABEL_WIDTH = 48;

interface Point {
  rank: number;
  /** Decimal logarithm of the probability. */
  log: number;
}

/** Every token of the vocabulary at once: probability by rank, both in logarithm, and where sampling cuts. */
@customElement('vt-rank-curve')
export class RankCurveElement extends LitElement {
  @property({ attribute: false }) accessor place!: Place;
  @property({ attribute: false }) accessor draw!: Draw;
  @property({ attribute: false }) accessor theme!: Theme;
  readonly #size = new WidthController(this);

  static override styles = [
    base,
    css`
      :host { display: block; min-width: 0; }
      svg { display: block; width: 100%; overflow: visible; }
      text { fill: var(--dim); font-size: 11px; }
      .grid { stroke: color-mix(in srgb, currentcolor 15%, transparent); }
      .raw { fill: none; stroke: currentcolor; stroke-width: 1.5; }
      .adjusted { fill: none; stroke-width: 2; stroke-dasharray: 5 3; }
      .cut { stroke: currentcolor; stroke-dasharray: 2 3; }
      .left { fill: currentcolor; }
      .end { text-anchor: end; }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const width = this.#size.width;
    const count = this.place.order.length;
    if (width === 0) return nothing;
    const raw = this.#points(count, (rank) => this.#rawLog(rank));
    const lowest = Math.floor(raw.at(-1)?.log ?? 0);
    const x = scaleLog([1, count], [MARGIN.left, width - MARGIN.right]);
    const y = scaleLinear([lowest, 0], [HEIGHT - MARGIN.bottom, MARGIN.top]);
    const { left } = this.draw;
    const adjusted = this.#points(left.length, (rank) => Math.log10(left[rank - 1]?.probability ?? 0));
    const blue = this.theme.mark('blue');
    const path = line<Point>(
      (point) => x(point.rank),
      (point) => y(point.log),
    );
    const under = area<Point>(
      (point) => x(point.rank),
      HEIGHT - MARGIN.bottom,
      (point) => y(point.log),
    );
    return html`<svg height=${HEIGHT} viewBox="0 0 ${width} ${HEIGHT}" role="img" aria-label=${this.#said()}>
      ${this.#axes(x, y, lowest)}
      <path ${styled({ fill: cssColour(blue(0.3)) })} d=${under(raw.filter(({ rank }) => rank <= left.length)) ?? ''}></path>
      <path class="raw" d=${path(raw) ?? ''}></path>
      <path class="adjusted" ${styled({ stroke: cssColour(blue(1)) })} d=${path(adjusted.filter(({ log }) => log >= lowest)) ?? ''}></path>
      ${left.length < count ? this.#cut(x(Math.max(1, left.length)), width) : nothing}
    </svg>`;
  }

  #axes(x: (rank: number) => number, y: (log: number) => number, lowest: number): SVGTemplateResult {
    const count = this.place.order.length;
    const decades = Math.floor(Math.log10(count));
    const step = Math.max(1, Math.ceil(-lowest / Y_TICKS));
    const bottom = HEIGHT - MARGIN.bottom;
    const logs = Array.from({ length: Math.floor(-lowest / step) + 1 }, (_, i) => -i * step);
    const ranks = Array.from({ length: decades + 1 }, (_, i) => 10 ** i).filter(
      (rank) => x(count) - x(rank) > LABEL_WIDTH,
    );
    return svg`
      ${logs.map(
        (log) => svg`<line class="grid" x1=${MARGIN.left} x2=${x(count)} y1=${y(log)} y2=${y(log)}></line>
          <text class="end number" x=${MARGIN.left - 6} y=${y(log) + 4}>${percentOf(log)}</text>`,
      )}
      ${ranks.map((rank) => svg`<text class="number" text-anchor="middle" x=${x(rank)} y=${bottom + 14}>${formatCount(rank)}</text>`)}
      <text class="number end" x=${x(count)} y=${bottom + 14}>${formatCount(count)}</text>
      <text x=${MARGIN.left} y=${bottom + 28}>${t('rank')} →</text>`;
  }

  /** The line past which nothing is drawn, and its name where there is room. */
  #cut(x: number, width: number): SVGTemplateResult {
    const isRight = x > width / 2;
    return svg`<line class="cut" x1=${x} x2=${x} y1=${MARGIN.top - 6} y2=${HEIGHT - MARGIN.bottom}></line>
      <text class="left number ${isRight ? 'end' : ''}" x=${x + (isRight ? -4 : 4)} y=${MARGIN.top - 6}>${this.#leftText()}</text>`;
  }

  #leftText(): string {
    return t('{0} left', formatCount(this.draw.left.length));
  }

  #said(): string {
    const { order, logprobs } = this.place;
    return t(
      'Probability by rank, from {0} for the first of {1} tokens to {2} for the last. {3}.',
      formatProbability(Math.exp(logprobs[order[0] ?? 0] ?? 0)),
      formatCount(order.length),
      formatProbability(Math.exp(logprobs[order.at(-1) ?? 0] ?? 0)),
      this.#leftText(),
    );
  }

  #rawLog(rank: number): number {
    const { order, logprobs } = this.place;
    return (logprobs[order[rank - 1] ?? 0] ?? Number.NEGATIVE_INFINITY) / Math.LN10;
  }

  #points(count: number, log: (rank: number) => number): Point[] {
    const ranks = Array.from({ length: POINTS }, (_, i) => Math.round(count ** (i / (POINTS - 1))));
    return [...new Set(ranks)].map((rank) => ({ rank, log: log(rank) }));
  }
}

function percentOf(log: number): string {
  const exponent = log + 2;
  return exponent < -2 ? `1e${exponent}`.replace('-', '−').concat(' %') : `${spokenDigits(`${10 ** exponent}`)} %`;
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-rank-curve': RankCurveElement;
  }
}

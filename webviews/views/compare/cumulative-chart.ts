import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { css, html, nothing, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount } from '../../../src/display/numbers';
import { styled } from '../../kit/styled';
import { base, chart } from '../../kit/styles';
import { WidthController } from '../../kit/width';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import { isPredicted, letterOf, logprobText, type PredictedText } from './predicted-text';

const HEIGHT = 180;
const MARGIN = { top: 12, right: 28, bottom: 24, left: 52 };
/** Lines are told apart by their dashes and letters: each hue means a quantity elsewhere. */
const DASHES = ['none', '6 3', '2 3'];

/** Pixels that the name of a line takes. */
const NAME_SIZE = 13;

/** Of a line, and where it stands. */
interface Name {
  name: string;
  left: number;
  middle: number;
}

/** The log-probability of each text as it adds up, token by token: where one falls away from the others is where they part. */
@customElement('vt-cumulative-chart')
export class CumulativeChartElement extends StoreElement {
  @property({ attribute: false }) accessor reads: readonly PredictedText[] = [];
  /** The first token that not all have in common. */
  @property({ type: Number }) accessor parting = 0;
  readonly #size = new WidthController(this);

  static override styles = [
    base,
    chart,
    css`
      svg { overflow: visible; }
      .tick { text-anchor: end; dominant-baseline: middle; }
      .grid { stroke: color-mix(in srgb, currentcolor 15%, transparent); }
      .parting { stroke: currentcolor; stroke-dasharray: 3 3; }
      path { fill: none; stroke: currentcolor; stroke-width: 2; }
      .name { font-weight: 600; fill: currentcolor; dominant-baseline: middle; }
    `,
  ];

  override render(): TemplateResult {
    const width = Math.max(240, this.#size.width);
    const longest = Math.max(...this.reads.map(({ ids }) => ids.length));
    const lowest = Math.min(...this.reads.map(({ cumulative }) => cumulative.at(-1) ?? 0));
    const x = scaleLinear([0, Math.max(1, longest - 1)], [MARGIN.left, width - MARGIN.right]);
    const y = scaleLinear([0, lowest], [MARGIN.top, HEIGHT - MARGIN.bottom]).nice(4);
    return html`<svg viewBox="0 0 ${width} ${HEIGHT}" height=${HEIGHT} role="img" aria-label=${this.#label()}>
      ${y.ticks(4).map(
        (
          nats,
        ) => svg`<line class="grid" x1=${MARGIN.left} x2=${width - MARGIN.right} y1=${y(nats)} y2=${y(nats)}></line>
          <text class="tick number" x=${MARGIN.left - 6} y=${y(nats)}>${nats === 0 ? '0' : formatCount(nats).replace('-', '−')}</text>`,
      )}
      <line class="parting" x1=${x(this.parting)} x2=${x(this.parting)} y1=${MARGIN.top} y2=${HEIGHT - MARGIN.bottom}></line>
      <text x=${MARGIN.left} y=${HEIGHT - 6}>${t('tokens, from the first to the last')}</text>
      ${this.reads.map((read, i) => (isPredicted(read) ? this.#line(read, i, x, y) : nothing))}
      ${this.#names(x, y).map(({ name, left, middle }) => svg`<text class="name" x=${left} y=${middle}>${name}</text>`)}
    </svg>`;
  }

  #line({ cumulative }: PredictedText, index: number, x: (position: number) => number, y: (nats: number) => number) {
    const path = line<number>(
      (_, i) => x(i),
      (nats) => y(nats),
    )(Array.from(cumulative));
    return svg`<path d=${path} ${styled({ 'stroke-dasharray': DASHES[index] })}></path>`;
  }

  /** Each at the end of its line, or as far below as no other is in the way. */
  #names(x: (position: number) => number, y: (nats: number) => number): Name[] {
    const ends = this.reads.flatMap((read, i) => {
      const last = read.ids.length - 1;
      return isPredicted(read) ? [{ name: letterOf(i), left: x(last) + 6, middle: y(read.cumulative[last] ?? 0) }] : [];
    });
    const placed: Name[] = [];
    for (const end of ends.sort((one, other) => one.middle - other.middle)) {
      const isNear = ({ left, middle }: Name) =>
        Math.abs(left - end.left) < NAME_SIZE && end.middle - middle < NAME_SIZE;
      const above = placed.findLast(isNear);
      placed.push(above ? { ...end, middle: above.middle + NAME_SIZE } : end);
    }
    return placed;
  }

  #label(): string {
    return this.reads.map((read, i) => t('Text {0}: log-probability {1}', letterOf(i), logprobText(read))).join('; ');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-cumulative-chart': CumulativeChartElement;
  }
}

import { css, html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Rgb } from '../../../src/display/colour';
import { cssColour } from '../../../src/display/colour-scale';
import { formatDecimal, formatProbability, spokenDigits } from '../../../src/display/numbers';
import { signedShare } from '../../../src/display/scales';
import type { Distributed } from '../../../src/shared/difference-api';
import { base, chart } from '../../kit/styles';
import { WidthController } from '../../kit/width';
import { t } from '../../l10n';

const HEIGHT = 64;
const MIDDLE = 22;
/** From and to which percentile a bar goes, and how high it is; llama.cpp has not all of them of every quantity. */
const BARS = [
  { from: 0.1, to: 99.9, height: 4 },
  { from: 1, to: 99, height: 8 },
  { from: 5, to: 95, height: 14 },
  { from: 10, to: 90, height: 18 },
  { from: 25, to: 75, height: 24 },
] as const;

/** Percentiles as bars around the median, by the square root, so that the many small values are told apart. */
@customElement('vt-percentile-picture')
export class PercentilePictureElement extends LitElement {
  @property({ attribute: false }) accessor values!: Distributed;
  @property({ attribute: false }) accessor fill: Rgb = [128, 128, 128];
  @property() accessor label = '';
  @property() accessor unit: 'nats' | 'share' = 'nats';
  readonly #width = new WidthController(this);

  static override styles = [
    base,
    chart,
    css`
      .dot { fill: none; stroke: currentcolor; }
      .median { stroke: currentcolor; stroke-width: 2; }
      .axis { stroke: var(--line); }
    `,
  ];

  override render(): TemplateResult {
    const { values, label } = this;
    const parts = barsOf(values).map(({ from, to }) => `${spokenDigits(`${Number((to - from).toFixed(1))}`)} %`);
    return html`<h2>${label}<small>${t('bars: {0} of the tokens; circles: least and most', parts.reverse().join(', '))}</small></h2>
      ${this.#width.width > 0 ? this.#picture(this.#width.width, values) : nothing}`;
  }

  #picture(width: number, { percentiles, minimum, maximum, mean }: Distributed): TemplateResult {
    const end = Math.max(Math.abs(minimum), Math.abs(maximum)) || 1;
    const isSigned = minimum < 0;
    const room = width - 16;
    const x = (value: number) => {
      const share = signedShare(value, end);
      return 8 + room * (isSigned ? (share + 1) / 2 : Math.max(0, share));
    };
    const at = (percent: number) => x(percentiles.find((one) => one.percent === percent)?.value ?? 0);
    const median = at(50);
    const ticks = isSigned ? [-end, -end / 10, 0, end / 10, end] : [0, end / 100, end / 10, end / 3, end];
    return html`<svg height=${HEIGHT} role="img" aria-label=${t('{0}: median {1}, mean {2}, most {3}', this.label, this.#text(percentiles.find(({ percent }) => percent === 50)?.value ?? 0), this.#text(mean.value), this.#text(maximum))}>
      <line class="axis" x1="8" x2=${width - 8} y1=${MIDDLE} y2=${MIDDLE}></line>
      ${barsOf(this.values).map(({ from, to, height }, i) => {
        const [left, right] = [at(from), at(to)];
        return svg`<rect x=${left} y=${MIDDLE - height / 2} width=${Math.max(1, right - left)} height=${height} fill=${cssColour(this.fill)} opacity=${0.3 + 0.15 * i}></rect>`;
      })}
      <line class="median" x1=${median} x2=${median} y1=${MIDDLE - 14} y2=${MIDDLE + 14}></line>
      <circle class="dot" cx=${x(minimum)} cy=${MIDDLE} r="3"></circle>
      <circle class="dot" cx=${x(maximum)} cy=${MIDDLE} r="3"></circle>
      ${ticks.map((value, i) => svg`<text class="number" x=${x(value)} y=${HEIGHT - 8} text-anchor=${i === 0 ? 'start' : i === ticks.length - 1 ? 'end' : 'middle'}>${this.#text(value)}</text>`)}
    </svg>`;
  }

  #text(value: number): string {
    if (this.unit === 'nats') return formatDecimal(value);
    return value < 0 ? `−${formatProbability(-value)}` : formatProbability(value);
  }
}

function barsOf({ percentiles }: Distributed): (typeof BARS)[number][] {
  const isKnown = (percent: number) => percentiles.some((one) => one.percent === percent);
  return BARS.filter(({ from, to }) => isKnown(from) && isKnown(to));
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-percentile-picture': PercentilePictureElement;
  }
}

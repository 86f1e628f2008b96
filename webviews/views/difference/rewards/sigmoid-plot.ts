import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { css, html, LitElement, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { negativeLogSigmoid, sigmoid } from '../../../../src/comparison/rewards';
import { formatDecimal, formatNats, formatProbability, formatSigned } from '../../../../src/display/numbers';
import { base, chart } from '../../../kit/styles';
import { WidthController } from '../../../kit/width';
import { t } from '../../../l10n';

const HEIGHT = 150;
const MARGIN = { top: 12, right: 24, bottom: 36, left: 44 };
const LEAST_END = 4;
const POINTS = 96;

/** One of the two curves over the margin. */
interface Curve {
  name: string;
  of(margin: number): number;
  text(value: number): string;
}

const CURVES: Readonly<Record<'preference' | 'loss', () => Curve>> = {
  preference: () => ({ name: 'σ', of: sigmoid, text: formatProbability }),
  loss: () => ({ name: '−ln σ', of: negativeLogSigmoid, text: (nats) => formatNats(nats) }),
};

/** σ or −ln σ of the margin, with the pair as a point on it. */
@customElement('vt-sigmoid-plot')
export class SigmoidPlotElement extends LitElement {
  @property() accessor curve: keyof typeof CURVES = 'preference';
  @property({ type: Number }) accessor margin = 0;
  readonly #size = new WidthController(this);

  static override styles = [
    base,
    chart,
    css`
      .tick { text-anchor: end; dominant-baseline: middle; }
      .below { text-anchor: middle; }
      .grid { stroke: color-mix(in srgb, currentcolor 15%, transparent); }
      .to { stroke: currentcolor; stroke-dasharray: 3 3; }
      path { fill: none; stroke: currentcolor; stroke-width: 2; }
      circle { fill: var(--vscode-textLink-foreground); stroke: var(--vscode-editor-background); stroke-width: 2; }
      .value { fill: currentcolor; font-weight: 600; }
    `,
  ];

  override render(): TemplateResult {
    const { name, of, text } = CURVES[this.curve]();
    const width = Math.max(200, this.#size.width);
    const end = Math.max(LEAST_END, 1.25 * Math.abs(this.margin));
    const most = Math.max(1, of(-end));
    const x = scaleLinear([-end, end], [MARGIN.left, width - MARGIN.right]);
    const y = scaleLinear([0, most], [HEIGHT - MARGIN.bottom, MARGIN.top]);
    const places = Array.from({ length: POINTS + 1 }, (_, i) => end * ((2 * i) / POINTS - 1));
    const path = line<number>(
      (margin) => x(margin),
      (margin) => y(of(margin)),
    )(places);
    const value = of(this.margin);
    const label = t('{0} of the margin {1}: {2}', name, formatSigned(this.margin), text(value));
    return html`<svg viewBox="0 0 ${width} ${HEIGHT}" height=${HEIGHT} role="img" aria-label=${label}>
      ${y.ticks(3).map(
        (
          tick,
        ) => svg`<line class="grid" x1=${MARGIN.left} x2=${width - MARGIN.right} y1=${y(tick)} y2=${y(tick)}></line>
          <text class="tick number" x=${MARGIN.left - 6} y=${y(tick)}>${formatDecimal(tick)}</text>`,
      )}
      ${x.ticks(width > 320 ? 8 : 4).map((tick) => svg`<text class="below number" x=${x(tick)} y=${HEIGHT - MARGIN.bottom + 14}>${formatSigned(tick)}</text>`)}
      <text x=${MARGIN.left} y=${HEIGHT - 4}>${t('margin')}</text>
      <line class="to" x1=${x(this.margin)} x2=${x(this.margin)} y1=${y(0)} y2=${y(value)}></line>
      <path d=${path}></path>
      <circle cx=${x(this.margin)} cy=${y(value)} r="5"></circle>
      <text class="value number" text-anchor="end" x=${width - MARGIN.right} y=${HEIGHT - 4}>${`${name} = ${text(value)}`}</text>
    </svg>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-sigmoid-plot': SigmoidPlotElement;
  }
}

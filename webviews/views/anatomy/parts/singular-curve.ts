import { scaleLinear } from 'd3-scale';
import { area } from 'd3-shape';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount, formatDecimal } from '../../../../src/display/numbers';
import { base, chart } from '../../../kit/styles';
import { WidthController } from '../../../kit/width';
import { t } from '../../../l10n';

const HEIGHT = 88;
const TOP = 12;
const BOTTOM = 68;
/** Of the squares, which are what a matrix holds in all. */
const MOST = 0.9;

/** Singular values, from the largest to the smallest: how many directions a matrix works in. */
@customElement('vt-singular-curve')
export class SingularCurveElement extends LitElement {
  @property({ attribute: false }) accessor values!: Float32Array;
  readonly #width = new WidthController(this);

  static override styles = [
    base,
    chart,
    css`
      :host { max-width: 480px; }
      path { fill: currentcolor; opacity: 0.4; }
      p { margin: 4px 0 0; }
    `,
  ];

  override render(): TemplateResult {
    const { width } = this.#width;
    const sentence = t(
      '{0} of {1} directions have 90 % of what the matrix does; the strongest multiplies by {2}.',
      formatCount(countOfMost(this.values)),
      formatCount(this.values.length),
      formatDecimal(this.values[0] ?? 0),
    );
    return html`${width === 0 ? nothing : this.#plot(width)}<p>${sentence}</p>`;
  }

  #plot(width: number): TemplateResult {
    const largest = this.values[0] ?? 0;
    const x = scaleLinear([0, Math.max(1, this.values.length - 1)], [0, width]);
    const y = scaleLinear([0, largest || 1], [BOTTOM, TOP]);
    const shape = area<number>(
      (_, i) => x(i),
      BOTTOM,
      (value) => y(value),
    )([...this.values]);
    return html`<svg height=${HEIGHT} aria-hidden="true">
      <path d=${shape ?? ''}></path>
      <text x="0" y=${TOP - 2}>${formatDecimal(largest)}</text>
      <text x="0" y=${BOTTOM + 16}>1</text>
      <text x=${width} y=${BOTTOM + 16} text-anchor="end">${formatCount(this.values.length)}</text>
    </svg>`;
  }
}

/** How many of the largest have most of the sum of all squares. */
function countOfMost(values: Float32Array): number {
  const squares = values.map((value) => value * value);
  const total = squares.reduce((sum, square) => sum + square, 0);
  let sum = 0;
  for (const [i, square] of squares.entries()) {
    sum += square;
    if (sum >= MOST * total) return i + 1;
  }
  return squares.length;
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-singular-curve': SingularCurveElement;
  }
}

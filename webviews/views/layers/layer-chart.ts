import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import { css, html, LitElement, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount, formatLogprob, formatProbability } from '../../../src/display/numbers';
import { base, chart } from '../../kit/styles';
import { WidthController } from '../../kit/width';
import { t } from '../../l10n';
import { columnName, layerName } from './layer-name';
import type { LensCell, LensRow } from './lens-row';

const HEIGHT = 136;
const LEFT = 48;
const TOP = 8;
const BOTTOM = 112;
const RIGHT = 8;
/** Room that the name of the model's own output takes. */
const OUT_WIDTH = 56;
const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };

/**
 * How probable the token that in truth comes next is over the layers, or which rank it has.
 *
 * Event: `layer-select` with a layer as `detail`.
 */
@customElement('vt-layer-chart')
export class LayerChartElement extends LitElement {
  @property({ attribute: false }) accessor row!: LensRow;
  @property() accessor shows: 'probability' | 'rank' = 'probability';
  @property({ type: Number }) accessor layer = 0;
  /** The token that in truth comes next. */
  @property() accessor next = '';
  /** Colours of the line, and of the mark where the token settles. */
  @property() accessor stroke = '';
  @property() accessor mark = '';
  readonly #width = new WidthController(this);

  static override styles = [
    base,
    chart,
    css`
      :host { min-width: 0; }
      svg { cursor: pointer; }
      .grid { stroke: var(--line); opacity: 0.5; }
      .at { stroke: var(--accent); stroke-dasharray: 3 2; }
      path { fill: none; stroke-width: 1.5; }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const width = this.#width.width;
    if (width === 0) return nothing;
    return html`<div
        role="slider"
        tabindex="0"
        aria-label=${this.#spoken()}
        aria-valuemin="0"
        aria-valuemax=${this.row.cells.length - 1}
        aria-valuenow=${this.layer}
        aria-valuetext=${this.#textOf(this.row.cells[this.layer])}
        @click=${this.#clicked}
        @keydown=${this.#keyPressed}
      ><svg height=${HEIGHT} aria-hidden="true">${this.#plot(width)}</svg></div>`;
  }

  #plot(width: number): SVGTemplateResult {
    const { cells, settled } = this.row;
    const last = cells.length - 1;
    const x = this.#x(width);
    const { y, ticks, textOf } = this.#y();
    const path = line<LensCell>(
      ({ layer }) => x(layer),
      (cell) => y(cell),
    )(cells);
    return svg`
      ${ticks.map(
        ({ at, value }) => svg`
          <line class="grid" x1=${LEFT} x2=${width - RIGHT} y1=${at} y2=${at}></line>
          <text x=${LEFT - 6} y=${at + 4} text-anchor="end">${textOf(value)}</text>`,
      )}
      ${x
        .ticks(6)
        .filter((layer) => x(layer) < width - OUT_WIDTH)
        .map(
          (layer) => svg`<text x=${x(layer)} y=${BOTTOM + 18} text-anchor="middle">${columnName(layer, last)}</text>`,
        )}
      <text x=${width} y=${BOTTOM + 18} text-anchor="end">${columnName(last, last)}</text>
      <line class="at" x1=${x(this.layer)} x2=${x(this.layer)} y1=${TOP} y2=${BOTTOM}></line>
      <path d=${path ?? ''} stroke=${this.stroke}></path>
      ${cells.map((cell) => svg`<circle cx=${x(cell.layer)} cy=${y(cell)} r=${cell.layer === this.layer ? 4 : 2} fill=${this.stroke}></circle>`)}
      ${
        settled === undefined
          ? nothing
          : svg`<rect x=${x(settled) - 1.5} y=${BOTTOM - 8} width="3" height="8" fill=${this.mark}></rect>`
      }`;
  }

  #x(width: number) {
    return scaleLinear([0, this.row.cells.length - 1], [LEFT, width - RIGHT - 4]);
  }

  #y() {
    if (this.shows === 'probability') {
      const y = scaleLinear([0, 1], [BOTTOM, TOP]);
      const ticks = [0, 0.5, 1].map((value) => ({ at: y(value), value }));
      return { y: ({ nextLogprob }: LensCell) => y(Math.exp(nextLogprob)), ticks, textOf: formatProbability };
    }
    const lowest = Math.max(10, ...this.row.cells.map(({ nextRank }) => nextRank + 1));
    const y = scaleLog([1, lowest], [TOP, BOTTOM]);
    const decades = Array.from({ length: Math.floor(Math.log10(lowest)) + 1 }, (_, decade) => 10 ** decade);
    const ticks = decades.map((value) => ({ at: y(value), value }));
    return { y: ({ nextRank }: LensCell) => y(nextRank + 1), ticks, textOf: formatCount };
  }

  #spoken(): string {
    const { cells } = this.row;
    const [first, last] = [cells[0], cells.at(-1)];
    return t('{0} over the layers: from {1} to {2}', this.next, this.#said(first), this.#said(last));
  }

  #textOf(cell: LensCell | undefined): string {
    return cell ? `${layerName(cell.layer, this.row.cells.length - 1)}: ${this.#said(cell)}` : '';
  }

  #said(cell: LensCell | undefined): string {
    if (!cell) return '';
    return this.shows === 'rank' ? t('rank {0}', formatCount(cell.nextRank + 1)) : formatLogprob(cell.nextLogprob);
  }

  #clicked(event: MouseEvent): void {
    this.#select(Math.round(this.#x(this.#width.width).invert(event.offsetX)));
  }

  #keyPressed(event: KeyboardEvent): void {
    const last = this.row.cells.length - 1;
    const target = { Home: 0, End: last }[event.key] ?? this.layer + (STEPS[event.key] ?? Number.NaN);
    if (Number.isNaN(target)) return;
    event.preventDefault();
    this.#select(target);
  }

  #select(layer: number): void {
    const detail = Math.min(this.row.cells.length - 1, Math.max(0, layer));
    if (detail === this.layer) return;
    this.dispatchEvent(new CustomEvent('layer-select', { detail, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-layer-chart': LayerChartElement;
  }
  interface HTMLElementEventMap {
    'layer-select': CustomEvent<number>;
  }
}

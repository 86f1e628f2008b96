import { scaleLog } from 'd3-scale';
import { css, html, LitElement, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { attainable, intensity, ridge, type Work } from '../../../../src/anatomy/roofline';
import { formatSi } from '../../../../src/display/format-si';
import { formatDecimal } from '../../../../src/display/numbers';
import type { Limits } from '../../../../src/shared/part-times-api';
import { base, chart } from '../../../kit/styles';
import { WidthController } from '../../../kit/width';
import { t } from '../../../l10n';

const HEIGHT = 240;
const MARGIN = { top: 20, right: 12, bottom: 40, left: 80 };
/** Operations a byte, at least shown. */
const INTENSITIES = { from: 0.1, to: 1000 };

/** Work as a point under the roof. */
export interface RooflinePoint {
  name: string;
  work: Work;
  /** Operations a second that were measured; undefined where nothing was. */
  reached?: number | undefined;
}

/** What a device allows at each intensity: its memory the slope, its processor the roof; and where reading and writing stand under it. */
@customElement('vt-roofline-plot')
export class RooflinePlotElement extends LitElement {
  @property({ attribute: false }) accessor limits!: Limits;
  @property({ attribute: false }) accessor points: readonly RooflinePoint[] = [];
  readonly #width = new WidthController(this);

  static override styles = [
    base,
    chart,
    css`
      :host { min-width: 0; }
      .roof { fill: none; stroke: currentcolor; stroke-width: 2; }
      .grid { stroke: var(--line); opacity: 0.5; }
      .ridge, .drop { stroke: currentcolor; stroke-dasharray: 3 3; opacity: 0.7; }
      circle { stroke: var(--vscode-textLink-foreground); stroke-width: 2; fill: var(--vscode-editor-background); }
      .reached { fill: var(--vscode-textLink-foreground); }
      .here { fill: var(--vscode-editor-foreground); font-weight: 600; }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const width = this.#width.width;
    if (width === 0) return nothing;
    const label = this.points
      .map(({ name, work }) => {
        const [each, most] = [formatDecimal(intensity(work)), formatSi(attainable(work, this.limits), 'FLOP/s')];
        return `${t('{0}: {1} operations a byte, {2} at most.', name, each, most)} ${limitText(name, work, this.limits)}`;
      })
      .join(' ');
    return html`<svg height=${HEIGHT} role="img" aria-label=${label}>${this.#plot(width)}</svg>`;
  }

  #plot(width: number): SVGTemplateResult {
    const { limits, points } = this;
    const { flopsPerSecond: peak, bytesPerSecond } = limits;
    const from = Math.min(INTENSITIES.from, ...points.map(({ work }) => intensity(work) / 2));
    const to = Math.max(INTENSITIES.to, 4 * ridge(limits), ...points.map(({ work }) => 2 * intensity(work)));
    const lowest = Math.min(from * bytesPerSecond, ...points.map(({ reached }) => (reached ?? peak) / 2));
    const [left, right, bottom] = [MARGIN.left, width - MARGIN.right, HEIGHT - MARGIN.bottom];
    const x = scaleLog([from, to], [left, right]);
    const y = scaleLog([lowest, 2 * peak], [bottom, MARGIN.top]);
    const corner = ridge(limits);
    return svg`
      ${powers(y.domain()).map(
        (flops) => svg`<line class="grid" x1=${left} x2=${right} y1=${y(flops)} y2=${y(flops)}></line>
          <text x=${left - 6} y=${y(flops) + 4} text-anchor="end">${formatSi(flops, 'FLOP/s')}</text>`,
      )}
      ${powers(x.domain()).map((each) => svg`<text x=${x(each)} y=${bottom + 16} text-anchor="middle">${formatSi(each)}</text>`)}
      <text x=${right} y=${bottom + 32} text-anchor="end">${t('operations a byte')} →</text>
      <path class="roof" d="M${x(from)} ${y(from * bytesPerSecond)}L${x(corner)} ${y(peak)}L${x(to)} ${y(peak)}"></path>
      <line class="ridge" x1=${x(corner)} x2=${x(corner)} y1=${y(peak)} y2=${bottom}></line>
      <text class="number" x=${x(corner) + 4} y=${bottom - 6}>${formatDecimal(corner)}</text>
      <text x=${right} y=${MARGIN.top - 6} text-anchor="end">${t('processor: {0}', formatSi(peak, 'FLOP/s'))}</text>
      <text x=${left + 4} y=${MARGIN.top + 12}>${t('memory: {0}', formatSi(bytesPerSecond, 'B/s'))}</text>
      ${points.map((point) => this.#point(point, x, y, right))}`;
  }

  #point({ name, work, reached }: RooflinePoint, x: Scale, y: Scale, right: number): SVGTemplateResult {
    const [at, top] = [x(intensity(work)), y(attainable(work, this.limits))];
    const isLate = at > right - 80;
    const label = svg`<text class="here" x=${at + (isLate ? -10 : 10)} y=${top + 16} text-anchor=${isLate ? 'end' : 'start'}>${name}</text>`;
    if (reached === undefined) return svg`<circle cx=${at} cy=${top} r="5"></circle>${label}`;
    return svg`<line class="drop" x1=${at} x2=${at} y1=${top} y2=${y(reached)}></line>
      <circle cx=${at} cy=${top} r="5"></circle><circle class="reached" cx=${at} cy=${y(reached)} r="5"></circle>${label}`;
  }
}

type Scale = (value: number) => number;

/** What limits some work, in a sentence. */
export function limitText(name: string, work: Work, limits: Limits): string {
  const isOfMemory = intensity(work) < ridge(limits);
  return isOfMemory ? t('{0} is limited by memory.', name) : t('{0} is limited by computation.', name);
}

/** Every power of ten in a domain; every other of many. */
function powers([from = 1, to = 1]: number[]): number[] {
  const [first, last] = [Math.ceil(Math.log10(from)), Math.floor(Math.log10(to))];
  const step = last - first > 5 ? 2 : 1;
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, i) => 10 ** (first + i * step));
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-roofline-plot': RooflinePlotElement;
  }
}

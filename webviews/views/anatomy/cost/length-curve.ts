import { scaleLinear, scaleLog } from 'd3-scale';
import { area, line } from 'd3-shape';
import { css, html, LitElement, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { forwardFlops } from '../../../../src/anatomy/flops';
import { cssColour } from '../../../../src/display/colour-scale';
import { formatSi } from '../../../../src/display/format-si';
import { formatCount, formatProbability } from '../../../../src/display/numbers';
import type { ModelAnatomy } from '../../../../src/shared/anatomy-api';
import { tokenCount } from '../../../kit/count-text';
import { base, chart } from '../../../kit/styles';
import type { Theme } from '../../../kit/theme';
import { WidthController } from '../../../kit/width';
import { t } from '../../../l10n';

const HEIGHT = 240;
const MARGIN = { top: 28, right: 12, bottom: 40, left: 72 };
const POINTS = 96;
const SHORTEST = 16;

interface Point {
  tokens: number;
  /** FLOP of products with weights, and of all. */
  weights: number;
  total: number;
}

/** What reading takes over the length of the text: what grows with it, what grows with its square on top of that, and where the text is. */
@customElement('vt-length-curve')
export class LengthCurveElement extends LitElement {
  @property({ attribute: false }) accessor anatomy!: ModelAnatomy;
  @property({ type: Number }) accessor tokens = 0;
  /** Texts of as many tokens that are read at once. */
  @property({ type: Number }) accessor batch = 1;
  /** A length that it is held against. */
  @property({ type: Number }) accessor compared = 0;
  @property({ type: Boolean }) accessor logarithmic = false;
  @property({ attribute: false }) accessor theme!: Theme;
  /** Changes with the theme. */
  @property({ attribute: false }) accessor scale: unknown;
  readonly #width = new WidthController(this);

  static override styles = [
    base,
    chart,
    css`
      :host { min-width: 0; }
      .grid { stroke: var(--line); opacity: 0.5; }
      .total { fill: none; stroke: currentcolor; stroke-width: 1.5; }
      .context { stroke: currentcolor; stroke-dasharray: 3 3; opacity: 0.7; }
      .at { stroke: var(--vscode-textLink-foreground); stroke-width: 1.5; }
      circle { fill: var(--vscode-textLink-foreground); stroke: var(--vscode-editor-background); stroke-width: 2; }
      .compared { fill: var(--vscode-editor-background); stroke: var(--vscode-textLink-foreground); }
      .here { fill: var(--vscode-editor-foreground); font-weight: 600; }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const width = this.#width.width;
    if (width === 0) return nothing;
    const { tokens } = this;
    const { weights, total } = this.#at(tokens);
    const label = t(
      'Computation over the length: {0} take {1}, of which attention’s comparisons are {2}.',
      tokenCount(tokens),
      formatSi(total, 'FLOP'),
      formatProbability(1 - weights / total),
    );
    return html`<svg height=${HEIGHT} role="img" aria-label=${label}>${this.#plot(width)}</svg>`;
  }

  #at(tokens: number): Point {
    const { total, scores } = forwardFlops(this.anatomy, tokens, 'causal');
    return { tokens, weights: this.batch * (total - scores), total: this.batch * total };
  }

  #plot(width: number): SVGTemplateResult {
    const { tokens, compared, anatomy, logarithmic } = this;
    const longest = Math.max(anatomy.contextLength, tokens);
    const from = logarithmic ? Math.min(SHORTEST, tokens, compared) : 0;
    const lengths = Array.from({ length: POINTS + 1 }, (_, i) =>
      Math.max(1, logarithmic ? from * (longest / from) ** (i / POINTS) : (longest * i) / POINTS),
    );
    const points = lengths.map((length) => this.#at(length));
    const [least, most] = [points[0], points.at(-1)].map((point) => point?.total ?? 1) as [number, number];
    const [left, right, bottom] = [MARGIN.left, width - MARGIN.right, HEIGHT - MARGIN.bottom];
    const x = logarithmic ? scaleLog([from, longest], [left, right]) : scaleLinear([0, longest], [left, right]);
    const y = logarithmic
      ? scaleLog([least / 2, most], [bottom, MARGIN.top])
      : scaleLinear([0, most], [bottom, MARGIN.top]);
    const to = (of: (point: Point) => number) => (point: Point) => y(of(point));
    const between = (low: (point: Point) => number, high: (point: Point) => number) =>
      area<Point>(({ tokens: length }) => x(length), low, high)(points) ?? '';
    const { theme } = this;
    return svg`
      <path fill=${cssColour(theme.greyMark(0.5))} d=${between(
        () => bottom,
        to(({ weights }) => weights),
      )}></path>
      <path fill=${cssColour(theme.mark('blue')(0.6))} d=${between(
        to(({ weights }) => weights),
        to(({ total }) => total),
      )}></path>
      <path class="total" d=${
        line<Point>(
          ({ tokens: length }) => x(length),
          to(({ total }) => total),
        )(points) ?? ''
      }></path>
      ${y.ticks(3).map(
        (flops) => svg`<line class="grid" x1=${left} x2=${right} y1=${y(flops)} y2=${y(flops)}></line>
          <text x=${left - 6} y=${y(flops) + 4} text-anchor="end">${formatSi(flops, 'FLOP')}</text>`,
      )}
      ${x
        .ticks(Math.floor(width / 100))
        .filter((length) => !logarithmic || Number.isInteger(Math.log10(length)))
        .map(
          (length) =>
            svg`<text x=${x(length)} y=${bottom + 16} text-anchor=${x(length) > right - 16 ? 'end' : 'middle'}>${formatCount(length)}</text>`,
        )}
      <text x=${right} y=${bottom + 32} text-anchor="end">${t('tokens')} →</text>
      <line class="context" x1=${x(anatomy.contextLength)} x2=${x(anatomy.contextLength)} y1=${MARGIN.top} y2=${bottom}></line>
      <text x=${x(anatomy.contextLength) - 4} y=${MARGIN.top - 16} text-anchor="end">${t('its context')}</text>
      <circle class="compared" cx=${x(compared)} cy=${y(this.#at(compared).total)} r="4"></circle>
      ${this.#mark(x(tokens), y(this.#at(tokens).total), { left, right, bottom })}`;
  }

  #mark(
    x: number,
    y: number,
    { left, right, bottom }: { left: number; right: number; bottom: number },
  ): SVGTemplateResult {
    const isLeft = x < (left + right) / 2;
    return svg`<line class="at" x1=${x} x2=${x} y1=${y} y2=${bottom}></line>
      <circle cx=${x} cy=${y} r="5"></circle>
      <text class="here number" x=${x + (isLeft ? 10 : -10)} y=${Math.min(bottom - 6, y + 4)} text-anchor=${isLeft ? 'start' : 'end'}>${tokenCount(this.tokens)}</text>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-length-curve': LengthCurveElement;
  }
}

import { scaleLog } from 'd3-scale';
import { area, line } from 'd3-shape';
import { css, html, LitElement, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import {
  CHINCHILLA,
  EPOCH,
  fittedLoss,
  kaplanOptimalTokens,
  optimalTokens,
  optimumFor,
  tokensForLoss,
} from '../../../../src/anatomy/scaling-laws';
import { cssColour } from '../../../../src/display/colour-scale';
import { formatSi } from '../../../../src/display/format-si';
import { formatDecimal } from '../../../../src/display/numbers';
import { base, chart } from '../../../kit/styles';
import type { Theme } from '../../../kit/theme';
import { WidthController } from '../../../kit/width';
import { t } from '../../../l10n';
import { type Training, trainingFlops } from './training';

const HEIGHT = 340;
const MARGIN = { top: 8, right: 8, bottom: 40, left: 44 };
const POINTS = 400;
/** Nats a token, from the worst: each has a line. */
const LEVELS = [10, 8, 6, 5, 4, 3.5, 3, 2.6, 2.3, 2.1, 2, 1.9];
/** Of a tint, the first of so many: what is better is paler. */
const TONES = LEVELS.length;

/** Powers of ten between which sizes and tokens lie. */
export const SIZES = { from: 6, to: 12 };
export const TOKENS = { from: 8, to: 14 };

/**
 * The loss that the refit expects of sizes and tokens, as land with lines of equal height; the training as a point, what
 * else its computation could make as a line through it, and where the papers would stand.
 */
@customElement('vt-loss-surface')
export class LossSurfaceElement extends LitElement {
  @property({ attribute: false }) accessor training!: Training;
  @property({ attribute: false }) accessor theme!: Theme;
  /** Changes with the theme. */
  @property({ attribute: false }) accessor scale: unknown;
  readonly #width = new WidthController(this);

  static override styles = [
    base,
    chart,
    css`
      :host { min-width: 0; }
      .level { fill: none; stroke: currentcolor; opacity: 0.35; }
      .grid { stroke: currentcolor; opacity: 0.5; }
      .best { fill: none; stroke: currentcolor; stroke-width: 1.5; }
      .refit { stroke-width: 2.5; }
      .printed { stroke-dasharray: 8 4; }
      .kaplan { stroke-dasharray: 2 4; }
      .equal { fill: none; stroke: var(--vscode-textLink-foreground); stroke-width: 1.5; }
      .optimum { fill: var(--vscode-editor-background); stroke: var(--vscode-textLink-foreground); stroke-width: 2; }
      .point { fill: var(--vscode-textLink-foreground); stroke: var(--vscode-editor-background); stroke-width: 2; }
      text { fill: var(--vscode-editor-foreground); }
      .axis { fill: var(--dim); }
      ul { display: flex; flex-wrap: wrap; gap: 0 16px; margin: 4px 0 0; padding: 0; list-style: none; font-size: 11px; }
      li { display: flex; align-items: center; gap: 6px; }
      li svg { width: 28px; height: 10px; }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const width = this.#width.width;
    if (width === 0) return nothing;
    return html`<svg height=${HEIGHT} role="img" aria-label=${this.#spoken()}>${this.#plot(width)}</svg>
      <ul class="dim">
        ${sample(svg`<circle class="point" cx="14" cy="5" r="5"></circle>`, t('this training'))}
        ${sample(svg`<path class="equal" d="M0 5H28"></path>`, t('the same computation'))}
        ${sample(svg`<circle class="optimum" cx="14" cy="5" r="4"></circle>`, t('its best use'))}
        ${sample(svg`<path class="level" d="M0 5H28"></path>`, t('equal loss, in nats a token: paler is better'))}
        ${sample(svg`<path class="best refit" d="M0 5H28"></path>`, t('best by the refit, Besiroglu 2024'))}
        ${sample(svg`<path class="best printed" d="M0 5H28"></path>`, t('as Hoffmann 2022 printed it'))}
        ${sample(svg`<path class="best kaplan" d="M0 5H28"></path>`, t('by Kaplan 2020'))}
      </ul>`;
  }

  #spoken(): string {
    const { parameters, tokens } = this.training;
    const loss = formatDecimal(fittedLoss(EPOCH, parameters, tokens));
    return t(
      'Loss over size and tokens: {0} weights and {1} tokens are expected to reach {2} nats a token.',
      formatSi(parameters),
      formatSi(tokens),
      loss,
    );
  }

  #plot(width: number): SVGTemplateResult {
    const x = scaleLog([10 ** SIZES.from, 10 ** SIZES.to], [MARGIN.left, width - MARGIN.right]).clamp(true);
    const y = scaleLog([10 ** TOKENS.from, 10 ** TOKENS.to], [HEIGHT - MARGIN.bottom, MARGIN.top]).clamp(true);
    const sizes = Array.from(
      { length: POINTS + 1 },
      (_, i) => 10 ** (SIZES.from + (i * (SIZES.to - SIZES.from)) / POINTS),
    );
    return svg`${this.#land({ x, y, sizes })}
      ${this.#axes({ x, y, sizes })}
      ${this.#lines({ x, y, sizes })}
      ${this.#points({ x, y, sizes })}`;
  }

  /** Each height from the worst, painted over the one before. */
  #land({ x, y, sizes }: Plot): SVGTemplateResult {
    const tone = this.theme.tint('warm');
    const [left, right] = x.range() as [number, number];
    const [bottom, top] = y.range() as [number, number];
    return svg`<rect x=${left} y=${top} width=${right - left} height=${bottom - top} fill=${cssColour(tone(1))}></rect>
      ${LEVELS.map((loss, level) => {
        const edge = sizes.flatMap((size) => {
          const tokens = tokensForLoss(EPOCH, size, loss);
          return tokens === undefined ? [] : [{ size, tokens }];
        });
        const land = area<Place>(
          ({ size }) => x(size),
          top,
          ({ tokens }) => y(tokens),
        )(edge);
        const height = line<Place>(
          ({ size }) => x(size),
          ({ tokens }) => y(tokens),
        )(inside(edge));
        const last = edge.at(-1);
        return svg`<path d=${land ?? ''} fill=${cssColour(tone(1 - (level + 1) / TONES))}></path>
          <path class="level" d=${height ?? ''}></path>
          ${
            last && isInside(last)
              ? svg`<text class="number" x=${right - 4} y=${y(last.tokens) - 3} text-anchor="end">${formatDecimal(loss)}</text>`
              : nothing
          }`;
      })}`;
  }

  #axes({ x, y }: Plot): SVGTemplateResult {
    const [left, right] = x.range() as [number, number];
    const [bottom, top] = y.range() as [number, number];
    const everyOther = (decade: number) => decade % (right - left < 400 ? 2 : 1) === 0;
    return svg`
      ${decades(SIZES)
        .filter(everyOther)
        .map(
          (
            decade,
          ) => svg`<line class="grid" x1=${x(10 ** decade)} x2=${x(10 ** decade)} y1=${bottom} y2=${bottom + 4}></line>
          <text class="axis" x=${x(10 ** decade)} y=${bottom + 16} text-anchor=${decade === SIZES.to ? 'end' : 'middle'}>${formatSi(10 ** decade)}</text>`,
        )}
      ${decades(TOKENS).map(
        (decade) => svg`<line class="grid" x1=${left - 4} x2=${left} y1=${y(10 ** decade)} y2=${y(10 ** decade)}></line>
          <text class="axis" x=${left - 6} y=${y(10 ** decade) + 4} text-anchor="end">${formatSi(10 ** decade)}</text>`,
      )}
      <text class="axis" x=${right} y=${bottom + 32} text-anchor="end">${t('weights')} →</text>
      <text x=${left + 4} y=${top + 12}>↑ ${t('tokens')}</text>`;
  }

  #lines({ x, y, sizes }: Plot): SVGTemplateResult {
    const flops = trainingFlops(this.training);
    const along = (tokensOf: (size: number) => number) =>
      line<Place>(
        ({ size }) => x(size),
        ({ tokens }) => y(tokens),
      )(inside(sizes.map((size) => ({ size, tokens: tokensOf(size) })))) ?? '';
    return svg`<path class="best refit" d=${along((size) => optimalTokens(EPOCH, size))}></path>
      <path class="best printed" d=${along((size) => optimalTokens(CHINCHILLA, size))}></path>
      <path class="best kaplan" d=${along(kaplanOptimalTokens)}></path>
      <path class="equal" d=${along((size) => flops / 6 / size)}></path>`;
  }

  #points({ x, y }: Plot): SVGTemplateResult {
    const { parameters, tokens } = this.training;
    const best = [EPOCH, CHINCHILLA].map((fit) => optimumFor(fit, trainingFlops(this.training)));
    return svg`
      ${best
        .map(({ parameters: size, tokens }) => ({ size, tokens }))
        .filter(isInside)
        .map(({ size, tokens }) => svg`<circle class="optimum" cx=${x(size)} cy=${y(tokens)} r="4"></circle>`)}
      <circle class="point" cx=${x(parameters)} cy=${y(tokens)} r="6"></circle>`;
  }
}

interface Place {
  size: number;
  tokens: number;
}

interface Plot {
  x: ReturnType<typeof scaleLog<number, number>>;
  y: ReturnType<typeof scaleLog<number, number>>;
  sizes: readonly number[];
}

const decades = ({ from, to }: { from: number; to: number }) =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

const isInside = ({ size, tokens }: Place) =>
  size >= 10 ** SIZES.from && size <= 10 ** SIZES.to && tokens >= 10 ** TOKENS.from && tokens <= 10 ** TOKENS.to;

const inside = (places: Place[]) => places.filter(isInside);

const sample = (mark: SVGTemplateResult, name: string): TemplateResult =>
  html`<li><svg aria-hidden="true">${mark}</svg>${name}</li>`;

declare global {
  interface HTMLElementTagNameMap {
    'vt-loss-surface': LossSurfaceElement;
  }
}

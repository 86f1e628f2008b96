import { css, html, LitElement, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { EPOCH, fittedLoss } from '../../../../src/anatomy/scaling-laws';
import { formatSi } from '../../../../src/display/format-si';
import { formatDecimal } from '../../../../src/display/numbers';
import { base, chart } from '../../../kit/styles';
import type { Theme } from '../../../kit/theme';
import { WidthController } from '../../../kit/width';
import { t } from '../../../l10n';
import { HEIGHT, isOnMap, lossPlot, SIZES, TOKENS } from './loss-plot';
import { type Training, tokensText } from './training';

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
    return html`<svg height=${HEIGHT} role="img" aria-label=${this.#spoken()}>${lossPlot(this.training, width, this.theme.tint('warm'))}</svg>
      ${isOnMap(this.training) ? nothing : html`<p role="status">${this.#offMap()}</p>`}
      <ul class="dim">
        ${sample(svg`<circle class="point" cx="14" cy="5" r="5"></circle>`, t('this training'))}
        ${sample(svg`<path class="equal" d="M0 5H28"></path>`, t('the same computation'))}
        ${sample(svg`<circle class="optimum" cx="14" cy="5" r="4"></circle>`, t('its best use'))}
        ${sample(svg`<path class="level" d="M0 5H28"></path>`, t('equal loss, in nats a token: it falls towards the upper right'))}
        ${sample(svg`<path class="best refit" d="M0 5H28"></path>`, t('best by the refit, Besiroglu 2024'))}
        ${sample(svg`<path class="best printed" d="M0 5H28"></path>`, t('as Hoffmann 2022 printed it'))}
        ${sample(svg`<path class="best kaplan" d="M0 5H28"></path>`, t('by Kaplan 2020'))}
      </ul>`;
  }

  #offMap(): string {
    const { parameters, tokens } = this.training;
    const ends = [SIZES.from, SIZES.to, TOKENS.from, TOKENS.to].map((power) => formatSi(10 ** power));
    return t(
      'This training is not on the map, which has {2} to {3} weights and {4} to {5} tokens: it is {0} weights and {1}.',
      formatSi(parameters),
      tokensText(tokens),
      ...ends,
    );
  }

  #spoken(): string {
    const { parameters, tokens } = this.training;
    const loss = formatDecimal(fittedLoss(EPOCH, parameters, tokens));
    return t(
      'Loss over size and tokens: {0} weights and {1} are expected to reach {2} nats a token.',
      formatSi(parameters),
      tokensText(tokens),
      loss,
    );
  }
}

const sample = (mark: SVGTemplateResult, name: string): TemplateResult =>
  html`<li><svg aria-hidden="true">${mark}</svg>${name}</li>`;

declare global {
  interface HTMLElementTagNameMap {
    'vt-loss-surface': LossSurfaceElement;
  }
}

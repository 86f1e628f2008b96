import { css, html, LitElement, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { cssColour } from '../../../src/display/colour-scale';
import { formatLogprob, formatNats } from '../../../src/display/numbers';
import { base, chart } from '../../kit/styles';
import type { Theme } from '../../kit/theme';
import { WidthController } from '../../kit/width';
import { t } from '../../l10n';

const HEIGHT = 140;
const MARGIN = { top: 12, right: 8, bottom: 20, left: 24 };
/** Of the axis at least, in nats: 5 %. */
const LEAST_LARGEST = 3;
const SAMPLES = 64;

interface Word {
  label: string;
  logprob: number;
  isThere: boolean;
}

/** The curve of −ln p over p, with words on it: the less probable, the steeper. */
@customElement('vt-loss-curve')
export class LossCurveElement extends LitElement {
  @property({ attribute: false }) accessor words: readonly Word[] = [];
  @property({ attribute: false }) accessor theme!: Theme;
  readonly #size = new WidthController(this);

  static override styles = [
    base,
    chart,
    css`
      svg { overflow: visible; }
      path { fill: none; stroke: currentcolor; }
      .axis { stroke: var(--line); }
      .end { text-anchor: end; }
      .middle { text-anchor: middle; }
      .there { font-weight: 600; }
      text.word { fill: currentcolor; font-family: var(--mono); }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const { width } = this.#size;
    if (width === 0) return nothing;
    const largest = Math.max(LEAST_LARGEST, ...this.words.map(({ logprob }) => -logprob));
    const x = (nats: number) => MARGIN.left + Math.exp(-nats) * (width - MARGIN.left - MARGIN.right);
    const y = (nats: number) => MARGIN.top + (1 - nats / largest) * (HEIGHT - MARGIN.top - MARGIN.bottom);
    const points = Array.from({ length: SAMPLES + 1 }, (_, i) => (i / SAMPLES) * largest);
    const line = points.map((nats, i) => `${i === 0 ? 'M' : 'L'}${x(nats)} ${y(nats)}`).join('');
    return html`<svg height=${HEIGHT} viewBox="0 0 ${width} ${HEIGHT}" role="img" aria-label=${this.#description()}>
      <path class="axis" d="M${MARGIN.left} ${MARGIN.top}V${y(0)}H${width - MARGIN.right}"></path>
      ${[0, 0.5, 1].map((p) => svg`<text class=${p === 1 ? 'end' : 'middle'} x=${MARGIN.left + p * (width - MARGIN.left - MARGIN.right)} y=${HEIGHT - 4}>${100 * p} %</text>`)}
      <text class="end" x=${MARGIN.left - 4} y=${y(0)}>0</text>
      <text class="end" x=${MARGIN.left - 4} y=${y(Math.floor(largest)) + 4}>${Math.floor(largest)}</text>
      <text class="end" x=${width - MARGIN.right} y=${MARGIN.top}>−ln p, nats</text>
      <path d=${line}></path>
      ${this.words.map((word) => this.#point(word, x(-word.logprob), y(-word.logprob), width))}
    </svg>`;
  }

  /** Its label is on the side where there is room. */
  #point({ label, isThere }: Word, x: number, y: number, width: number): SVGTemplateResult {
    const isLeft = x > width / 2;
    return svg`<circle cx=${x} cy=${y} r="4" fill=${cssColour(this.theme.mark('warm')(1))}></circle>
      <text class="word ${isThere ? 'there' : ''} ${isLeft ? 'end' : ''}" x=${isLeft ? x - 8 : x + 8} y=${y - 4}>${label}${isThere ? ' ◂' : ''}</text>`;
  }

  #description(): string {
    const words = this.words.map(
      ({ label, logprob }) => `${label}: ${formatLogprob(logprob)}, ${formatNats(-logprob)}`,
    );
    return `${t('The curve of −ln p')}. ${words.join('; ')}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-loss-curve': LossCurveElement;
  }
}

import { css, html, LitElement, type PropertyValues, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount } from '../../../src/display/numbers';
import { base } from '../../kit/styles';
import { WidthController } from '../../kit/width';
import { t } from '../../l10n';
import type { Run } from './span-sums';

const HEIGHT = 40;
const LEAST_BIN = 2;

/** So many neighbours of all, with the one chosen in their middle where there is room. */
export function windowAround(count: number, chosen: number, fits: number): Run {
  if (count <= fits) return { from: 0, to: count };
  const from = Math.min(count - fits, Math.max(0, chosen - Math.floor(fits / 2)));
  return { from, to: from + fits };
}

/** The largest value of each of so many bins of equal length; NaN counts as none. */
function largestInBins(values: readonly number[], bins: number): number[] {
  const largest = new Array<number>(Math.min(bins, values.length)).fill(0);
  for (const [i, value] of values.entries()) {
    const bin = Math.floor((i * largest.length) / values.length);
    if (value > (largest[bin] ?? 0)) largest[bin] = value;
  }
  return largest;
}

/** The index of the largest value of a bin. */
function largestOfBin(values: readonly number[], bins: number, bin: number): number {
  const first = Math.ceil((bin * values.length) / bins);
  const end = Math.max(first + 1, Math.ceil(((bin + 1) * values.length) / bins));
  let best = Math.min(first, values.length - 1);
  for (let i = first; i < Math.min(end, values.length); i++) if ((values[i] ?? 0) > (values[best] ?? 0)) best = i;
  return best;
}

/** All of a long text, each bin as high as its most surprising token. Event: `index-select` with that token's index. */
@customElement('vt-curve-overview')
export class CurveOverviewElement extends LitElement {
  @property({ attribute: false }) accessor values: readonly number[] = [];
  /** The part that is shown above. */
  @property({ type: Number }) accessor from = 0;
  @property({ type: Number }) accessor to = 0;
  @property() accessor fill = '';
  readonly #width = new WidthController(this);
  #path = '';

  static override styles = [
    base,
    css`
      svg { display: block; width: 100%; cursor: pointer; border-bottom: 1px solid var(--line); }
      .window { fill: color-mix(in srgb, currentcolor 10%, transparent); stroke: var(--accent); }
      small { color: var(--dim); }
    `,
  ];

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('values') || changed.size === 0) this.#path = pathOf(this.values, this.#bins, this.#width.width);
  }

  override render(): TemplateResult {
    const at = (index: number) => (index * this.#width.width) / this.values.length;
    return html`<svg height=${HEIGHT} aria-hidden="true" @click=${this.#clicked}>${svg`
        <rect class="window" x=${at(this.from)} y="0.5" width=${at(this.to - this.from)} height=${HEIGHT - 1}></rect>
        <path d=${this.#path} fill=${this.fill}></path>`}</svg>
      <small>${t('All {0} tokens, each column as high as the most surprising of its tokens; the frame is what is shown above.', formatCount(this.values.length))}</small>`;
  }

  get #bins(): number {
    return Math.max(1, Math.min(this.values.length, Math.floor(this.#width.width / LEAST_BIN)));
  }

  #clicked(event: MouseEvent): void {
    const bin = Math.floor((event.offsetX / this.#width.width) * this.#bins);
    const detail = largestOfBin(this.values, this.#bins, Math.min(this.#bins - 1, Math.max(0, bin)));
    this.dispatchEvent(new CustomEvent('index-select', { detail }));
  }
}

function pathOf(values: readonly number[], bins: number, width: number): string {
  const step = width / bins;
  const heights = largestInBins(values, bins);
  const highest = Math.max(16, ...heights);
  return heights
    .map((bits, bin) => {
      const height = (bits / highest) * (HEIGHT - 2);
      return `M${(bin * step).toFixed(1)} ${HEIGHT}v${-height.toFixed(1)}h${step.toFixed(1)}V${HEIGHT}Z`;
    })
    .join('');
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-curve-overview': CurveOverviewElement;
  }
  interface HTMLElementEventMap {
    'index-select': CustomEvent<number>;
  }
}

import { css, html, LitElement, nothing, type PropertyValues, svg, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatCount } from '../../../src/display/numbers';
import type { FunnelMeasure } from '../../../src/shared/funnel-page-api';
import '../../kit/checkbox';
import '../../kit/slider';
import { base } from '../../kit/styles';
import { button } from '../../kit/toolkit';
import { t } from '../../l10n';
import { isYesOrNo, measuredText } from './measured-text';

const HEIGHT = 40;

/** A number that a rule measures: its threshold as a slider, and how it is spread over the documents. Events: `threshold` with a number as `detail`, `list`. */
@customElement('vt-measure-control')
export class MeasureControlElement extends LitElement {
  @property({ attribute: false }) accessor measure!: FunnelMeasure;
  /** Whether the documents that it removes are those that are listed. */
  @property({ type: Boolean }) accessor isListed = false;
  /** Where the slider has been moved to; undefined once the host knows it. */
  @state() accessor moved: number | undefined;
  #stops: number[] = [];

  static override styles = [
    base,
    css`
      :host { padding: 8px 0; }
      /* As wide as the way of the slider's thumb. */
      svg { display: block; width: calc(100% - 16px); height: ${HEIGHT}px; margin: 0 8px; border-bottom: 1px solid var(--line); overflow: visible; }
      rect { fill: color-mix(in srgb, currentcolor 30%, transparent); }
      .gone { fill: var(--vscode-textLink-foreground); }
      line { stroke: currentcolor; stroke-width: 1px; vector-effect: non-scaling-stroke; }
      .ends { display: flex; justify-content: space-between; margin: 0 8px; font-size: 11px; color: var(--dim); }
      .removes { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; margin-top: 4px; }
      button { font: inherit; color: var(--vscode-textLink-foreground); background: none; border: 0; padding: 0; text-decoration: underline; cursor: pointer; }
      button[aria-pressed='true'] { font-weight: 600; }
    `,
  ];

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('measure');
    if (!changed.has('measure')) return;
    if (before?.threshold !== this.measure.threshold || before?.name !== this.measure.name) this.moved = undefined;
    this.#stops = stopsOf(this.measure);
  }

  override render(): TemplateResult {
    const { why, draw, removed, threshold, presetThreshold } = this.measure;
    return html`
      ${isYesOrNo(this.measure) ? this.#box() : this.#slider()}
      <p class="dim">${why}</p>
      <div class="removes number">
        ${removed > 0 ? html`<button aria-pressed=${this.isListed} @click=${() => this.dispatchEvent(new CustomEvent('list'))}>${t('List the {0} that it removes', formatCount(removed))}</button>` : html`<span class="dim">${t('It removes none of what rules before it leave.')}</span>`}
        ${threshold === presetThreshold || isYesOrNo(this.measure) ? nothing : button(t('Back to {0}', measuredText(presetThreshold, draw)), () => this.#tell(presetThreshold))}
      </div>`;
  }

  /** What is there or not has no threshold to move. */
  #box(): TemplateResult {
    const { title, threshold, slider } = this.measure;
    const isOn = (this.moved ?? threshold) < slider.maximum;
    const change = ({ detail }: CustomEvent<boolean>) => this.#tell(detail ? slider.minimum : slider.maximum);
    return html`<vt-checkbox .checked=${isOn} @change=${change}>${title}</vt-checkbox>`;
  }

  #slider(): TemplateResult {
    const { title, draw, removes, threshold, slider } = this.measure;
    const value = this.moved ?? threshold;
    const limit = (value: number) =>
      removes === 'above' ? t('at most {0}', measuredText(value, draw)) : t('at least {0}', measuredText(value, draw));
    return html`<vt-slider label=${title} .stops=${this.#stops} .value=${value} .format=${limit} @slide=${this.#slide}></vt-slider>
      ${this.#histogram(value)}
      <div class="ends number" aria-hidden="true"><span>${measuredText(slider.minimum, draw)}</span><span>${measuredText(slider.maximum, draw)}</span></div>`;
  }

  /** The square root of how many, so that the few at an end are seen beside the many. */
  #histogram(threshold: number): TemplateResult {
    const { title, removes, slider, histogram, draw } = this.measure;
    const { minimum, maximum } = slider;
    const at = histogram.length * Math.min(1, Math.max(0, (threshold - minimum) / (maximum - minimum)));
    const largest = Math.sqrt(Math.max(1, ...histogram));
    const bars = Array.from(histogram, (count, i) => {
      const height = (HEIGHT * Math.sqrt(count)) / largest;
      // What is exactly 0 is not above 0.
      const isGone = removes === 'above' ? i >= at && i > 0 : i + 1 <= at;
      return svg`<rect class=${isGone ? 'gone' : nothing} x=${i} y=${HEIGHT - height} width="0.9" height=${height}></rect>`;
    });
    const all = histogram.reduce((sum, count) => sum + count, 0);
    const label = t(
      '{0} of {1} documents, from {2} to {3}; the line is the threshold',
      title,
      formatCount(all),
      measuredText(minimum, draw),
      measuredText(maximum, draw),
    );
    return html`<svg role="img" aria-label=${label} viewBox="0 0 ${histogram.length} ${HEIGHT}" preserveAspectRatio="none">
      <title>${label}</title>${bars}<line x1=${at} x2=${at} y1="0" y2=${HEIGHT}></line>
    </svg>`;
  }

  readonly #slide = ({ detail }: CustomEvent<number>) => this.#tell(detail);

  #tell(detail: number): void {
    this.moved = detail;
    this.dispatchEvent(new CustomEvent('threshold', { detail }));
  }
}

/** Those of the slider, and the preset's own threshold where it lies between two of them. */
function stopsOf({ slider: { minimum, maximum, step }, presetThreshold }: FunnelMeasure): number[] {
  const count = Math.round((maximum - minimum) / step);
  const even = Array.from({ length: count + 1 }, (_, i) => Number((minimum + i * step).toPrecision(6)));
  return [...new Set([...even, presetThreshold])].sort((a, b) => a - b);
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-measure-control': MeasureControlElement;
  }
}

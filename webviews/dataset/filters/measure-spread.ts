import { css, html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount } from '../../../src/display/numbers';
import type { FunnelMeasure } from '../../../src/shared/funnel-page-api';
import { base } from '../../kit/styles';
import { t } from '../../l10n';
import { measuredText } from './measured-text';

const HEIGHT = 40;

/** How a number is spread over all documents, under the slider of its threshold. */
@customElement('vt-measure-spread')
export class MeasureSpreadElement extends LitElement {
  @property({ attribute: false }) accessor measure!: FunnelMeasure;
  @property({ type: Number }) accessor threshold = 0;

  static override styles = [
    base,
    css`
      /* As wide as the way of the slider's thumb. */
      :host { margin: 0 8px; }
      svg { display: block; width: 100%; height: ${HEIGHT}px; border-bottom: 1px solid var(--line); overflow: visible; }
      rect { fill: color-mix(in srgb, currentcolor 30%, transparent); }
      .gone { fill: var(--vscode-textLink-foreground); }
      line { stroke: currentcolor; stroke-width: 1px; vector-effect: non-scaling-stroke; }
      .ends { display: flex; justify-content: space-between; font-size: 11px; color: var(--dim); }
    `,
  ];

  override render(): TemplateResult {
    const { title, histogram, slider, draw } = this.measure;
    const { minimum, maximum } = slider;
    const [least, most] = [measuredText(minimum, draw), measuredText(maximum, draw)];
    const all = histogram.reduce((sum, count) => sum + count, 0);
    const label = t(
      '{0} of {1} documents, from {2} to {3}; the line is the threshold',
      title,
      formatCount(all),
      least,
      most,
    );
    const at = histogram.length * Math.min(1, Math.max(0, (this.threshold - minimum) / (maximum - minimum)));
    return html`<svg role="img" aria-label=${label} viewBox="0 0 ${histogram.length} ${HEIGHT}" preserveAspectRatio="none">
        <title>${label}</title>${this.#bars(at)}<line x1=${at} x2=${at} y1="0" y2=${HEIGHT}></line>
      </svg>
      <div class="ends number" aria-hidden="true"><span>${least}</span><span>${most}</span></div>`;
  }

  /** The square root of how many, so that the few at an end are seen beside the many. @param at where the threshold is, in bars */
  #bars(at: number): TemplateResult[] {
    const { histogram, removes } = this.measure;
    const largest = Math.sqrt(Math.max(1, ...histogram));
    return Array.from(histogram, (count, i) => {
      const height = (HEIGHT * Math.sqrt(count)) / largest;
      // What is exactly 0 is not above 0.
      const isGone = removes === 'above' ? i >= at && i > 0 : i + 1 <= at;
      return svg`<rect class=${isGone ? 'gone' : nothing} x=${i} y=${HEIGHT - height} width="0.9" height=${height}></rect>`;
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-measure-spread': MeasureSpreadElement;
  }
}

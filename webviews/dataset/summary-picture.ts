import { css, html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount } from '../../src/display/numbers';
import type { DatasetColumn, DatasetSummary } from '../../src/shared/dataset-api';
import { base } from '../kit/styles';
import { t } from '../l10n';
import { cellText } from './numbers';

const HEIGHT = 24;
const BAR = 4;

/** How the numbers of a column are spread. */
@customElement('vt-summary-picture')
export class SummaryPictureElement extends LitElement {
  @property({ attribute: false }) accessor summary!: DatasetSummary;
  @property({ attribute: false }) accessor columns!: DatasetColumn[];

  static override styles = [
    base,
    css`
      :host { display: inline-flex; align-items: end; gap: 4px; font-size: 11px; }
      rect { fill: var(--vscode-descriptionForeground); }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const { column, count, least, most, parts } = this.summary;
    const shown = this.columns.find(({ name }) => name === column);
    if (!shown) return nothing;
    const [low, high] = [cellText(least, shown.draw), cellText(most, shown.draw)];
    const label = t('{0} of {1} rows: from {2} to {3}', shown.title, formatCount(count), low, high);
    const largest = Math.max(...parts);
    const bars = Array.from(parts, (part, i) => {
      const height = part === 0 ? 0 : Math.max(1, (HEIGHT * part) / largest);
      return svg`<rect x=${i * BAR} y=${HEIGHT - height} width=${BAR - 1} height=${height}></rect>`;
    });
    return html`<span class="dim">${shown.title} ${low}</span
      ><svg role="img" aria-label=${label} width=${BAR * parts.length} height=${HEIGHT}><title>${label}</title>${bars}</svg
      ><span class="dim">${high}</span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-summary-picture': SummaryPictureElement;
  }
}

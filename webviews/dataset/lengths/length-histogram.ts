import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount, formatProbability } from '../../../src/display/numbers';
import type { LengthBin, LengthSummary } from '../../../src/shared/lengths-api';
import { styled } from '../../kit/styled';
import { base } from '../../kit/styles';
import { t } from '../../l10n';

const HEIGHT = 72;

/** Of documents that are so long, how many there are, and below how many of all tokens are in them. */
@customElement('vt-length-histogram')
export class LengthHistogramElement extends LitElement {
  @property({ attribute: false }) accessor summary!: LengthSummary;

  static override styles = [
    base,
    css`
      ol { display: flex; margin: 0; padding: 0; list-style: none; }
      li { position: relative; flex: 1 1 0; min-width: 0; }
      li:hover { background: var(--vscode-list-hoverBackground); }
      .up, .down { display: flex; height: ${HEIGHT}px; padding: 0 1px; }
      .up { align-items: flex-end; border-bottom: 1px solid currentcolor; }
      i { flex: 1; min-height: 1px; background: color-mix(in srgb, currentcolor 45%, transparent); }
      .down i { background: var(--vscode-textLink-foreground); }
      .none i { min-height: 0; }
      .tick { height: 18px; font-size: 11px; color: var(--dim); white-space: nowrap; overflow: visible; }
      p { font-size: 11px; }
    `,
  ];

  override render(): TemplateResult {
    const { bins, documents, tokens } = this.summary;
    const most = { documents: 1, tokens: 1 };
    for (const bin of bins) {
      most.documents = Math.max(most.documents, bin.documents);
      most.tokens = Math.max(most.tokens, bin.tokens);
    }
    const every = Math.ceil(bins.length / 8);
    return html`<p class="dim">${t('documents')}</p>
      <ol aria-label=${t('Documents by their length')}>${bins.map((bin, i) => this.#bin(bin, most, i % every === 0))}</ol>
      <p class="dim">${t('their tokens')} · ${t('{0} documents, {1} tokens', formatCount(documents), formatCount(tokens))}</p>`;
  }

  #bin(bin: LengthBin, most: { documents: number; tokens: number }, hasTick: boolean): TemplateResult {
    const { documents, tokens } = this.summary;
    const range =
      bin.to - bin.from === 1 ? formatCount(bin.from) : `${formatCount(bin.from)}–${formatCount(bin.to - 1)}`;
    const share = formatProbability(tokens > 0 ? bin.tokens / tokens : 0);
    const label = t(
      '{0} tokens: {1} documents ({2}), with {3} of all tokens',
      range,
      formatCount(bin.documents),
      formatProbability(bin.documents / documents),
      share,
    );
    const none = bin.documents === 0 ? 'none' : '';
    return html`<li title=${label}><span class="unseen">${label}</span>
      <div class="up ${none}" aria-hidden="true"><i ${styled({ height: `${(100 * bin.documents) / most.documents}%` })}></i></div>
      <div class="tick number" aria-hidden="true">${hasTick ? formatCount(bin.from) : ''}</div>
      <div class="down ${none}" aria-hidden="true"><i ${styled({ height: `${(100 * bin.tokens) / most.tokens}%` })}></i></div>
    </li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-length-histogram': LengthHistogramElement;
  }
}

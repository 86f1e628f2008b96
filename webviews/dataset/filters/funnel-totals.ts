import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatBytes } from '../../../src/display/format-bytes';
import { formatCount, formatProbability } from '../../../src/display/numbers';
import type { FunnelState } from '../../../src/shared/funnel-page-api';
import type { Counting } from '../../../src/shared/lengths-page-api';
import { styled } from '../../kit/styled';
import { base } from '../../kit/styles';
import { button } from '../../kit/toolkit';
import { t } from '../../l10n';

/** What stays of all that was read, in each of the ways in which people count it. Events: `count` all tokens, and `stop` that. */
@customElement('vt-funnel-totals')
export class FunnelTotalsElement extends LitElement {
  @property({ attribute: false }) accessor funnel!: FunnelState;
  /** Of the tokens of all documents. */
  @property({ attribute: false }) accessor counting!: Counting;

  static override styles = [
    base,
    css`
      :host, dl { display: flex; flex-wrap: wrap; gap: 8px 24px; margin: 0; }
      dl div { min-width: 140px; }
      dt { font-size: 11px; color: var(--dim); }
      dd { margin: 0; white-space: nowrap; }
      b { font-size: 1.25em; font-weight: 600; }
      i { display: block; height: 4px; background: color-mix(in srgb, currentcolor 20%, transparent); }
      .count { align-self: center; }
      progress { width: 96px; vertical-align: middle; }
      u { display: block; height: 4px; background: currentcolor; }
    `,
  ];

  override render(): TemplateResult {
    const { all, kept, tokens } = this.funnel;
    return html`<dl class="number">
        ${part(t('documents that stay'), kept.documents, all.documents, formatCount)}
        ${part(t('bytes that stay'), kept.bytes, all.bytes, formatBytes)}
        ${this.#tokens()}
      </dl>
      ${tokens?.estimatedFrom === undefined ? nothing : html`<div class="count">${this.#count()}</div>`}`;
  }

  #tokens(): TemplateResult | typeof nothing {
    const { tokens } = this.funnel;
    if (!tokens) return nothing;
    const { all, kept, vocabulary, estimatedFrom } = tokens;
    if (estimatedFrom === undefined) return part(t('tokens that stay, of {0}', vocabulary), kept, all, formatCount);
    const about = (amount: number) => t('about {0}', formatCount(Number(amount.toPrecision(3))));
    const title = t('tokens that stay, of {0}; estimated from {1} documents', vocabulary, formatCount(estimatedFrom));
    return part(title, kept, all, about);
  }

  #count(): TemplateResult {
    const { counting } = this;
    if (counting.kind !== 'working') return button(t('Count All Tokens'), () => this.#tell('count'));
    const { done, total } = counting;
    return html`<progress max=${Math.max(1, total)} value=${done} aria-label=${t('Counting tokens')}></progress> ${button(t('Cancel'), () => this.#tell('stop'))}`;
  }

  #tell(name: 'count' | 'stop'): void {
    this.dispatchEvent(new CustomEvent(name));
  }
}

function part(title: string, kept: number, all: number, format: (amount: number) => string): TemplateResult {
  const share = all > 0 ? kept / all : 0;
  return html`<div>
    <dt>${title}</dt>
    <dd><b>${format(kept)}</b> ${t('of {0}', format(all))}${all > 0 ? ` · ${formatProbability(share)}` : nothing}</dd>
    <i aria-hidden="true"><u ${styled({ width: `${100 * share}%` })}></u></i>
  </div>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-funnel-totals': FunnelTotalsElement;
  }
}

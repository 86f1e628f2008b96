import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatBytes } from '../../../src/display/format-bytes';
import { formatCount, formatProbability } from '../../../src/display/numbers';
import type { FunnelState } from '../../../src/shared/funnel-page-api';
import { styled } from '../../kit/styled';
import { base } from '../../kit/styles';
import { t } from '../../l10n';

/** What stays of all that was read, in each of the ways in which people count it. */
@customElement('vt-funnel-totals')
export class FunnelTotalsElement extends LitElement {
  @property({ attribute: false }) accessor funnel!: FunnelState;

  static override styles = [
    base,
    css`
      dl { display: flex; flex-wrap: wrap; gap: 8px 24px; margin: 0; }
      div { min-width: 140px; }
      dt { font-size: 11px; color: var(--dim); }
      dd { margin: 0; white-space: nowrap; }
      b { font-size: 1.25em; font-weight: 600; }
      i { display: block; height: 4px; background: color-mix(in srgb, currentcolor 20%, transparent); }
      u { display: block; height: 4px; background: currentcolor; }
    `,
  ];

  override render(): TemplateResult {
    const { all, kept } = this.funnel;
    return html`<dl class="number">
      ${part(t('documents that stay'), kept.documents, all.documents, formatCount)}
      ${part(t('bytes that stay'), kept.bytes, all.bytes, formatBytes)}
    </dl>`;
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

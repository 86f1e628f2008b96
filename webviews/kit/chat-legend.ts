import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { t } from '../l10n';
import type { ChatToken } from './chat-tokens';
import { base } from './styles';
import './term';

/** What is drawn over a chat beside its colours, each explained; nothing for other texts. */
@customElement('vt-chat-legend')
export class ChatLegendElement extends LitElement {
  @property({ attribute: false }) accessor tokens: readonly { chat?: ChatToken | undefined }[] = [];

  static override styles = [
    base,
    css`
      .row { display: flex; flex-wrap: wrap; gap: 0 12px; margin-top: 4px; font-size: 0.85em; color: var(--dim); }
      .row span { white-space: nowrap; }
      i { display: inline-block; width: 16px; margin-inline-end: 4px; vertical-align: middle; }
      .margin { width: 6px; height: 10px; border-inline-end: 1px solid currentcolor; }
      .chip { height: 10px; border: 1px solid var(--dim); border-radius: 4px; }
      .scored { border-top: 1px solid var(--dim); }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const has = (is: (token: ChatToken) => boolean) => this.tokens.some(({ chat }) => chat !== undefined && is(chat));
    if (!has(() => true)) return nothing;
    return html`<div class="row">
      <span><i class="margin"></i><vt-term name="role">${t('role')}</vt-term></span>
      ${has(({ isControl }) => isControl) ? html`<span><i class="chip"></i><vt-term name="controlToken">${t('control token')}</vt-term></span>` : nothing}
      ${has(({ isScored }) => isScored) ? html`<span><i class="scored"></i><vt-term name="scored">${t('scored')}</vt-term></span>` : nothing}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-chat-legend': ChatLegendElement;
  }
}

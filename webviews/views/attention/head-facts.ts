import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { cssColour } from '../../../src/display/colour-scale';
import type { HeadRole } from '../../../src/display/head-roles';
import { formatBits, formatCount } from '../../../src/display/numbers';
import type { HeadSummary } from '../../../src/shared/engine-api';
import { styled } from '../../kit/styled';
import { base } from '../../kit/styles';
import '../../kit/term';
import type { Theme } from '../../kit/theme';
import { t } from '../../l10n';
import { formatWeight } from './attention-scope';
import { ROLE_TERMS, roleName, roleNote, roleSentence } from './head-summary-text';

const MEASURED: readonly HeadRole[] = ['induction', 'previous', 'first', 'self'];

/** What a head measurably does in the text: shares of its weight, and what they say. */
@customElement('vt-head-facts')
export class HeadFactsElement extends LitElement {
  @property({ attribute: false }) accessor summary!: HeadSummary;
  @property({ attribute: false }) accessor theme!: Theme;
  /** Tokens of the text. */
  @property({ type: Number }) accessor tokens = 0;
  /** How many keys a query sees, itself included; undefined where it sees all before it. */
  @property({ attribute: false }) accessor reach: number | undefined;

  static override styles = [
    base,
    css`
      dl { display: grid; gap: 8px; margin: 0 0 12px; }
      div { display: flex; flex-wrap: wrap; column-gap: 8px; }
      dt { flex: 1 1 0; min-width: 0; }
      dd { margin: 0; }
      small { color: var(--dim); font-size: 0.85em; }
      .track { flex: 1 0 100%; height: 4px; background: color-mix(in srgb, currentcolor 12%, transparent); }
      .track i { display: block; height: 100%; }
    `,
  ];

  override render(): TemplateResult {
    if (this.tokens < 2) return html`<p>${t('One token has nothing to look at but itself.')}</p>`;
    const entropy = this.summary.entropy;
    const most = Math.log2(this.tokens);
    return html`<dl>
        ${MEASURED.map((role) => this.#share(role))}
        ${this.#ownSink()}
        ${this.#line(html`<vt-term name="attentionEntropy">${t('mean entropy')}</vt-term>`, formatBits(entropy), entropy / most, 'violet')}
      </dl>
      <p>${roleSentence(this.summary)}</p>`;
  }

  #ownSink(): TemplateResult | typeof nothing {
    const { sink } = this.summary;
    if (sink === undefined) return nothing;
    return this.#line(html`<vt-term name="ownSink">${t('its own sink')}</vt-term>`, formatWeight(sink), sink, 'blue');
  }

  #share(role: HeadRole): TemplateResult {
    const share = this.summary[role];
    const name = html`<vt-term name=${ROLE_TERMS[role]}>${roleName(role)}</vt-term>`;
    return Number.isNaN(share)
      ? this.#line(name, t('no token repeats'), undefined, 'blue')
      : this.#line(html`${name} <small>${this.#note(role)}</small>`, formatWeight(share), share, 'blue');
  }

  #note(role: HeadRole): string {
    const isOut = role === 'first' && this.reach !== undefined;
    return isOut ? t('out of reach after {0} tokens', formatCount(this.reach ?? 0)) : roleNote(role);
  }

  #line(name: TemplateResult, text: string, share: number | undefined, hue: 'blue' | 'violet'): TemplateResult {
    const style = { width: `${100 * (share ?? 0)}%`, 'background-color': cssColour(this.theme.mark(hue)(1)) };
    return html`<div>
      <dt>${name}</dt>
      <dd class="number">${text}</dd>
      ${share === undefined ? nothing : html`<dd class="track" aria-hidden="true"><i ${styled(style)}></i></dd>`}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-head-facts': HeadFactsElement;
  }
}

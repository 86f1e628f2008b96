import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type HeadRole, roleShare } from '../../../src/display/head-roles';
import type { HeadSummary } from '../../../src/shared/engine-api';
import { type HeadAddress, isSameHead } from '../../../src/shared/head-address';
import { base, chips } from '../../kit/styles';
import '../../kit/term';
import { formatWeight, headName } from './attention-scope';
import { ROLE_TERMS, roleName, roleNote } from './head-summary-text';

const ROLES: readonly HeadRole[] = ['induction', 'previous', 'first', 'self'];
const OFFERED = 3;

/** The heads of the text that do one thing most. Event: `head-select`. */
@customElement('vt-head-finder')
export class HeadFinderElement extends LitElement {
  @property({ attribute: false }) accessor summaries: readonly HeadSummary[] = [];
  @property({ attribute: false }) accessor chosen!: HeadAddress;

  static override styles = [
    base,
    chips,
    css`
      dl { display: grid; gap: 8px; }
    `,
  ];

  override render(): TemplateResult {
    return html`<dl>${ROLES.map((role) => this.#role(role))}</dl>`;
  }

  #role(role: HeadRole): TemplateResult | typeof nothing {
    const strongest = this.summaries
      .filter((summary) => roleShare(summary, role) > 0)
      .toSorted((one, other) => roleShare(other, role) - roleShare(one, role))
      .slice(0, OFFERED);
    if (strongest.length === 0) return nothing;
    return html`<div>
      <dt><vt-term name=${ROLE_TERMS[role]}>${roleName(role)}</vt-term> <small>${roleNote(role)}</small></dt>
      <dd>${strongest.map((summary) => this.#head(summary, role))}</dd>
    </div>`;
  }

  #head(summary: HeadSummary, role: HeadRole): TemplateResult {
    const share = formatWeight(roleShare(summary, role));
    const { layer, head } = summary;
    const select = () => this.dispatchEvent(new CustomEvent('head-select', { detail: { layer, head } }));
    return html`<button
      class="number"
      aria-pressed=${isSameHead(summary, this.chosen)}
      @click=${select}
    >${headName(summary)} <small>${share}</small></button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-head-finder': HeadFinderElement;
  }
}

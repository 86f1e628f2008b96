import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { visibleText } from '../../../../src/display/glyphs';
import { formatIndicator } from '../../../../src/display/indicator';
import { formatProbabilityShort, spokenDigits } from '../../../../src/display/numbers';
import type { UndertrainedToken, VerifiedToken } from '../../../../src/shared/undertrained-api';
import { OneStop } from '../../../kit/one-stop';
import { base } from '../../../kit/styles';
import '../../../kit/term';
import { button } from '../../../kit/toolkit';
import { t } from '../../../l10n';
import { verdictOf } from './verification';

const FIRST_SHOWN = 20;
const SHOWN_MORE = 50;

const PROMPT_NAMES: Readonly<Record<string, () => string>> = {
  repeat: () => t('asked to repeat it'),
  explain: () => t('asked what it means'),
  series: () => t('after a row of it'),
};

/**
 * The least trained tokens, each a button that asks the model to repeat it and shows what it made of that. Events:
 * `token-ask` with the id, `token-point` with the token under the pointer or the focus.
 */
@customElement('vt-undertrained-list')
export class UndertrainedListElement extends LitElement {
  @property({ attribute: false }) accessor candidates: readonly UndertrainedToken[] = [];
  @property({ attribute: false }) accessor verified: ReadonlyMap<number, VerifiedToken> = new Map();
  /** Those that the model is asked about, or will be. */
  @property({ attribute: false }) accessor waiting: ReadonlySet<number> = new Set();
  /** Changes with both. */
  @property() accessor known = '';
  /** What the numbers are. */
  @property() accessor indicator = '';
  /** How many are shown. */
  @state() private accessor shown = FIRST_SHOWN;
  @state() private accessor opened: number | undefined;
  readonly #stops = new OneStop(this);

  static override styles = [
    base,
    css`
      :host { container-type: inline-size; max-width: 720px; }
      ol { margin: 0; padding: 0; list-style: none; }
      .columns { display: grid; grid-template-columns: minmax(0, 1fr) 56px 104px 176px; gap: 0 12px; width: 100%; min-height: 22px; align-items: baseline; }
      .head { color: var(--dim); font-size: 11px; align-items: end; }
      .ask { color: var(--vscode-textLink-foreground); }
      button[aria-expanded='true'] .ask { color: inherit; }
      button.columns { padding: 0; font: inherit; color: inherit; text-align: start; background: none; border: 0; cursor: pointer; }
      button.columns:hover { background: var(--vscode-list-hoverBackground); }
      button[aria-expanded='true'] { --dim: currentcolor; background: var(--vscode-list-inactiveSelectionBackground); }
      .text { overflow: hidden; text-overflow: ellipsis; white-space: pre; }
      .number { text-align: end; }
      dl { display: grid; grid-template-columns: auto auto minmax(0, 1fr); gap: 0 12px; margin: 4px 0 8px 16px; }
      dt { color: var(--dim); }
      dd { margin: 0; overflow-wrap: anywhere; }
      .more { margin-top: 8px; }
      @container (max-width: 400px) {
        .columns { grid-template-columns: minmax(0, 1fr) 72px 96px; }
        .id { display: none; }
      }
    `,
  ];

  override render(): TemplateResult {
    const shown = this.candidates.slice(0, this.shown);
    const more = Math.min(SHOWN_MORE, this.candidates.length - shown.length);
    const showMore = () => {
      this.shown += more;
    };
    return html`<div class="columns head">
        <span>${t('token')}</span>
        <span class="number id"><vt-term name="tokenId">${t('id')}</vt-term></span>
        <span class="number">${this.indicator}</span>
        <span class="number"><vt-term name="repeatedProbability">${t('the model')}</vt-term></span>
      </div>
      <div role="toolbar" aria-orientation="vertical" aria-label=${t('Least trained tokens')}
        @focusin=${this.#stops.focused} @keydown=${this.#stops.keyPressed}
      ><ol>${shown.map((token) => html`<li @pointerenter=${() => this.#tell('token-point', token)} @pointerleave=${() => this.#tell('token-point', undefined)} @focusin=${() => this.#tell('token-point', token)}>${this.#row(token)}</li>`)}</ol></div>
      ${more > 0 ? html`<div class="more no-picture">${button(t('Show {0} more', more), showMore)}</div>` : nothing}`;
  }

  #row(token: UndertrainedToken): TemplateResult {
    const { id, text, indicator } = token;
    const verified = this.verified.get(id);
    const isOpened = this.opened === id && verified !== undefined;
    const press = () => {
      this.opened = isOpened ? undefined : id;
      if (!verified) this.#tell('token-ask', token);
    };
    return html`<button class="columns" aria-expanded=${isOpened} title=${t('Ask the model to repeat it')} @click=${press}>
        <span class="text mono">${visibleText(text)}</span>
        <span class="number dim id">${id}</span>
        <span class="number" title=${spokenDigits(`${indicator}`)}>${formatIndicator(indicator)}</span>
        ${verified ? html`<span class="number">${verdictOf(verified)} <span class="dim">${formatProbabilityShort(verified.probability)}</span></span>` : html`<span class="number ask">${this.waiting.has(id) ? '…' : t('ask')}</span>`}
      </button>
      ${isOpened ? this.#prompts(verified) : nothing}`;
  }

  #prompts(verified: VerifiedToken): TemplateResult {
    return html`<dl>${verified.prompts.map(
      ({ name, probability, answer }) => html`<dt>${PROMPT_NAMES[name]?.() ?? name}</dt>
        <dd class="number">${formatProbabilityShort(probability)}</dd>
        <dd class="mono">${visibleText(answer)}</dd>`,
    )}</dl>`;
  }

  #tell(type: 'token-ask' | 'token-point', token: UndertrainedToken | undefined): void {
    this.dispatchEvent(new CustomEvent(type, { detail: token, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-undertrained-list': UndertrainedListElement;
  }
  interface HTMLElementEventMap {
    'token-ask': CustomEvent<UndertrainedToken>;
    'token-point': CustomEvent<UndertrainedToken | null>;
  }
}

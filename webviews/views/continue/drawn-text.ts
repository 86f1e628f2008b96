import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatLogprob, formatProbability } from '../../../src/shared/numbers';
import { base } from '../../kit/styles';
import { t } from '../../l10n';
import { aheadOf, type Branch, pathTo, textsOf } from './branches';

const ENDING_CHARACTERS = 60;

/**
 * The text with the tokens that were drawn, the one that is drawn next, and those that were drawn after it before.
 * Event: `branch-select` with the branch before a drawn token, where the distribution is that it came from.
 */
@customElement('vt-drawn-text')
export class DrawnTextElement extends LitElement {
  /** What the document has. */
  @property() accessor text = '';
  @property({ attribute: false }) accessor end!: Branch;
  /** The token that is drawn here. */
  @property() accessor next = '';
  /** Another for every change of the tree. */
  @property({ attribute: false }) accessor revision = 0;

  static override styles = [
    base,
    css`
      :host { display: block; }
      div { max-height: 16em; overflow: auto; padding: 2px; font-family: var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.9; }
      .text { color: var(--dim); }
      button {
        display: inline;
        font: inherit;
        color: inherit;
        background: none;
        border: 0;
        border-bottom: 2px solid var(--accent);
        border-left: 1px solid color-mix(in srgb, currentcolor 14%, transparent);
        padding: 1px 0 0;
        white-space: pre-wrap;
        text-align: start;
        cursor: pointer;
      }
      button:hover { background: var(--vscode-list-hoverBackground); }
      .ahead { color: var(--dim); border-bottom-style: dotted; }
      .next { padding: 1px 2px; border: 1px dashed var(--accent); }
    `,
  ];

  override render(): TemplateResult {
    const path = pathTo(this.end);
    const all = [...path, ...aheadOf(this.end)];
    const texts = textsOf(all);
    const characters = [...this.text];
    return html`<div role="group" tabindex="0" aria-label=${t('The text that results')}
      ><span class="text">${characters.length > ENDING_CHARACTERS ? '…' : ''}${characters.slice(-ENDING_CHARACTERS).join('')}</span
      >${path.map((branch, i) => this.#token(branch, texts[i] ?? '', false))}${
        this.next === '' ? nothing : html`<span class="next">${this.next}</span>`
      }${all.slice(path.length).map((branch, i) => this.#token(branch, texts[path.length + i] ?? '', true))}</div>`;
  }

  #token(branch: Branch, text: string, isAhead: boolean): TemplateResult {
    const select = () =>
      this.dispatchEvent(new CustomEvent('branch-select', { detail: branch.parent, bubbles: true, composed: true }));
    return html`<button
      class=${isAhead ? 'ahead' : ''}
      data-id=${branch.id}
      title="${saidOf(branch)}. ${t('Click to see what it was drawn from.')}"
      aria-label="${branch.label} ${saidOf(branch)}"
      @click=${select}
    >${text === '' ? branch.label : text}</button>`;
  }
}

/** How probable it was, and how it came to be. */
function saidOf({ logprob, drawnWith }: Branch): string {
  const model = t('model {0}', formatLogprob(logprob));
  return drawnWith === undefined
    ? `${model}, ${t('taken by hand')}`
    : `${model}, ${t('drawn with {0}', formatProbability(drawnWith))}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-drawn-text': DrawnTextElement;
  }
  interface HTMLElementEventMap {
    'branch-select': CustomEvent<unknown>;
  }
}

import { css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { cssColour } from '../../../src/shared/colour-scale';
import { formatLogprob, formatProbability } from '../../../src/shared/numbers';
import { rankClassOf } from '../../../src/shared/rank-class';
import { bitsOf, surprisalShare } from '../../../src/shared/scales';
import { base } from '../../kit/styles';
import { subjectTokens, type TokenText } from '../../kit/subject-tokens';
import '../../kit/token-text';
import type { TokenPaint } from '../../kit/token-text';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import { aheadOf, type Branch, pathTo, textsOf } from './branches';

/** Tokens of the document that stand before. */
const CONTEXT_SHOWN = 16;

/**
 * The text with the tokens that were drawn, and what comes next: the token that is drawn here, or those that came here
 * before. Event: `branch-select` with the branch before a drawn token, which has the distribution that it came from.
 */
@customElement('vt-drawn-text')
export class DrawnTextElement extends StoreElement {
  @property({ attribute: false }) accessor end!: Branch;
  /** The token that is drawn here; empty where none is. */
  @property() accessor next = '';
  /** Another for every change of the tree. */
  @property({ attribute: false }) accessor revision = 0;
  #branches: readonly Branch[] = [];

  static override styles = [base, css`:host { display: block; max-height: 16em; overflow: auto; padding: 2px; }`];

  override render(): TemplateResult {
    const { store } = this;
    const path = pathTo(this.end);
    this.#branches = [...path, ...aheadOf(this.end)];
    const isFresh = this.#branches.length === path.length && this.next !== '';
    const context = subjectTokens(store.subject)
      .slice(-CONTEXT_SHOWN)
      .map((token) => ({ ...token, isShown: false }));
    const texts = textsOf(this.#branches);
    const drawn = this.#branches.map(({ label }, i): TokenText => tokenText(texts[i] || label, label));
    const next = isFresh ? [tokenText(this.next, this.next)] : [];
    const selected = context.length + path.length;
    return html`<vt-token-text
      label=${t('The text that results')}
      .tokens=${[...context, ...drawn, ...next]}
      .paint=${[...context.map(() => ({})), ...this.#branches.map((branch) => this.#paint(branch))]}
      .selected=${selected < context.length + drawn.length ? selected : undefined}
      .hovered=${isFresh ? selected : undefined}
      .describe=${(position: number) => this.#describe(position - context.length)}
      @token-select=${(event: CustomEvent<number>) => this.#selected(event.detail - context.length)}
    ></vt-token-text>`;
  }

  #paint({ logprob, rank }: Branch): TokenPaint {
    const colour = this.store.theme.tint('warm')(surprisalShare(bitsOf(logprob)));
    return { background: cssColour(colour), rankClass: rankClassOf(rank) };
  }

  #describe(index: number): string {
    const branch = this.#branches[index];
    if (!branch) return index < 0 ? '' : t('drawn by the seed');
    const model = t('model {0}', formatLogprob(branch.logprob));
    const how =
      branch.drawnWith === undefined ? t('taken by hand') : t('drawn with {0}', formatProbability(branch.drawnWith));
    return `${model}, ${how}`;
  }

  /** @param index of a drawn token; a negative one, counted from the end, of the document's */
  #selected(index: number): void {
    const { store } = this;
    if (index < 0) store.selectToken(subjectTokens(store.subject).length + index);
    const branch = this.#branches[index];
    if (branch?.parent) {
      this.dispatchEvent(new CustomEvent('branch-select', { detail: branch.parent, bubbles: true, composed: true }));
    }
  }
}

function tokenText(text: string, label: string): TokenText {
  return { text, label, sharesCharacter: false, isShown: true };
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-drawn-text': DrawnTextElement;
  }
  interface HTMLElementEventMap {
    'branch-select': CustomEvent<unknown>;
  }
}

import { css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { cssColour } from '../../../src/display/colour-scale';
import { formatLogprob, formatProbability } from '../../../src/display/numbers';
import { rankClassOf } from '../../../src/display/rank-class';
import { bitsOf, surprisalShare } from '../../../src/display/scales';
import { Memo } from '../../kit/memo';
import { base } from '../../kit/styles';
import { subjectTokens, type TokenText } from '../../kit/subject-tokens';
import '../../kit/token-text';
import type { TokenPaint } from '../../kit/token-text';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import { aheadOf, type Branch, pathTo, textsOf } from './branches';
import type { WriterNames } from './writer';

/** What is drawn, made anew when it changes. */
interface Shown {
  tokens: TokenText[];
  paint: TokenPaint[];
  /** Position of what comes next. */
  selected: number;
}

/** Tokens of the document that stand before. */
const CONTEXT_SHOWN = 16;

/**
 * The text with the tokens that were drawn, and what comes next: the token that is drawn here, or those that came here
 * before. Event: `branch-select` with the branch before a drawn token, which has the distribution that it came from.
 */
@customElement('vt-drawn-text')
export class DrawnTextElement extends StoreElement {
  @property({ attribute: false }) accessor end!: Branch;
  /** What writers are called, where there are two. */
  @property({ attribute: false }) accessor names: WriterNames = new Map();
  /** The token that is drawn here; empty where none is. */
  @property() accessor next = '';
  /** Another for every change of the tree. */
  @property({ attribute: false }) accessor revision = 0;
  #branches: readonly Branch[] = [];
  /** Tokens before the drawn ones. */
  #context = 0;
  readonly #shown = new Memo<Shown>();

  static override styles = [
    base,
    css`:host { display: flex; flex-direction: column-reverse; max-height: 16em; overflow: auto; padding: 2px; }`,
  ];

  override render(): TemplateResult {
    const { store } = this;
    const { tokens, paint, selected } = this.#shown.get(
      [store.subject, this.end, this.next, this.revision, store.theme.heat('warm')],
      () => this.#show(),
    );
    const hasNext = this.#branches.length > selected - this.#context;
    return html`<vt-token-text
      ?glyphs=${store.viewState.get('glyphs', true)}
      label=${t('The text that results')}
      .tokens=${tokens}
      .paint=${paint}
      .selected=${hasNext ? selected : undefined}
      .hovered=${hasNext ? undefined : selected}
      .describe=${this.#describe}
      @token-select=${(event: CustomEvent<number>) => this.#selected(event.detail - this.#context)}
    ></vt-token-text>`;
  }

  #show(): Shown {
    const path = pathTo(this.end);
    this.#branches = [...path, ...aheadOf(this.end)];
    const before = subjectTokens(this.store.subject)
      .slice(-CONTEXT_SHOWN)
      .map((token) => ({ ...token, isShown: false }));
    this.#context = before.length;
    const texts = textsOf(this.#branches);
    const drawn = this.#branches.map(({ label }, i) => tokenText(texts[i] || label, label));
    const isFresh = this.#branches.length === path.length && this.next !== '';
    return {
      tokens: [...before, ...drawn, ...(isFresh ? [tokenText(this.next, this.next)] : [])],
      paint: [...before.map(() => ({})), ...this.#branches.map((branch) => this.#paint(branch))],
      selected: this.#context + path.length,
    };
  }

  #paint({ logprob, rank }: Branch): TokenPaint {
    const colour = this.store.theme.heat('warm')(surprisalShare(bitsOf(logprob)));
    return { background: cssColour(colour), rankClass: rankClassOf(rank) };
  }

  readonly #describe = (position: number): string => {
    const index = position - this.#context;
    const branch = this.#branches[index];
    if (!branch) return index < 0 ? '' : t('drawn by the seed');
    const model = t('model {0}', formatLogprob(branch.logprob));
    const how =
      branch.drawnWith === undefined ? t('taken by hand') : t('drawn with {0}', formatProbability(branch.drawnWith));
    const name = this.names.get(branch.writer)?.name ?? branch.writer;
    return [model, how, ...(name === '' ? [] : [t('written by {0}', name)])].join(', ');
  };

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

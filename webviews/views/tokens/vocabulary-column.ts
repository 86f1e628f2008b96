import { css, html, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { BAND_SHARES } from '../../../src/shared/colour-scale';
import { formatCount, formatDecimal } from '../../../src/shared/numbers';
import { base } from '../../kit/styles';
import '../../kit/token-text';
import { shownText } from '../../../src/shared/shown-text';
import type { TokenPaint, TokenTextElement } from '../../kit/token-text';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import { commonTokens, tokenIn, type VocabularyText } from './vocabulary-text';

const BANDS = [BAND_SHARES.even, BAND_SHARES.odd].map(
  (share) => `color-mix(in srgb, currentcolor ${100 * share}%, transparent)`,
);

/** The text as one vocabulary reads it, in bands; tokens that the model's own vocabulary does not have are underlined. */
@customElement('vt-vocabulary-column')
export class VocabularyColumnElement extends StoreElement {
  @property({ attribute: false }) accessor read!: VocabularyText;
  @property({ attribute: false }) accessor own!: VocabularyText;
  @property() accessor text = '';
  @property({ type: Boolean }) accessor glyphs = false;
  /** The only column needs no name and marks no difference. */
  @property({ type: Boolean }) accessor isAlone = false;
  @query('vt-token-text') private accessor tokens!: TokenTextElement;
  #paint: TokenPaint[] = [];
  #paintedFor: VocabularyText[] = [];

  static override styles = [
    base,
    css`h2 { position: sticky; top: -2px; z-index: 1; margin: 0; padding-bottom: 8px; background: var(--vscode-editor-background); }`,
  ];

  override render(): TemplateResult {
    const { read, store } = this;
    return html`
      ${this.isAlone ? '' : this.#heading()}
      <vt-token-text
        label=${t('The text as tokens of {0}', read.label)}
        .tokens=${read.tokens}
        .paint=${this.#painted()}
        .glyphs=${this.glyphs}
        .selected=${this.#positionOf(store.state.selected.token)}
        .hovered=${this.#positionOf(store.hovered)}
        .describe=${(position: number) => t('id {0}', read.ids[position] ?? 0)}
        @token-hover=${({ detail }: CustomEvent<number | null>) => store.hover(this.#tokenAt(detail))}
        @token-select=${({ detail }: CustomEvent<number>) => store.selectToken(this.#tokenAt(detail))}
      ></vt-token-text>
    `;
  }

  /** Once it is drawn. */
  async selectedElement(): Promise<Element | null> {
    await this.tokens.updateComplete;
    return this.tokens.elementAt(this.tokens.selected);
  }

  #heading(): TemplateResult {
    const { read, text } = this;
    const count = read.ids.length;
    const perToken = formatDecimal([...text].length / Math.max(1, count));
    return html`<h2>${read.label}<small class="number">${t('{0} tokens', formatCount(count))} · ${t('{0} characters a token', perToken)}</small></h2>`;
  }

  #painted(): TokenPaint[] {
    const { read, own } = this;
    if (this.#paintedFor[0] !== read || this.#paintedFor[1] !== own) {
      const common = commonTokens(read, own);
      this.#paintedFor = [read, own];
      this.#paint = read.tokens.map((_, i) => ({
        background: BANDS[i % 2],
        rankClass: common[i] ? undefined : 'beyond',
      }));
    }
    return this.#paint;
  }

  /** This vocabulary's token at a token of the model. */
  #positionOf(token: number | undefined): number | undefined {
    const { subject } = this.store;
    if (token === undefined || !subject?.read) return undefined;
    const { start } = shownText(subject);
    return tokenIn(this.read, (subject.read.starts[token] ?? 0) - start, (subject.read.ends[token] ?? 0) - start);
  }

  /** The model's token at one of this vocabulary; null is what an event gives for none. */
  #tokenAt(position: number | null): number | undefined {
    if (position === null) return undefined;
    return this.store.tokenAt((this.read.starts[position] ?? 0) + shownText(this.store.subject).start);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-vocabulary-column': VocabularyColumnElement;
  }
}

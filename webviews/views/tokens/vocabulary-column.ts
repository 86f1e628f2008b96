import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { formatDecimal } from '../../../src/display/numbers';
import { BAND_SHARES } from '../../../src/display/tints';
import { tokenCount } from '../../kit/count-text';
import { base } from '../../kit/styles';
import '../../kit/token-text';
import type { TokenPaint, TokenTextElement } from '../../kit/token-text';
import { t } from '../../l10n';
import { commonTokens, type VocabularyText } from './vocabulary-text';

const BANDS = [BAND_SHARES.even, BAND_SHARES.odd].map(
  (share) => `color-mix(in srgb, currentcolor ${100 * share}%, transparent)`,
);

/** The text as one vocabulary reads it, in bands; tokens that the model's own vocabulary does not have are underlined. Events: as of its tokens. */
@customElement('vt-vocabulary-column')
export class VocabularyColumnElement extends LitElement {
  @property({ attribute: false }) accessor read!: VocabularyText;
  @property({ attribute: false }) accessor own!: VocabularyText;
  @property() accessor text = '';
  @property({ type: Boolean }) accessor glyphs = false;
  /** The only column needs no name and marks no difference. */
  @property({ type: Boolean }) accessor isAlone = false;
  /** Positions of its tokens that are chosen, and under the pointer. */
  @property({ attribute: false }) accessor chosen: number | undefined;
  @property({ attribute: false }) accessor pointed: number | undefined;
  @query('vt-token-text') private accessor tokens!: TokenTextElement;
  #paint: TokenPaint[] = [];
  #paintedFor: VocabularyText[] = [];

  static override styles = [
    base,
    css`h2 { position: sticky; top: -2px; z-index: 1; margin: 0; padding-bottom: 8px; background: var(--vscode-editor-background); }`,
  ];

  override render(): TemplateResult {
    const { read } = this;
    return html`
      ${this.isAlone ? '' : this.#heading()}
      <vt-token-text
        label=${t('The text as tokens of {0}', read.label)}
        .tokens=${read.tokens}
        .paint=${this.#painted()}
        .glyphs=${this.glyphs}
        .selected=${this.chosen}
        .hovered=${this.pointed}
        .describe=${(position: number) => t('id {0}', read.ids[position] ?? 0)}
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
    return html`<h2>${read.label}<small class="number">${tokenCount(count)} · ${t('{0} characters a token', perToken)}</small></h2>`;
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
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-vocabulary-column': VocabularyColumnElement;
  }
}

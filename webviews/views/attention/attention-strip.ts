import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { cssColour } from '../../../src/display/colour-scale';
import { formatCount } from '../../../src/display/numbers';
import { Memo } from '../../kit/memo';
import '../../kit/legend';
import '../../kit/term';
import { PaintedTextElement } from '../../kit/painted-text';
import { subjectTokens, type TokenText } from '../../kit/subject-tokens';
import type { TokenPaint } from '../../kit/token-text';
import { t } from '../../l10n';
import { type AttentionScope, formatWeight, formatWeightShort, nameOf } from './attention-scope';
import { isUnreachable, type RowWeights, shareOfKey } from './row-weights';
import './strongest-mark';

/** The text, painted with where the token looks; or, with heads off, with what that changes. */
@customElement('vt-attention-strip')
export class AttentionStripElement extends PaintedTextElement {
  /** Undefined where no token is chosen, or its weights are not known yet. */
  @property({ attribute: false }) accessor row: RowWeights | undefined;
  /** The token that looks, or shall. */
  @property({ attribute: false }) accessor token: number | undefined;
  /** Why a recording does not know it: a sentence. */
  @property({ attribute: false }) accessor unknown: string | undefined;
  @property({ attribute: false }) accessor scope!: AttentionScope;
  readonly #paint = new Memo<TokenPaint[]>();

  static override styles = [
    PaintedTextElement.styles,
    css`
      vt-strongest-mark { font-size: 0.85em; color: var(--dim); }
      .note b { font-family: var(--mono); color: var(--vscode-editor-foreground); }
    `,
  ];

  override render(): TemplateResult {
    const { store } = this;
    const tokens = subjectTokens(store.subject);
    const legend = html`
        <vt-legend
          label=${this.scope.valueWeighted ? t('Written, % of the length') : t('Attention, % of the weight')}
          .scale=${store.theme.heat('blue')}
          .ticks=${this.#ticks()}
        ></vt-legend>
        ${this.row && this.row.largest > 0 ? html`<vt-strongest-mark .weight=${this.row.largest}></vt-strongest-mark>` : ''}
        <p class="note">${this.#note(tokens)}</p>
      `;
    return this.strip(t('The text, coloured by attention'), this.#painted(tokens.length), this.#describe, legend);
  }

  #painted(tokens: number): TokenPaint[] {
    const scale = this.store.theme.heat('blue');
    return this.#paint.get([this.row, scale, tokens], () => {
      const { row } = this;
      if (!row) return [];
      return Array.from(row.weights, (_, key) => {
        if (isUnreachable(row, key)) return { isHatched: true };
        const share = shareOfKey(row, key);
        return share > 0 ? { background: cssColour(scale(share)) } : {};
      });
    });
  }

  /** A square root: a quarter of the largest weight has half of its tint. */
  #ticks() {
    const largest = this.row?.largest ?? 0;
    const tick = (share: number) => ({ share, text: formatWeightShort(largest * share ** 2) });
    return largest > 0 ? [tick(0), tick(0.5), tick(1)] : [];
  }

  #note(tokens: readonly TokenText[]): unknown {
    const { row } = this;
    if (!row) {
      if (this.token === undefined) return t('Choose a token to see where it looks.');
      return this.unknown ?? t('Asking the model …');
    }
    const from = html`<b>${tokens[row.query]?.label}</b> · ${nameOf(this.scope)}`;
    if (row.query === 0) return html`${from}. ${t('The first token can only look at itself.')}`;
    return html`${from}. ${isUnreachable(row, 0) ? this.#outOfReach(row) : this.#sink(row)} ${this.#ownSink(row)}`;
  }

  #sink({ masksSink, sink }: RowWeights): TemplateResult {
    const took = masksSink ? t('took {0} and is masked.', formatWeight(sink)) : t('took {0}.', formatWeight(sink));
    return html`<vt-term name="sink">${t('The first token (a sink)')}</vt-term> ${took}`;
  }

  #outOfReach({ reach = 0 }: RowWeights): TemplateResult {
    return html`<vt-term name="localLayer">${t('Hatched: out of reach')}</vt-term>,
      ${t('a token sees the last {0} here.', formatCount(reach))}`;
  }

  #ownSink({ ownSink }: RowWeights): TemplateResult | typeof nothing {
    if (ownSink === undefined) return nothing;
    const name = this.scope.kind === 'head' ? t('The head’s own sink') : t('The heads’ own sinks');
    return html`<vt-term name="ownSink">${name}</vt-term> ${t('took {0}.', formatWeight(ownSink))}`;
  }

  readonly #describe = (position: number): string => {
    if (this.row && isUnreachable(this.row, position)) return t('out of reach');
    const weight = this.row?.weights[position];
    if (weight === undefined) return '';
    const share = formatWeight(weight);
    return this.scope.valueWeighted ? t('written {0}', share) : t('attention {0}', share);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-attention-strip': AttentionStripElement;
  }
}

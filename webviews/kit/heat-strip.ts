import { css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { cssColour } from '../../src/display/colour-scale';
import { formatBits } from '../../src/display/numbers';
import { bitsOf, DIFFERENCE_END_BITS, differenceShare } from '../../src/display/scales';
import type { Predictions } from '../../src/shared/engine-api';
import { t } from '../l10n';
import { StoreElement } from '../store/store-element';
import './chat-legend';
import './choice';
import type { Option } from './choice';
import { Memo } from './memo';
import './legend';
import { QUANTITIES, type Quantity, quantityAbsence } from '../../src/display/quantities';
import { render } from '../../src/display/sentences';
import { type QuantityScale, quantityScale } from './quantities';
import { rankLineOf } from './rank-line';
import './strip';
import { base } from './styles';
import { subjectTokens, type TokenText } from './subject-tokens';
import './token-text';
import type { TokenPaint } from './token-text';

/** What the model makes of the text once some of its tokens are others, or some of its heads are off. */
export interface Difference {
  tokens: readonly TokenText[];
  predictions: Predictions;
}

interface Drawn {
  tokens: readonly TokenText[];
  paint: TokenPaint[];
  shares: number[];
}

const DIFFERENCE_TICKS = [-DIFFERENCE_END_BITS, -2, 0, 2, DIFFERENCE_END_BITS].map((bits) => ({
  share: (differenceShare(bits) + 1) / 2,
  text: bits > 0 ? `+${bits}` : `${bits}`.replace('-', '−'),
}));

/** The text in heat, by the quantity that is chosen; or in what differs from it, where there is a difference. */
@customElement('vt-heat-strip')
export class HeatStripElement extends StoreElement {
  @property({ attribute: false }) accessor difference: Difference | undefined;
  /** In place of the store's: such as sums of words on each of their tokens. */
  @property({ attribute: false }) accessor predictions: Predictions | undefined;
  #revealed: number | undefined;
  /** A pointer that moves over thousands of tokens paints nothing anew. */
  readonly #drawn = new Memo<Drawn>();
  readonly #quantityScale = new Memo<QuantityScale>();
  readonly #options = new Memo<Option[]>();

  static override styles = [
    base,
    css`
      /* The strip sticks as long as the view goes on, and not only where this element is. */
      :host { display: contents; }
      vt-choice { margin-bottom: 8px; font-size: 0.85em; }
    `,
  ];

  override render(): TemplateResult {
    const { store, difference } = this;
    const { tokens, paint, shares } = this.#draw();
    const scale = this.#scale();
    return html`<vt-strip>
      <vt-token-text
        slot="text"
        label=${difference ? t('The text, coloured by what changes') : t('The text, coloured by {0}', scale.name)}
        .tokens=${tokens}
        .paint=${paint}
        .selected=${store.state.selected.token}
        .hovered=${store.hovered}
        .describe=${this.#describe}
        @token-hover=${(event: CustomEvent<number | null>) => store.hover(event.detail)}
        @token-select=${(event: CustomEvent<number>) => store.selectToken(event.detail)}
      ></vt-token-text>
      <div slot="legend">
        ${difference ? this.#differenceLegend(shares) : this.#quantityLegend(scale, shares)}
        <vt-chat-legend .tokens=${tokens}></vt-chat-legend>
      </div>
    </vt-strip>`;
  }

  override async updated(): Promise<void> {
    const { token } = this.store.state.selected;
    if (token === this.#revealed) return;
    const text = this.renderRoot.querySelector('vt-token-text');
    await text?.updateComplete;
    const element = token === undefined ? undefined : text?.elementAt(token);
    if (element) this.renderRoot.querySelector('vt-strip')?.reveal(element);
    // It may not be drawn yet: then it is brought into view when it is.
    if (element || token === undefined) this.#revealed = token;
  }

  #quantityLegend({ label, hue, ticks }: QuantityScale, shares: readonly number[]): TemplateResult {
    const choose = ({ detail }: CustomEvent<string>) => {
      this.store.viewState.set('quantity', detail);
      this.requestUpdate();
    };
    return html`<vt-choice
        label=${t('Colour by')}
        .value=${this.#quantity}
        .options=${this.#options.get([this.store.state.model], () => QUANTITIES.map((value) => this.#option(value)))}
        @choose=${choose}
      ></vt-choice>
      <vt-legend
        ?ranks=${this.#quantity !== 'entropy' && this.#predictions?.rankLimit !== 0}
        .rankLimit=${this.#predictions?.rankLimit}
        label=${label}
        .scale=${this.store.theme.heat(hue)}
        .ticks=${ticks}
        .shares=${shares}
      ></vt-legend>`;
  }

  #differenceLegend(shares: readonly number[]): TemplateResult {
    return html`<vt-legend
      diverging
      label=${t('Surprisal, bits less or more')}
      .scale=${this.store.theme.differenceTint}
      .ticks=${DIFFERENCE_TICKS}
      .shares=${shares}
    ></vt-legend>`;
  }

  get #predictions(): Predictions | undefined {
    return this.predictions ?? this.store.predictions;
  }

  get #quantity(): Quantity {
    const saved = this.store.viewState.get('quantity', 'surprisal');
    return QUANTITIES.find((quantity) => quantity === saved && !this.#absenceOf(quantity)) ?? 'surprisal';
  }

  #option(value: Quantity): Option {
    return { value, label: quantityScale(value, 2).name, absence: this.#absenceOf(value) };
  }

  /** Why nothing can be coloured by it. */
  #absenceOf(quantity: Quantity): string | undefined {
    const { model } = this.store.state;
    const absence = model && quantityAbsence(quantity, model);
    return absence && render(absence, t);
  }

  #scale(): QuantityScale {
    const vocabulary = this.store.state.model?.vocabSize ?? 2 ** 16;
    const predictions = this.#predictions;
    const { rankLimit, isEntropyBound } = predictions ?? {};
    return this.#quantityScale.get([this.#quantity, vocabulary, rankLimit, isEntropyBound], () =>
      quantityScale(this.#quantity, vocabulary, predictions),
    );
  }

  #draw(): Drawn {
    const { theme, subject, state } = this.store;
    const key = [
      this.#predictions,
      theme.heat('warm'),
      subject,
      this.#quantity,
      this.difference,
      state.model?.vocabSize,
    ];
    return this.#drawn.get(key, () => {
      const tokens = this.difference?.tokens ?? subjectTokens(subject);
      const values = tokens.map((_, position) => this.#shareAt(position));
      const paint = tokens.map(({ isShown }, position) => (isShown ? this.#paint(values, position) : {}));
      const shown = values.filter((_, position) => tokens[position]?.isShown);
      return { tokens, paint, shares: this.difference ? shown.map((share) => (share + 1) / 2) : shown };
    });
  }

  #paint(shares: readonly number[], position: number): TokenPaint {
    const { theme } = this.store;
    const predictions = this.difference?.predictions ?? this.#predictions;
    const share = shares[position] ?? Number.NaN;
    if (Number.isNaN(share)) return {};
    const scale = this.difference ? theme.differenceTint : theme.heat(this.#scale().hue);
    const hasRank = !this.difference && this.#quantity !== 'entropy';
    return {
      background: cssColour(scale(share)),
      rankClass: hasRank && predictions ? rankLineOf(predictions, position) : undefined,
    };
  }

  /** −1 to 1 of a difference, 0 to 1 of a quantity; NaN where there is nothing to say. */
  #shareAt(position: number): number {
    const predictions = this.#predictions;
    if (!predictions) return Number.NaN;
    if (!this.difference) return this.#scale().share(predictions, position);
    return differenceShare(bitsMore(predictions, this.difference.predictions, position));
  }

  readonly #describe = (position: number): string => {
    const predictions = this.#predictions;
    if (!predictions || Number.isNaN(predictions.logprob[position] ?? Number.NaN)) return t('no prediction');
    if (!this.difference) return this.#scale().text(predictions, position);
    const bits = bitsMore(predictions, this.difference.predictions, position);
    return t('surprisal {0}', `${bits > 0 ? '+' : ''}${formatBits(bits)}`);
  };
}

function bitsMore(before: Predictions, after: Predictions, position: number): number {
  return bitsOf(after.logprob[position] ?? Number.NaN) - bitsOf(before.logprob[position] ?? Number.NaN);
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-heat-strip': HeatStripElement;
  }
}

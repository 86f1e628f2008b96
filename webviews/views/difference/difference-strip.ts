import { type CSSResultGroup, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { cssColour } from '../../../src/display/colour-scale';
import { KL_STEPS, LOG_RATIO_TICKS, lineWeightOf, logRatioShare } from '../../../src/display/difference-scale';
import { formatNats, formatNatsChange, formatSigned, spokenDigits } from '../../../src/display/numbers';
import { Memo } from '../../kit/memo';
import '../../kit/legend';
import { PaintedTextElement } from '../../kit/painted-text';
import '../../kit/term';
import type { TokenPaint } from '../../kit/token-text';
import { t } from '../../l10n';
import type { Compared } from './compared';

/** The text, tinted by what differs, with the line under each that says how far the distributions are apart. */
@customElement('vt-difference-strip')
export class DifferenceStripElement extends PaintedTextElement {
  @property({ attribute: false }) accessor compared!: Compared;
  /** A pointer that moves over thousands of tokens paints nothing anew. */
  readonly #paint = new Memo<TokenPaint[]>();
  readonly #legend = new Memo<TemplateResult>();

  static override styles: CSSResultGroup = [
    PaintedTextElement.styles,
    css`
      .lines { display: flex; flex-wrap: wrap; gap: 0 10px; margin-top: 4px; font-size: 0.85em; color: var(--dim); }
      .lines span { white-space: nowrap; }
      i { display: inline-block; width: 16px; vertical-align: middle; margin-inline-end: 4px; border-bottom: 2px solid currentcolor; }
      .dotted { border-bottom-style: dotted; }
      .dashed { border-bottom-style: dashed; }
    `,
  ];

  override render(): TemplateResult {
    const { compared, store } = this;
    const scale = store.theme.differenceTint;
    const paint = this.#paint.get([compared, scale], () =>
      Array.from(compared.subject.read?.ids ?? [], (_, position) => this.#paintOf(position)),
    );
    const legend = this.#legend.get([compared, scale], () => this.#legendOf());
    return this.strip(t('The text, coloured by what differs'), paint, this.#describe, legend);
  }

  #paintOf(position: number): TokenPaint {
    const { compared, store } = this;
    const index = compared.indexOf(position);
    if (index === undefined) return {};
    return {
      background: cssColour(store.theme.differenceTint(-logRatioShare(compared.logRatio(index)))),
      lineWeight: lineWeightOf(compared.kl(index)),
    };
  }

  #legendOf(): TemplateResult {
    const { compared, store } = this;
    const { differenceTint } = store.theme;
    return html`<vt-legend
        diverging
        label=${t('ln(p B ÷ p A), nats: below 0 less probable to B')}
        .scale=${(share: number) => differenceTint(-share)}
        .ticks=${LOG_RATIO_TICKS.map((nats) => ({ share: (logRatioShare(nats) + 1) / 2, text: formatSigned(nats).replace(/\D0$/, '') }))}
        .shares=${compared.shown.map((index) => (logRatioShare(compared.logRatio(index)) + 1) / 2)}
      ></vt-legend>
      ${compared.hasDivergence ? lines() : nothing}
      ${compared.text.sameVocabulary ? nothing : html`<div class="note">${t('One tint for each part that both vocabularies cut off at the same characters.')}</div>`}`;
  }

  readonly #describe = (position: number): string => {
    const index = this.compared.indexOf(position);
    if (index === undefined) return t('no prediction');
    const moved = formatNatsChange(this.compared.logRatio(index));
    return this.compared.hasDivergence ? `${moved}, KL ${formatNats(this.compared.kl(index))}` : moved;
  };
}

function lines(): TemplateResult {
  const [dotted, dashed, solid] = KL_STEPS.map((step) => spokenDigits(`${step}`));
  return html`<div class="lines">
    <span><vt-term name="kl">KL(A‖B)</vt-term>, ${t('nats, from')}</span>
    <span class="number"><i class="dotted"></i>${dotted}</span><span class="number"><i class="dashed"></i>${dashed}</span><span class="number"><i></i>${solid}</span>
  </div>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-difference-strip': DifferenceStripElement;
  }
}

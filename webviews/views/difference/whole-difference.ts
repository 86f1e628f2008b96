import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { charactersOf } from '../../../src/comparison/differences-at';
import { formatBits, formatCount, formatNats, formatNatsChange } from '../../../src/display/numbers';
import { bitsOf } from '../../../src/display/scales';
import { Memo } from '../../kit/memo';
import { base } from '../../kit/styles';
import '../../kit/term';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import { type Compared, type DifferenceSums, sumsOf } from './compared';

/** What the whole text that is shown comes to. */
@customElement('vt-whole-difference')
export class WholeDifferenceElement extends StoreElement {
  @property({ attribute: false }) accessor compared!: Compared;
  readonly #sums = new Memo<DifferenceSums>();

  static override styles = [
    base,
    css`
      dl { display: flex; flex-wrap: wrap; gap: 8px 32px; margin: 0; }
      dt { color: var(--dim); }
      dd { margin: 0; font-size: 1.3em; }
      small { color: var(--dim); font-size: 0.75em; }
      p { margin-top: 8px; }
    `,
  ];

  override render(): TemplateResult {
    const { compared } = this;
    const sums = this.#sums.get([compared], () => sumsOf(compared, compared.shown));
    return compared.text.sameVocabulary ? this.#pairs(sums) : this.#spans();
  }

  #pairs({ count, logRatio, meanKl, flips }: DifferenceSums): TemplateResult {
    return html`<dl class="number">
      <div title=${logRatio}><dt><vt-term name="logRatio">Σ ln(p<sub>B</sub> ÷ p<sub>A</sub>)</vt-term></dt>
        <dd>${formatNatsChange(logRatio)} <small>${t('{0} a token', formatNatsChange(logRatio / count))}</small></dd></div>
      ${
        this.compared.hasDivergence
          ? html`<div title=${meanKl}><dt><vt-term name="kl">${t('mean KL(A‖B)')}</vt-term></dt><dd>${formatNats(meanKl)}</dd></div>`
          : html`<div><dt><vt-term name="kl">${t('mean KL(A‖B)')}</vt-term></dt><dd class="dim">${t('not known')}</dd></div>`
      }
      ${
        this.compared.hasGuesses
          ? html`<div><dt><vt-term name="flip">${t('the first guess flips')}</vt-term></dt><dd>${formatCount(flips)} <small>${count === 1 ? t('of 1 token') : t('of {0} tokens', formatCount(count))}</small></dd></div>`
          : nothing
      }
    </dl>`;
  }

  #spans(): TemplateResult {
    const { text, spans } = this.compared.text;
    const shown = this.compared.shown.flatMap((index) => spans[index] ?? []);
    const characters = shown.reduce((sum, span) => sum + charactersOf(text, span), 0);
    const of = (letter: 'A' | 'B', logprob: 'logprobA' | 'logprobB', tokens: 'tokensA' | 'tokensB') => {
      const bits = bitsOf(shown.reduce((sum, span) => sum + span[logprob], 0));
      const count = shown.reduce((sum, span) => sum + span[tokens], 0);
      return html`<div title=${bits / characters}><dt><vt-term name="bitsPerCharacter">${t('{0}, bits a character', letter)}</vt-term></dt>
        <dd>${formatBits(bits / characters)} <small>${t('{0} in {1} tokens', formatBits(bits), formatCount(count))}</small></dd></div>`;
    };
    return html`<dl class="number">${of('A', 'logprobA', 'tokensA')}${of('B', 'logprobB', 'tokensB')}</dl>
      <p>${t('The two have different vocabularies. No token of one stands for a token of the other, so what is compared is whole parts of the text, cut where both cut; and KL is not defined: it needs the same list of tokens on both sides.')}</p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-whole-difference': WholeDifferenceElement;
  }
}

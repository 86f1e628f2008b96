import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { NEAR_THAT_FILE, roundingNote } from '../../../../src/display/approximation';
import { formatCount, formatNats, formatProbability } from '../../../../src/display/numbers';
import { render } from '../../../../src/display/sentences';
import type { Difference } from '../../../../src/shared/engine-api';
import type { ComparisonState } from '../../../../src/shared/inspector-api';
import { base } from '../../../kit/styles';
import '../../../kit/term';
import { button } from '../../../kit/toolkit';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import type { Compared } from '../../difference/compared';
import '../../difference/first-guesses';
import '../../difference/moved-tokens';
import '../../difference/whole-difference';

/** What rounding changes in the text. */
@customElement('vt-form-change')
export class FormChangeElement extends StoreElement {
  @property({ attribute: false }) accessor comparison!: ComparisonState;
  @property({ attribute: false }) accessor compared!: Compared;
  /** Of the form. */
  @property() accessor form = '';

  static override styles = [
    base,
    css`
      .parts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 320px), 1fr)); gap: 16px 32px; margin: 16px 0; }
      p { max-width: 96ch; margin: 8px 0; }
    `,
  ];

  override render(): TemplateResult {
    const { store, compared, comparison } = this;
    const names = { a: t('the model in use'), b: t('the one in {0}', this.form) };
    return html`<h2>${t('{0} on this text', this.form)}</h2>
      <p class="dim">${t('A is the model in use, B is the same model with its weights in {0}.', this.form)}</p>
      <vt-whole-difference .store=${store} .compared=${compared}></vt-whole-difference>
      ${this.#rounding()}
      <div class="parts">
        ${compared.text.sameVocabulary ? html`<vt-first-guesses .store=${store} .compared=${compared} .names=${names}></vt-first-guesses>` : nothing}
        <vt-moved-tokens .store=${store} .compared=${compared} .comparison=${comparison} .names=${names}></vt-moved-tokens>
      </div>
      ${button(t('Look at it in Compare'), () => store.show('difference'))}`;
  }

  /** What B was rounded from, and how far it is on a sample. */
  #rounding(): TemplateResult | typeof nothing {
    const approximation = this.comparison.b.model?.approximation;
    if (!approximation) return nothing;
    const { measured } = approximation;
    const near =
      approximation.madeOf === undefined
        ? nothing
        : html` <vt-term name="roundedAnew">${render(NEAR_THAT_FILE, t)}</vt-term>.`;
    return html`<p class="dim">${render(roundingNote('B', approximation), t)}${near}${measured ? html` ${sampleText(measured)}` : nothing}</p>`;
  }
}

const sampleText = ({ tokens, meanKl, changedFirstGuesses }: Difference): string =>
  t(
    'On {0} tokens of English, Spanish and code the mean KL is {1}, and {2} of the first guesses change.',
    formatCount(tokens),
    formatNats(meanKl),
    formatProbability(changedFirstGuesses),
  );

declare global {
  interface HTMLElementTagNameMap {
    'vt-form-change': FormChangeElement;
  }
}

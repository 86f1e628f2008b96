import { css, html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { DEFAULT_BETA } from '../../../src/comparison/rewards';
import { formatCount, formatNatsChange, formatSigned, spokenDigits } from '../../../src/display/numbers';
import { base } from '../../kit/styles';
import '../../kit/term';
import { textField } from '../../kit/toolkit';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import { type Compared, sumsOf } from './compared';

/** β Σ ln(p_B / p_A) of an answer, where B was trained on people's preferences with A as its reference. */
@customElement('vt-implicit-reward')
export class ImplicitRewardElement extends StoreElement {
  @property({ attribute: false }) accessor compared!: Compared;
  /** The word that says how B was trained: `DPO`. */
  @property() accessor training = '';
  @state() private accessor typed = spokenDigits(`${DEFAULT_BETA}`);

  static override styles = [
    base,
    css`
      .row { display: flex; flex-wrap: wrap; align-items: end; gap: 8px 16px; }
      strong { font-size: 1.3em; font-weight: 400; }
      p { margin-top: 4px; }
    `,
  ];

  override render(): TemplateResult {
    const { compared } = this;
    const indices = this.#indices();
    const { logRatio } = sumsOf(compared, indices);
    const beta = Number(this.typed.replace(',', '.'));
    const isKnown = beta > 0 && Number.isFinite(beta);
    return html`<h2><vt-term name="implicitReward">${t('Implicit reward')}</vt-term><small>${t('B was trained with {0}', this.training)}</small></h2>
      <div class="row number">
        ${textField(
          {
            label: 'β',
            value: this.typed,
            typed: (text) => {
              this.typed = text;
            },
          },
          6,
        )}
        <span><strong>${isKnown ? formatSigned(beta * logRatio) : '–'}</strong> = β × ${formatNatsChange(logRatio)}</span>
      </div>
      <p class="dim">${this.#over(indices.length)}</p>`;
  }

  /** What is summed. */
  #over(count: number): string {
    const { subject, text } = this.compared;
    const parts = text.sameVocabulary ? t('{0} tokens', formatCount(count)) : t('{0} parts', formatCount(count));
    return subject.chat
      ? t('Over the {0} that training scores: what the assistant says.', parts)
      : t('Over the {0} that are shown: it means something only where they are one answer.', parts);
  }

  #indices(): readonly number[] {
    const { compared } = this;
    if (!compared.subject.chat) return compared.shown;
    return compared.shown.filter((index) => compared.chatOf(index)?.isScored);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-implicit-reward': ImplicitRewardElement;
  }
}

import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatSi } from '../../../../src/display/format-si';
import type { ModelAnatomy } from '../../../../src/shared/anatomy-api';
import '../../../kit/slider';
import { logStops } from '../../../kit/slider';
import { base } from '../../../kit/styles';
import { button, textField } from '../../../kit/toolkit';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import { chooseTraining, chosenTraining, ownTraining, type TrainingChoice, trainingChoice } from './chosen-training';
import { SIZES, TOKENS } from './loss-plot';
import { tokensText } from './training';
import { typedTokens } from './typed-tokens';

const STEPS_A_DECADE = 10;

/** A size and what it reads, moved by hand; and on how many tokens the model itself was trained. Event: `change` when something was chosen. */
@customElement('vt-training-controls')
export class TrainingControlsElement extends StoreElement {
  @property({ attribute: false }) accessor anatomy!: ModelAnatomy;

  static override styles = [base, css`:host { display: grid; gap: 12px; align-content: start; }`];

  override render(): TemplateResult {
    const { store, anatomy } = this;
    const own = ownTraining(store, anatomy);
    const { parameters, tokens } = chosenTraining(store, anatomy);
    const choice = trainingChoice(store);
    const isOwn = choice.parameters === 0 && choice.tokens === 0;
    return html`<vt-slider
        label=${t('Weights')}
        .stops=${logStops(SIZES.from, SIZES.to, STEPS_A_DECADE, own.parameters)}
        .value=${parameters}
        .format=${(value: number) => formatSi(value)}
        @slide=${({ detail }: CustomEvent<number>) => this.#choose({ parameters: detail === own.parameters ? 0 : detail })}
      ></vt-slider>
      <vt-slider
        label=${t('Tokens read')}
        .stops=${logStops(TOKENS.from, TOKENS.to, STEPS_A_DECADE, own.tokens)}
        .value=${tokens}
        .format=${(value: number) => formatSi(value)}
        @slide=${({ detail }: CustomEvent<number>) => this.#choose({ tokens: detail === own.tokens ? 0 : detail })}
      ></vt-slider>
      ${
        isOwn
          ? nothing
          : html`<div>${button(t('Back to this model: {0} weights', formatSi(own.parameters)), () => this.#choose({ parameters: 0, tokens: 0 }))}</div>`
      }
      <p class="dim" role="status">${this.#source(choice.typed)}</p>
      ${textField(
        {
          label: t('Tokens that it was trained on'),
          value: choice.typed,
          placeholder: '300 B',
          typed: (typed) => this.#choose({ typed }),
        },
        12,
      )}`;
  }

  /** Where the model's own tokens are from. */
  #source(text: string): string {
    const { trainingTokens } = this.anatomy;
    const typed = typedTokens(text);
    if (typed !== undefined) return t('The model’s own tokens are what you typed: {0}.', formatSi(typed));
    if (text.trim() !== '')
      return t('“{0}” is not read as a number of tokens. Write it in digits, or as 300 B or 2 T.', text);
    if (trainingTokens) {
      const { count, source } = trainingTokens;
      return t('The model read {0} before it was tuned, says the model card of {1}.', tokensText(count), source);
    }
    return t(
      'Nothing says on how many tokens the model was trained: until you type the number, what the refit finds best for its size stands here.',
    );
  }

  #choose(changed: Partial<TrainingChoice>): void {
    chooseTraining(this.store, changed);
    this.requestUpdate();
    this.dispatchEvent(new CustomEvent('change'));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-training-controls': TrainingControlsElement;
  }
}

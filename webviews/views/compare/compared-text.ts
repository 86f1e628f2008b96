import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { cssColour } from '../../../src/display/colour-scale';
import { formatDecimal, formatPerplexity } from '../../../src/display/numbers';
import { bitsOf, surprisalShare } from '../../../src/display/scales';
import { rankLineOf } from '../../kit/rank-line';
import { base } from '../../kit/styles';
import '../../kit/term';
import '../../kit/token-text';
import { tokensBefore } from '../../kit/subject-tokens';
import type { TokenPaint } from '../../kit/token-text';
import { textArea } from '../../kit/toolkit';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import { isPredicted, letterOf, logprobText, type PredictedText } from './predicted-text';

/** One of the texts that are compared, to be written, and below it in heat with its sums. Event: `text-change` with the text. */
@customElement('vt-compared-text')
export class ComparedTextElement extends StoreElement {
  @property() accessor text = '';
  @property({ type: Number }) accessor index = 0;
  @property({ attribute: false }) accessor read: PredictedText | undefined;
  /** The first token that another text does not have too. */
  @property({ attribute: false }) accessor parting: number | undefined;

  static override styles = [
    base,
    css`
      :host { min-width: 0; }
      .text-area { width: 100%; }
      vt-token-text { margin: 4px 0; }
      dl { display: flex; flex-wrap: wrap; gap: 0 16px; margin: 0; }
      dl div { display: flex; gap: 6px; }
      dt { color: var(--dim); }
      dd { margin: 0; }
    `,
  ];

  override render(): TemplateResult {
    const label = t('Text {0}', letterOf(this.index));
    const typed = (text: string) => this.dispatchEvent(new CustomEvent('text-change', { detail: text }));
    return html`${textArea({ label, value: this.text, isReadonly: !this.store.isLive, typed }, 2)}${this.read ? this.#shown(this.read) : nothing}`;
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('.text-area')?.focus();
  }

  #shown(read: PredictedText): TemplateResult {
    const { perplexity, bitsPerCharacter } = read.sums;
    return html`
      <vt-token-text
        label=${t('Text {0}, coloured by surprisal', letterOf(this.index))}
        .tokens=${read.tokens}
        .paint=${this.#paint(read)}
        .selected=${this.parting}
      ></vt-token-text>
      <dl class="number">
        <div><dt><vt-term name="logprob">${t('log-probability')}</vt-term></dt><dd>${logprobText(read)}</dd></div>
        ${perplexity === undefined ? nothing : html`<div><dt><vt-term name="perplexity">${t('perplexity')}</vt-term></dt><dd>${formatPerplexity(perplexity)}</dd></div>`}
        ${bitsPerCharacter === undefined ? nothing : html`<div><dt><vt-term name="bitsPerCharacter">${t('bits a character')}</vt-term></dt><dd>${formatDecimal(bitsPerCharacter)}</dd></div>`}
        <div><dt>${t('tokens')}</dt><dd>${read.ids.length - tokensBefore(read.tokens)}</dd></div>
      </dl>
      ${isPredicted(read) ? nothing : html`<p class="dim">${t('One token alone: nothing stands before it, so nothing predicts it.')}</p>`}
    `;
  }

  #paint({ predictions }: PredictedText): TokenPaint[] {
    const scale = this.store.theme.heat('warm');
    return Array.from(predictions.logprob, (logprob, i) => {
      if (Number.isNaN(logprob)) return {};
      return {
        background: cssColour(scale(surprisalShare(bitsOf(logprob)))),
        rankClass: rankLineOf(predictions, i),
      };
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-compared-text': ComparedTextElement;
  }
}

import '../../../kit/choice';
import './beta-control';
import { css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../../../kit/styles';
import { button, textArea } from '../../../kit/toolkit';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import type { PairChoice } from './pair-choice';

/** A prompt and two answers to be written, and how they are read. Events: `pair-change` with what changed, `pair-example`. */
@customElement('vt-pair-fields')
export class PairFieldsElement extends StoreElement {
  @property({ attribute: false }) accessor choice!: PairChoice;
  /** What the two models are called. */
  @property({ attribute: false }) accessor names = { a: '', b: '' };

  static override styles = [
    base,
    css`
      :host { container-type: inline-size; }
      .texts { display: grid; gap: 8px 24px; }
      @container (min-width: 600px) {
        .texts { grid-template-columns: repeat(2, minmax(0, 1fr)); }
      }
      .prompt { grid-column: 1 / -1; }
      .text-area { width: 100%; }
      .bar { display: flex; flex-wrap: wrap; align-items: end; gap: 8px 16px; margin-top: 8px; }
      .named { display: grid; gap: 2px; min-width: 0; }
    `,
  ];

  override render(): TemplateResult {
    const { choice, names } = this;
    const how = [
      { value: 'chat', label: t('As a chat'), title: t("The prompt goes through each model's own template.") },
      { value: 'plain', label: t('As plain text'), title: t('The answer stands right behind the prompt.') },
    ];
    const trained = [
      { value: 'b', label: names.b },
      { value: 'a', label: names.a },
    ];
    return html`<div class="texts">
        <div class="prompt">${this.#field('prompt', t('Prompt'))}</div>
        ${this.#field('chosen', t('Chosen answer'))}${this.#field('rejected', t('Rejected answer'))}
      </div>
      <div class="bar">
        <div class="named"><span class="dim">${t('Read')}</span><vt-choice
          label=${t('Read')}
          .options=${how}
          .value=${choice.isChat ? 'chat' : 'plain'}
          @choose=${({ detail }: CustomEvent<string>) => this.#tell({ isChat: detail === 'chat' })}
        ></vt-choice></div>
        <div class="named"><span class="dim">${t('The trained model, π')}</span><vt-choice
          label=${t('The trained model, π')}
          .options=${trained}
          .value=${choice.trained}
          @choose=${({ detail }: CustomEvent<string>) => this.#tell({ trained: detail === 'a' ? 'a' : 'b' })}
        ></vt-choice></div>
        <vt-beta-control
          .store=${this.store}
          .beta=${choice.beta}
          @beta-change=${({ detail }: CustomEvent<number>) => this.#tell({ beta: detail })}
        ></vt-beta-control>
        ${button(t('Back to the example'), () => this.dispatchEvent(new CustomEvent('pair-example')))}
      </div>`;
  }

  #field(name: 'prompt' | 'chosen' | 'rejected', label: string): TemplateResult {
    const typed = (text: string) => this.#tell({ [name]: text });
    return textArea({ label, value: this.choice[name], typed }, 2);
  }

  #tell(changed: Partial<PairChoice>): void {
    this.dispatchEvent(new CustomEvent('pair-change', { detail: changed }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-pair-fields': PairFieldsElement;
  }
}

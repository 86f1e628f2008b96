import { Task } from '@lit/task';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { visibleText } from '../../../../src/display/glyphs';
import { MODEL_VOCABULARY } from '../../../../src/display/names';
import '../../../kit/checkbox';
import '../../../kit/choice';
import { base } from '../../../kit/styles';
import '../../../kit/term';
import { textField } from '../../../kit/toolkit';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';

/** What is done to each part: hidden, or every token of it made another one. */
export type How = { kind: 'hide' } | { kind: 'replace'; id: number; label: string };

/** A pause in typing after which what is typed is taken. */
const REST_MS = 350;
/** In place of anything, until somebody types another. */
const FIRST_WORD = 'the';

/** Chooses what is done to each part of the text. Event: `how` with it, or null while what is typed is no single token. */
@customElement('vt-how-choice')
export class HowChoiceElement extends StoreElement {
  @property({ attribute: false }) accessor how: How | undefined;
  #kind: How['kind'] = 'hide';
  #word = FIRST_WORD;
  #isSpaced = true;
  #rest: ReturnType<typeof setTimeout> | undefined;

  static override styles = [
    base,
    css`
      .text-field::part(label) { display: none; }
      :host, .line { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; }
      p { color: var(--dim); }
    `,
  ];

  /** How many tokens what is typed is. */
  #tokens = new Task(this, {
    args: () => [this.#kind, this.#kind === 'replace' ? `${this.#isSpaced ? ' ' : ''}${this.#word}` : ''] as const,
    task: async ([kind, text]) => {
      if (kind === 'hide') return this.#tell({ kind: 'hide' });
      const { ids } = await this.store.host.tokenize({ vocabulary: MODEL_VOCABULARY, text });
      const [id] = ids;
      this.#tell(ids.length === 1 && id !== undefined ? { kind: 'replace', id, label: visibleText(text) } : null);
      return ids.length;
    },
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#rest);
  }

  override render(): TemplateResult {
    return html`<div class="line no-picture">
        <vt-choice
          label=${t('What is done to each part')}
          .value=${this.#kind}
          .options=${[{ value: 'hide', label: t('hidden') }, { value: 'replace', label: t('replaced') }]}
          @choose=${({ detail }: CustomEvent<How['kind']>) => {
            this.#kind = detail;
            this.requestUpdate();
          }}
        ></vt-choice>
        ${this.#kind === 'replace' ? this.#field() : nothing}
      </div>
      <p>${this.#meaning()}</p>`;
  }

  #field(): TemplateResult {
    return html`${textField({ label: t('By the token'), value: this.#word, typed: this.#typed }, 10)}
      <vt-checkbox
        .checked=${this.#isSpaced}
        @change=${({ detail }: CustomEvent<boolean>) => {
          this.#isSpaced = detail;
          this.requestUpdate();
        }}
        >${t('a space before it')}</vt-checkbox
      >`;
  }

  #meaning(): TemplateResult | string {
    if (this.how?.kind === 'hide' || this.#kind === 'hide')
      return html`<vt-term name="knockOut">${t('Hidden')}</vt-term> ${t('from later tokens, in every layer; positions unchanged.')}`;
    if (this.how) return t('Each token of a part becomes {0}, and the model reads the text anew.', this.how.label);
    if (this.#tokens.value === undefined) return t('Computing …');
    return t('That is {0} tokens; type a word that is one.', this.#tokens.value);
  }

  readonly #typed = (text: string): void => {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      this.#word = text;
      this.requestUpdate();
    }, REST_MS);
  };

  #tell(how: How | null): undefined {
    this.dispatchEvent(new CustomEvent('how', { detail: how }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-how-choice': HowChoiceElement;
  }
}

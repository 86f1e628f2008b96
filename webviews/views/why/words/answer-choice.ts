import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { base } from '../../../kit/styles';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import { type Answer, answerOfText, countOf } from './answer';
import { shortened } from './spoken';

/**
 * What is to be explained, and how another is chosen.
 *
 * Events: `answer` with another, or null for the token that is asked about; `choosing` with whether the next tokens that are clicked are its ends.
 */
@customElement('vt-answer-choice')
export class AnswerChoiceElement extends StoreElement {
  /** What the answer says. */
  @property() accessor label = '';
  /** Whether it is another than the token that is asked about. */
  @property({ type: Boolean }) accessor chosen = false;
  /** While its ends are chosen: how many of them are. */
  @property({ attribute: false }) accessor ends: number | undefined;
  @state() private accessor note = '';

  static override styles = [
    base,
    css`
      .line { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; }
      .answer { max-width: 48ch; padding: 0 6px; border: 1px solid var(--accent); }
      .note { margin-top: 4px; }
      button { padding: 0; font: inherit; color: var(--vscode-textLink-foreground); background: none; border: 0; cursor: pointer; }
      button:hover { text-decoration: underline; }
    `,
  ];

  override render(): TemplateResult {
    return html`<div class="line">
        <span>${t('Answer')}</span> <span class="answer mono one-line" title=${this.label}>${shortened(this.label, 48) || this.label}</span>
        <span class="line no-picture">${this.ends === undefined ? this.#offers() : this.#choosing(this.ends)}</span>
      </div>
      ${this.note ? html`<p class="note" role="status">${this.note}</p>` : nothing}`;
  }

  #offers(): TemplateResult {
    return html`<button @click=${() => this.#tell('choosing', true)}>${t('choose it in the text')}</button>
      <span class="dim">·</span> <button @click=${() => this.#takeSelection()}>${t('take the editor’s selection')}</button>
      ${this.chosen ? html`<span class="dim">·</span> <button @click=${() => this.#tell('answer', null)}>${t('the asked token again')}</button>` : nothing}`;
  }

  #choosing(ends: number): TemplateResult {
    const what = ends === 0 ? t('Click the first token of the answer.') : t('Now click its last token.');
    return html`<strong role="status">${what}</strong> <button @click=${() => this.#tell('choosing', false)}>${t('Cancel')}</button>`;
  }

  async #takeSelection(): Promise<void> {
    const { host, subject } = this.store;
    const selection = (await host.selections()).find((text) => text !== '') ?? '';
    const answer = subject && answerOfText(subject, selection);
    if (!answer) {
      this.note = t(
        'What is selected in the editor is not in the text that is inspected, or begins with it. Select the answer there.',
      );
      return;
    }
    const count = countOf(subject.text, selection);
    this.note = count > 1 ? t('The selected text stands here {0} times: the last is taken.', count) : '';
    this.#tell('answer', answer);
  }

  #tell(type: 'answer' | 'choosing', detail: Answer | null | boolean): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-answer-choice': AnswerChoiceElement;
  }
}

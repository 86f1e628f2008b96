import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { LessonQuestion } from '../../src/shared/lesson-api';
import { base } from '../kit/styles';
import { button } from '../kit/toolkit';
import { t } from '../l10n';

type Asked = Extract<LessonQuestion, { kind: 'asked' }>;

/** The question of a step, its choices, and what is said of the one that was chosen. Events: `choose` with its place, `again`. */
@customElement('vt-question')
export class QuestionElement extends LitElement {
  @property({ attribute: false }) accessor question!: LessonQuestion;
  @property({ attribute: false }) accessor isAnswered = false;

  static override styles = [
    base,
    css`
      #asked { margin-bottom: 8px; }
      .choices { display: flex; flex-direction: column; gap: 4px; }
      button { padding: 4px 8px; font: inherit; color: inherit; text-align: start; background: none; border: 1px solid var(--line); cursor: pointer; overflow-wrap: anywhere; white-space: pre-wrap; }
      button:hover { background: var(--vscode-list-hoverBackground); }
      button[aria-pressed='true'] { border-color: var(--accent); outline: 1px solid var(--accent); outline-offset: -2px; }
      button:focus-visible { outline: 1px solid var(--accent); outline-offset: 1px; }
      .done { margin-inline-start: 8px; color: var(--dim); font-weight: 400; }
      [role='status'] { margin-top: 8px; scroll-margin-bottom: var(--nav-height); }
      [role='status']:empty { margin: 0; }
    `,
  ];

  override render(): TemplateResult {
    return html`<h2>${t('Question')}${this.isAnswered ? html`<span class="done">✓ ${t('answered')}</span>` : nothing}</h2>
      ${this.#content()}`;
  }

  #content(): TemplateResult {
    const { question } = this;
    switch (question.kind) {
      case 'computing':
        return html`<p class="dim" role="status">${t('Asking the model …')}</p>`;
      case 'failed':
        return html`<p role="alert">${question.message}</p>${button(t('Try Again'), () => this.dispatchEvent(new CustomEvent('again')))}`;
      case 'asked':
        return this.#asked(question);
    }
  }

  #asked({ text, choices, answer }: Asked): TemplateResult {
    const says = answer && `${answer.isRight ? t('Right.') : t('Not this one.')} ${answer.says}`;
    return html`<p id="asked">${text}</p>
      <div class="choices" role="group" aria-labelledby="asked">
        ${choices.map((choice, i) => html`<button aria-pressed=${answer?.choice === i} @click=${() => this.#choose(i)}>${choice}</button>`)}
      </div>
      <p role="status">${says}</p>`;
  }

  #choose(choice: number): void {
    this.dispatchEvent(new CustomEvent('choose', { detail: choice }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-question': QuestionElement;
  }
}

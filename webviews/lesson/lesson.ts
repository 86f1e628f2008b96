import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { messageOf } from '../../src/shared/errors';
import type { LessonHost, LessonState } from '../../src/shared/lesson-api';
import { base } from '../kit/styles';
import { button } from '../kit/toolkit';
import { t } from '../l10n';
import './question';
import './step-row';

/** The lesson beside the product: a step with its sentence, what is to be done, and the question. */
@customElement('vt-lesson')
export class LessonElement extends LitElement {
  @property({ attribute: false }) accessor host!: LessonHost;
  @property({ attribute: false }) accessor state!: LessonState;
  /** What went wrong with what was asked last. */
  @state() accessor problem = '';

  static override styles = [
    base,
    css`
      :host { min-height: 100vh; background: var(--vscode-sideBar-background); color: var(--vscode-sideBar-foreground, var(--vscode-foreground)); }
      main { display: flex; flex-direction: column; gap: 16px; padding: 12px 16px 16px; max-width: 64ch; }
      h1 { margin: 4px 0 0; font-size: 1.3em; font-weight: 600; line-height: 1.3; outline-offset: 2px; }
      h2 { margin-bottom: 4px; }
      .notice { padding: 8px; border: 1px solid var(--line); }
      .notice p { margin-bottom: 8px; }
      .task p { margin-bottom: 8px; }
      .done { margin-inline-start: 8px; color: var(--dim); font-weight: 400; }
      nav { position: sticky; bottom: 0; margin-inline: -16px; padding: 8px 16px; background: var(--vscode-sideBar-background); }
      main > p { margin: 0; scroll-margin-bottom: var(--nav-height); }
      [role='status'] { flex: 1 1 100%; }
      [role='status']:empty { display: none; }
      nav, footer { display: flex; flex-wrap: wrap; gap: 8px; }
      footer { padding-top: 12px; border-top: 1px solid var(--line); }
    `,
  ];

  /** Another step begins at its title, also for who only hears it. */
  override updated(changed: PropertyValues<this>): void {
    const before = changed.get('state');
    if (!before) return;
    if (before.current === this.state.current) {
      if (answerOf(before) !== answerOf(this.state)) void this.#showSaid();
      return;
    }
    window.scrollTo(0, 0);
    this.renderRoot.querySelector('h1')?.focus({ preventScroll: true });
  }

  override render(): TemplateResult {
    const { host } = this;
    const { steps, current, sentence, task, question, notice } = this.state;
    const step = steps[current];
    const isStepThrough = Boolean(step?.isDone && step.isAnswered);
    const isLast = current === steps.length - 1;
    const isThrough = steps.every(({ isDone, isAnswered }) => isDone && isAnswered);
    return html`<main aria-label=${t('Lesson')}>
      ${notice ? html`<div class="notice"><p>${notice.text}</p>${button(notice.button, () => this.#ask(host.acceptNotice()))}</div>` : nothing}
      <div>
        <vt-step-row .steps=${steps} .current=${current} @choose=${(event: CustomEvent<number>) => this.#show(event.detail)}></vt-step-row>
        <small class="dim number">${t('Step {0} of {1}', current + 1, steps.length)}</small>
        <h1 tabindex="-1">${step?.title}</h1>
      </div>
      <p>${sentence}</p>
      <section class="task" aria-labelledby="task">
        <h2 id="task">${t('To do')}${step?.isDone ? html`<span class="done">✓ ${t('done')}</span>` : nothing}</h2>
        <p>${task.text}</p>
        ${button(task.button, () => this.#ask(host.doTask()), { isPrimary: !task.isSeen && !isStepThrough })}
        ${task.failure === undefined ? nothing : html`<p role="alert">${task.failure}</p>`}
      </section>
      <vt-question
        .question=${question}
        .isAnswered=${step?.isAnswered ?? false}
        @choose=${(event: CustomEvent<number>) => this.#ask(host.answer({ choice: event.detail }))}
        @again=${() => this.#ask(host.askAgain())}
      ></vt-question>
      <p id="end" role="status">${isThrough ? t('You have been through all of it. The documentation says more, and every view takes your own texts.') : nothing}</p>
      <nav aria-label=${t('Steps')}>
        <div role="status">${this.problem}</div>
        ${button(t('Back'), () => this.#show(current - 1), { isDisabled: current === 0 })}
        ${button(t('Next'), () => this.#show(current + 1), { isDisabled: isLast, isPrimary: isStepThrough })}
      </nav>
      <footer>
        ${button(t('Leave the Lesson'), () => this.#ask(host.leave()))}
        ${button(t('Begin Anew'), () => this.#ask(host.beginAnew()))}
      </footer>
    </main>`;
  }

  /** What is said of an answer stands below it, and not behind the bar of the steps. */
  async #showSaid(): Promise<void> {
    const question = this.renderRoot.querySelector('vt-question');
    await question?.updateComplete;
    this.style.setProperty('--nav-height', `${this.renderRoot.querySelector('nav')?.offsetHeight ?? 0}px`);
    const end = this.renderRoot.querySelector('#end');
    for (const said of [question?.renderRoot.querySelector('[role="status"]'), end]) {
      said?.scrollIntoView({ block: 'nearest' });
    }
  }

  #show(step: number): Promise<void> {
    return this.#ask(this.host.show({ step }));
  }

  async #ask(asked: Promise<void>): Promise<void> {
    try {
      this.problem = '';
      await asked;
    } catch (error) {
      this.problem = messageOf(error);
    }
  }
}

const answerOf = ({ question }: LessonState) => (question.kind === 'asked' ? question.answer?.says : undefined);

declare global {
  interface HTMLElementTagNameMap {
    'vt-lesson': LessonElement;
  }
}

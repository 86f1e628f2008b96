import { Task } from '@lit/task';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type Asked, alternativesAt } from '../../../src/display/asked-place';
import {
  formatLogprob,
  formatLogprobShort,
  formatNats,
  formatNatsChange,
  formatRatio,
} from '../../../src/display/numbers';
import type { Bar } from '../../kit/bars';
import { candidateLabels } from '../../kit/candidate-label';
import { probabilityScaleEnd } from '../../kit/probability-scale';
import { ReportedHeight } from '../../kit/reported-height';
import { base } from '../../kit/styles';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import { logprobsOf, textBefore } from './question-parts';
import { SLOTS, withParts } from './rich-text';
import './token-choice';

/**
 * The question as a sentence, with both tokens to change. What is in its slot stands beside what is said of both.
 *
 * Events: `ask` with the token, or the one it is held against, that was chosen; `ask-end` for what comes after the text.
 */
@customElement('vt-why-question')
export class WhyQuestionElement extends StoreElement {
  @property({ attribute: false }) accessor asked!: Asked;
  /** Whether nobody has chosen the place. */
  @property({ type: Boolean }) accessor opening = false;
  readonly #labels = new Map<number, string>();

  constructor() {
    super();
    new ReportedHeight(this, 'question');
  }

  static override styles = [
    base,
    css`
      .question { max-width: none; font-size: 1.25em; line-height: 1.6; }
      .after { font-style: italic; white-space: pre-wrap; }
      .line { display: flex; flex-wrap: wrap; align-items: start; gap: 4px 16px; }
      .note .mono { font-weight: 600; color: var(--vscode-editor-foreground); }
      .note { flex: 1 1 320px; max-width: none; font-size: 0.85em; color: var(--dim); }
      button { font: inherit; color: var(--vscode-textLink-foreground); background: none; border: 0; padding: 0; cursor: pointer; text-align: start; }
      button:hover { text-decoration: underline; }
    `,
  ];

  /** Labels that are known are kept: another question leaves no gaps. */
  readonly #ask = new Task(this, {
    args: () => [this.asked.token, this.asked.against, this.#alternatives.map(({ id }) => id).join()] as const,
    task: async ([token, against, alternatives]) => {
      const ids = [token, against, ...alternatives.split(',').map(Number)];
      for (const [id, label] of await candidateLabels(this.store.lenses, ids)) this.#labels.set(id, label);
      return { logprobs: await logprobsOf(this.store, this.asked) };
    },
  });

  override render(): TemplateResult {
    const { token, against } = this.asked;
    const text = this.#isEnd
      ? t('Why {0} rather than {1} next, after {2}', ...SLOTS)
      : t('Why {0} rather than {1}, after {2}', ...SLOTS);
    return html`<p class="question">
        ${withParts(text, this.#choice('token', token), this.#choice('against', against), html`<bdi class="after">${textBefore(this.store.subject, this.asked.position)}</bdi>`)}
      </p>
      <div class="line"><p class="note">
        ${this.#summary()} ${this.#isFirst ? t('Nothing predicts the first token. Choose a later one.') : this.opening ? this.#opening() : nothing}
        ${this.#isEnd ? nothing : html`<button class="no-picture" @click=${this.#tellEnd}>${t('Ask what comes after the end')}</button>`}
      </p><slot></slot></div>
      ${this.#ask.error instanceof Error ? html`<p role="alert">${this.#ask.error.message}</p>` : nothing}`;
  }

  /** The difference of two logits is the logarithm of how many times more probable the one is. */
  #summary(): unknown {
    const { logprobs } = this.#ask.value ?? {};
    if (!logprobs) return nothing;
    const difference = logprobs.token - logprobs.against;
    const [own, other] = [formatLogprob(logprobs.token), formatLogprob(logprobs.against)];
    const [first = '', second = ''] = SLOTS;
    const times = formatRatio(Math.abs(difference));
    const text =
      difference < 0
        ? t(
            '{0} {1}, {2} {3}: {4} times less probable ({5}).',
            first,
            own,
            second,
            other,
            times,
            formatNats(difference),
          )
        : t(
            '{0} {1}, {2} {3}: {4} times more probable ({5}).',
            first,
            own,
            second,
            other,
            times,
            formatNatsChange(difference),
          );
    const label = (id: number) => html`<bdi class="mono">${this.#labels.get(id)}</bdi>`;
    return withParts(text, label(this.asked.token), label(this.asked.against));
  }

  #choice(which: 'token' | 'against', id: number): TemplateResult {
    const label = this.#labels.get(id) ?? '…';
    return html`<vt-token-choice
      .store=${this.store}
      label=${label}
      heading=${which === 'token' ? t('Explain another token') : t('Hold it against another token')}
      hue=${which === 'token' ? 'blue' : 'warm'}
      ?spaced=${label.startsWith('·')}
      .bars=${this.#bars(id)}
      .end=${this.#scaleEnd}
      @choose=${(event: CustomEvent<number>) => {
        event.stopPropagation();
        this.dispatchEvent(new CustomEvent('ask', { detail: { [which]: event.detail } }));
      }}
    ></vt-token-choice>`;
  }

  #bars(chosen: number): Bar[] {
    const standing = this.store.subject?.read?.ids[this.asked.position];
    return this.#alternatives.map(({ id, logprob }) => ({
      id,
      label: this.#labels.get(id) ?? '…',
      share: Math.exp(logprob) / this.#scaleEnd,
      text: formatLogprobShort(logprob),
      hue: 'warm',
      marked: id === standing,
      quiet: id === chosen,
    }));
  }

  get #scaleEnd(): number {
    return probabilityScaleEnd(Math.exp(this.#alternatives[0]?.logprob ?? 0));
  }

  #opening(): string {
    return this.#isEnd
      ? t('Opened on what would come next, since the text breaks off.')
      : t('Opened on a token that surprises the model.');
  }

  get #isFirst(): boolean {
    return this.store.state.selected.token === 0;
  }

  get #isEnd(): boolean {
    return this.asked.position === this.store.subject?.read?.ids.length;
  }

  get #alternatives(): { id: number; logprob: number }[] {
    const { predictions } = this.store;
    return predictions ? alternativesAt(predictions, this.asked.position) : [];
  }

  readonly #tellEnd = (): boolean => this.dispatchEvent(new CustomEvent('ask-end'));
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-why-question': WhyQuestionElement;
  }
}

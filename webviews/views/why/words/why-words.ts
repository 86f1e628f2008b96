import { Task, TaskStatus } from '@lit/task';
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Asked } from '../../../../src/display/asked-place';
import { formatCount } from '../../../../src/display/numbers';
import type { Subject } from '../../../../src/shared/inspector-api';
import type { HasTables, Table } from '../../../export/table';
import { candidateLabels } from '../../../kit/candidate-label';
import '../../../kit/choice';
import type { Option } from '../../../kit/choice';
import { base } from '../../../kit/styles';
import { subjectTokens, tokensBefore } from '../../../kit/subject-tokens';
import { button } from '../../../kit/toolkit';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import { type Answer, answerBetween, answerOfAsked, selectedAnswer } from './answer';
import './answer-choice';
import './how-choice';
import type { How } from './how-choice';
import './words-list';
import { firstLevel, type Level, partText, type TextPart } from './parts';
import { shortened, verdictText } from './spoken';
import { occlusionTable } from './tables';
import { Trials } from './trials';
import './words-strip';

/** Which parts of the text made the answer: each is taken away by itself, coarse ones first. */
@customElement('vt-why-words')
export class WhyWordsElement extends StoreElement implements HasTables {
  @property({ attribute: false }) accessor asked!: Asked;
  /** Whether nobody has chosen the place. */
  @property({ type: Boolean }) accessor opening = false;
  /** What somebody chose in place of the default; null for the token that is asked about. */
  @state() private accessor chosen: Answer | null | undefined;
  /** While an answer is chosen: its first token, or null before that. */
  @state() private accessor begun: number | null | undefined;
  @state() private accessor level: Level | undefined;
  @state() private accessor how: How | null = { kind: 'hide' };
  #trials: Trials | undefined;
  #key = '';
  /** The part that was opened or closed last. */
  #focused: TextPart | undefined;

  static override styles = [
    base,
    css`
      .controls { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 24px; padding: 12px 16px 0; }
      .controls > * { min-width: 0; }
      vt-answer-choice { flex-basis: 100%; }
      .views { padding: 12px 16px 16px; }
      .verdict { max-width: none; margin-bottom: 8px; font-size: 1.25em; }
      .line { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; margin-bottom: 8px; min-height: 26px; }
      progress { flex: 0 1 160px; }
      .notes { margin-top: 12px; }
    `,
  ];

  #symbols = new Task(this, {
    args: () => [this.store.subject?.revision],
    task: () => this.store.host.symbols(),
  });

  #label = new Task(this, {
    args: () => [this.asked.token] as const,
    task: async ([token]) => (await candidateLabels(this.store.lenses, [token])).get(token) ?? '',
  });

  /** What each token brings directly, where the model tells: parts with more of it are tried first. */
  #sources = new Task(this, {
    args: () => [this.store.subject?.read?.trace, this.asked] as const,
    task: async ([trace, { position, token, against }], { signal }) => {
      if (trace === undefined) return undefined;
      return (await this.store.lenses.why({ trace, position, token, against }, { signal })).sources;
    },
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#trials?.stop();
    this.#key = '';
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('asked')) {
      this.chosen = undefined;
      this.begun = undefined;
    }
  }

  override render(): TemplateResult | typeof nothing {
    const { subject, isLive } = this.store;
    if (!subject?.read) return nothing;
    if (!isLive)
      return html`<p class="views">${t('This needs the model, which an exported page does not have. Open the text in the editor.')}</p>`;
    const trials = this.#currentTrials(subject);
    return html`<vt-words-strip
        .store=${this.store}
        .selected=${this.#span ? undefined : this.store.state.selected.token}
        .hovered=${this.store.hovered}
        .answer=${this.#answer}
        .changes=${trials?.changesByToken ?? []}
        .end=${trials?.end ?? 1}
        .focused=${this.#focused?.from ?? trials?.strongest?.part.from}
        ?choosing=${this.begun !== undefined}
        @answer-token=${({ detail }: CustomEvent<number>) => this.#pick(detail)}
      ></vt-words-strip>
      <div class="controls">${this.#controls(subject)}</div>
      <div class="views">${trials ? this.#results(subject, trials) : nothing}</div>`;
  }

  tables(): Table[] {
    return this.#trials?.base === undefined ? [] : [occlusionTable(this.#trials)];
  }

  get #answer(): Answer {
    return this.#span ?? answerOfAsked(this.asked);
  }

  /** Tokens that stand in the text, in place of the one that is asked about. */
  get #span(): Answer | undefined {
    if (this.chosen !== undefined) return this.chosen ?? undefined;
    return this.opening ? selectedAnswer(this.store.subject) : undefined;
  }

  /** Those of what is asked now; what is known of another question is dropped, and is not gone on with. */
  #currentTrials(subject: Subject): Trials | undefined {
    const { how, level = firstLevel(subject, this.#within(subject)) } = this;
    const isReady = isSettled(this.#sources) && isSettled(this.#symbols);
    if (!how || !isReady) return this.#trials;
    const replacement = how.kind === 'replace' ? how.id : undefined;
    const trace = subject.read?.trace ?? 0;
    const key = JSON.stringify([trace, this.#answer, level, replacement]);
    if (key === this.#key) return this.#trials;
    this.#trials?.stop();
    this.#key = key;
    this.#focused = undefined;
    const sources = this.#sources.value;
    const options = {
      subject,
      question: { trace, answer: this.#answer, replacement },
      level,
      symbols: this.#symbols.value ?? [],
      within: this.#within(subject),
      priorOf: (token: number) => Math.abs(sources?.[token] ?? 0),
    };
    this.#trials = new Trials(this.store, options, () => this.requestUpdate());
    void this.#trials.run();
    return this.#trials;
  }

  /**
   * What stands before the answer and can be taken away. Where it is hidden, the first token is left, for heads rest on it
   * whatever it says, and so is the one before an answer of one token: after it nothing is left to hide it from.
   */
  #within(subject: Subject): { from: number; to: number } {
    const { from: end, to } = this.#answer;
    if (this.how?.kind === 'replace') return { from: tokensBefore(subjectTokens(subject)), to: end };
    return { from: 1, to: to - end === 1 ? end - 1 : end };
  }

  #controls(subject: Subject): TemplateResult {
    return html`<vt-answer-choice
        .store=${this.store}
        .label=${this.#answerText(subject)}
        .ends=${this.begun === undefined ? undefined : Number(this.begun !== null)}
        ?chosen=${this.#span !== undefined}
        @answer=${({ detail }: CustomEvent<Answer | null>) => {
          this.chosen = detail;
        }}
        @choosing=${({ detail }: CustomEvent<boolean>) => {
          this.begun = detail ? null : undefined;
        }}
      ></vt-answer-choice>
      <vt-choice
        class="no-picture"
        label=${t('Parts of the text')}
        .value=${this.level ?? firstLevel(subject, this.#within(subject))}
        .options=${this.#levels()}
        @choose=${({ detail }: CustomEvent<Level>) => {
          this.level = detail;
        }}
      ></vt-choice>
      <vt-how-choice
        .store=${this.store}
        .how=${this.how ?? undefined}
        @how=${({ detail }: CustomEvent<How | null>) => {
          this.how = detail;
        }}
      ></vt-how-choice>`;
  }

  #levels(): Option[] {
    const hasSymbols = (this.#symbols.value ?? []).length > 0;
    return [
      ...(hasSymbols ? [{ value: 'symbol', label: t('functions and classes') }] : []),
      { value: 'line', label: t('lines') },
      { value: 'word', label: t('words') },
      { value: 'token', label: t('tokens') },
    ];
  }

  #answerText(subject: Subject): string {
    return this.#span ? partText(subject, this.#span) : (this.#label.value ?? '');
  }

  #pick(token: number): void {
    if (this.begun === null) this.begun = token;
    else if (this.begun !== undefined) {
      this.chosen = answerBetween(this.begun, token);
      this.begun = undefined;
    }
  }

  #results(subject: Subject, trials: Trials): TemplateResult {
    const { strongest } = trials;
    const answer = shortened(this.#answerText(subject));
    return html`${trials.tops.length === 0 ? html`<p>${t('Nothing stands before the answer that could be taken away.')}</p>` : nothing}
      ${trials.hasVerdict && strongest ? html`<p class="verdict">${verdictText(subject, strongest, answer)}</p>` : nothing}
      ${this.#progress(trials)}
      ${trials.failure ? html`<p role="alert">${trials.failure}</p>` : nothing}
      ${strongest ? html`<h2>${t('Without each part')}<small>${t('change of the answer’s log-probability, nats; click a part to take it apart')}</small></h2>` : nothing}
      <vt-words-list
        .store=${this.store}
        .parts=${trials.tops}
        .partsIn=${trials.partsIn}
        .changes=${trials.changes}
        .known=${trials.changes.size}
        .opened=${trials.opened}
        .openedCount=${trials.opened.size}
        .end=${trials.end}
        label=${t('Parts of the text, by what the answer loses without them')}
        @part-toggle=${({ detail }: CustomEvent<TextPart>) => {
          this.#focused = detail;
          trials.toggle(detail);
        }}
      ></vt-words-list>
      ${this.#notes(trials)}`;
  }

  #progress(trials: Trials): TemplateResult {
    const { done, total } = trials.progress;
    const text = t('{0} of {1} parts tried', formatCount(Math.floor(done)), formatCount(total));
    if (trials.isRunning)
      return html`<div class="line no-picture">
        <progress max=${total} value=${done} aria-label=${text}></progress><span class="number">${text}</span>
        ${button(t('Cancel'), () => trials.stop())}
      </div>`;
    return html`<div class="line no-picture">
      <span class="dim number">${text}</span>
      ${trials.isDone ? nothing : button(t('Go on'), () => trials.run())}
      ${trials.isDone && !trials.isWhole ? button(t('Try every token'), () => trials.tryAll()) : nothing}
    </div>`;
  }

  #notes(trials: Trials): TemplateResult {
    const isHidden = this.how?.kind === 'hide' && trials.base !== undefined;
    const isOne = this.#answer.to - this.#answer.from === 1;
    return html`<p class="notes dim">
      ${t('Each part by itself: what two of them say alike is missed by neither, and then neither seems to matter.')}
      ${isHidden ? t('The first token stays in view: heads rest on it whatever it says.') : nothing}
      ${isHidden && isOne ? t('So does the one just before the answer, after which nothing is left to hide it from.') : nothing}
    </p>`;
  }
}

/** What failed is done without. */
function isSettled({ status }: Task): boolean {
  return status === TaskStatus.COMPLETE || status === TaskStatus.ERROR;
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-why-words': WhyWordsElement;
  }
}

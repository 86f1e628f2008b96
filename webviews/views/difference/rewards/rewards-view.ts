import './answer-strip';
import './pair-fields';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { DIFFERENCE_END_BITS } from '../../../../src/display/scales';
import type { ModelInfo } from '../../../../src/shared/engine-api';
import type { HasTables, Table } from '../../../export/table';
import { readingTokens } from '../../../kit/count-text';
import { base } from '../../../kit/styles';
import { button } from '../../../kit/toolkit';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import { layout } from './layout';
import { mathText } from './math-text';
import { type PairChoice, readChoice, writeChoice, writeExample } from './pair-choice';
import { type PairNumbers, pairNumbers } from './pair-numbers';
import { PairScoring } from './pair-scoring';
import { measureName, rewardSentence, tokenSentence, trainedSentence, untrainedSentence } from './reward-words';
import { rewardsTable } from './rewards-table';
import { scoreFields } from './score-fields';
import { type Step, stepsOf } from './steps';

/** The step that takes a reward model's scores. */
const SCORED_STEP = 2;

/** From cross-entropy to DPO in five steps, each on a pair of answers under both models. */
@customElement('vt-rewards')
export class RewardsElement extends StoreElement implements HasTables {
  readonly #scoring = new PairScoring(this);

  static override styles = [base, layout];

  override render(): TemplateResult {
    const choice = readChoice(this.store.viewState);
    const numbers = this.#numbers(choice);
    const steps = stepsOf(measureName(this.#trained(choice)));
    return html`<header>
        <h2>${t('From loss to reward')}</h2>
        <p>${mathText(t('Two answers to one prompt x, y_w chosen and y_l rejected, under the model that was trained, π, and the one that it was trained from, π_ref. Write a pair of your own: every number below is of it.'))}</p>
      </header>
      ${this.#untrained === undefined ? nothing : this.#needsTraining(this.#untrained)}
      ${this.store.isLive ? this.#fields(choice) : nothing}
      ${this.#status(choice)}
      <div class=${this.#scoring.isReading ? 'stale' : ''}>
        ${numbers ? this.#answers(numbers, choice) : nothing}
        <ol>${steps.map((step, index) => this.#step(step, index, choice, numbers))}</ol>
        ${this.#words(choice, numbers)}
      </div>`;
  }

  /** The tokens of both answers. */
  tables(): Table[] {
    return [rewardsTable(this.#numbers(readChoice(this.store.viewState)))];
  }

  #numbers(choice: PairChoice): PairNumbers | undefined {
    const { pair } = this.#scoring;
    return pair && pairNumbers(pair, choice);
  }

  /** Why nothing here is of training. */
  get #untrained(): string | undefined {
    return untrainedSentence(this.store.state.comparison?.kind);
  }

  /** Undefined where none of both was trained from the other. */
  #trained({ trained }: PairChoice): ModelInfo | undefined {
    return this.#untrained === undefined ? this.store.state.comparison?.[trained].model : undefined;
  }

  #needsTraining(sentence: string): TemplateResult {
    return html`<div class="bar" role="note"><p>${sentence}</p>
      ${this.store.isLive ? this.#compareWith() : nothing}</div>`;
  }

  #compareWith(): TemplateResult {
    return button(t('Compare With…'), () => this.store.host.compareWith(), { isPrimary: true });
  }

  #nameOf(side: PairChoice['trained']): string {
    return this.store.state.comparison?.[side].label ?? side.toUpperCase();
  }

  #change(changed: Partial<PairChoice>): void {
    writeChoice(this.store.viewState, changed);
    this.requestUpdate();
  }

  #fields(choice: PairChoice): TemplateResult {
    const example = () => {
      writeExample(this.store.viewState);
      this.requestUpdate();
    };
    return html`<vt-pair-fields
      .store=${this.store}
      .choice=${choice}
      .names=${{ a: this.#nameOf('a'), b: this.#nameOf('b') }}
      @pair-change=${({ detail }: CustomEvent<Partial<PairChoice>>) => this.#change(detail)}
      @pair-example=${example}
    ></vt-pair-fields>`;
  }

  /** What is missing for numbers, and what can be done about it. */
  #status({ chosen, rejected }: PairChoice): TemplateResult | typeof nothing {
    const { comparison } = this.store.state;
    const { failure, isReading, progress } = this.#scoring;
    if (!this.store.isLive) return html`<p class="dim">${t('A saved page has no model to read a pair with.')}</p>`;
    if (!comparison) {
      return html`<div class="bar"><p>${t('The numbers need two models: choose what to compare with.')}</p>
        ${this.#compareWith()}</div>`;
    }
    if (comparison.reading.kind === 'failed') return html`<p role="alert">${comparison.reading.message}</p>`;
    if (comparison.reading.kind !== 'ready') return html`<p role="status" class="dim">${t('Loading the model …')}</p>`;
    if (failure !== undefined) return html`<p role="alert">${failure}</p>`;
    if (chosen === '' || rejected === '') return html`<p class="dim">${t('Write both answers.')}</p>`;
    if (!isReading) return nothing;
    const text = progress ? readingTokens(progress.done, progress.total) : t('Reading …');
    return html`<p role="status" class="dim">${text}</p>`;
  }

  #answers(numbers: PairNumbers, choice: PairChoice): TemplateResult {
    const strip = (heading: string, answer: PairNumbers['chosen']) => html`<vt-answer-strip
      .store=${this.store}
      .heading=${heading}
      .answer=${answer}
      .measure=${measureName(this.#trained(choice))}
      .areTokens=${numbers.sameVocabulary}
    ></vt-answer-strip>`;
    const label = numbers.sameVocabulary ? t('Both answers, token by token') : t('Both answers, part by part');
    return html`<section class="answers" aria-label=${label}>
      ${strip(t('Chosen answer'), numbers.chosen)}${strip(t('Rejected answer'), numbers.rejected)}
      <vt-legend
        label=${numbers.sameVocabulary ? t('log-ratio of the token, nats') : t('log-ratio of the part, nats')}
        diverging
        .scale=${this.store.theme.differenceTint}
        .ticks=${differenceTicks()}
      ></vt-legend>
      ${numbers.sameVocabulary ? nothing : html`<p class="dim">${t('The two have different vocabularies: answers are in parts that both cut off at the same characters, and a loss is a mean over characters.')}</p>`}
    </section>`;
  }

  #step(
    { title, sentences, formula, values, picture }: Step,
    index: number,
    choice: PairChoice,
    numbers?: PairNumbers,
  ) {
    const rows = numbers ? values(numbers) : [];
    return html`<li>
      <div><h3>${title}</h3><p>${mathText(sentences)}</p></div>
      <div>
        <div class="formula" role="group" tabindex="0" aria-label=${t('The formula of “{0}”', title)}>${formula}</div>
        ${index === SCORED_STEP && this.store.isLive ? scoreFields(choice, (changed) => this.#change(changed)) : nothing}
        <dl class="number">${rows.map(([name, value]) => html`<dt>${mathText(name)}</dt><dd>${value}</dd>`)}</dl>
      </div>
      ${numbers && picture ? html`<div class="picture">${picture(numbers)}</div>` : nothing}
    </li>`;
  }

  #words(choice: PairChoice, numbers: PairNumbers | undefined): TemplateResult {
    const sentences = [
      ...(this.#untrained === undefined ? [trainedSentence(this.#trained(choice), this.#nameOf(choice.trained))] : []),
      rewardSentence(),
      ...(numbers ? [tokenSentence(numbers)] : []),
    ];
    return html`<section class="words">
      <h3>${t('What may be called a reward')}</h3>
      ${sentences.map((text) => html`<p>${mathText(text)}</p>`)}
    </section>`;
  }
}

/** Of the legend, whose left end is what became more probable, as tints have it: by the square root. */
function differenceTicks() {
  const end = DIFFERENCE_END_BITS * Math.LN2;
  const place = (nats: number) => 0.5 - 0.5 * Math.sign(nats) * Math.sqrt(Math.abs(nats) / end);
  return [4, 1, 0, -1, -4].map((nats) => ({
    share: place(nats),
    text: nats === 0 ? '0' : `${nats > 0 ? '+' : '−'}${Math.abs(nats)}`,
  }));
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-rewards': RewardsElement;
  }
}

import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { forwardFlops } from '../../../../src/anatomy/flops';
import { EPOCH, optimalTokens } from '../../../../src/anatomy/scaling-laws';
import { formatSi } from '../../../../src/display/format-si';
import { formatCount, formatRatio } from '../../../../src/display/numbers';
import type { ModelAnatomy } from '../../../../src/shared/anatomy-api';
import type { HasTables, Table } from '../../../export/table';
import '../../../kit/slider';
import { logStops } from '../../../kit/slider';
import { base } from '../../../kit/styles';
import '../../../kit/term';
import { button, textField } from '../../../kit/toolkit';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import './bits-per-byte';
import './loss-surface';
import { SIZES, TOKENS } from './loss-surface';
import './paper-table';
import { embeddingWeights, papersOn, type Training, trainingFlops } from './training';
import './training-devices';
import { typedTokens } from './typed-tokens';

const STEPS_A_DECADE = 10;
/** Tokens, as models are mostly trained. */
const USUAL_SEQUENCE = 2048;

/** What training the model took, what papers on scaling would have done with the same, and what a training of another size takes. */
@customElement('vt-anatomy-training')
export class AnatomyTrainingElement extends StoreElement implements HasTables {
  @property({ attribute: false }) accessor anatomy!: ModelAnatomy;

  static override styles = [
    base,
    css`
      :host { container-type: inline-size; }
      .answer { max-width: 88ch; margin-bottom: 12px; }
      .split { display: grid; grid-template-columns: minmax(0, 1fr); gap: 16px 32px; }
      .side { display: grid; gap: 12px; align-content: start; min-width: 0; }
      section { margin-top: 16px; }
      @container (min-width: 720px) {
        .split { grid-template-columns: minmax(0, 3fr) minmax(220px, 2fr); }
      }
    `,
  ];

  override render(): TemplateResult {
    const training = this.#training;
    const { theme } = this.store;
    return html`<p class="answer">${this.#answer(training)}</p>
      <div class="split">
        <vt-loss-surface .training=${training} .theme=${theme} .scale=${theme.tint('warm')}></vt-loss-surface>
        <div class="side">${this.#sliders(training)}${this.#own()}
          <vt-training-devices .store=${this.store} .flops=${trainingFlops(training)}></vt-training-devices></div>
      </div>
      <section class="split">
        <div>
          <h2><vt-term name="scalingLaws">${t('What papers on scaling say of it')}</vt-term></h2>
          <vt-paper-table .training=${training}></vt-paper-table>
        </div>
        <div class="side">${this.#operations(training)}<vt-bits-per-byte .store=${this.store}></vt-bits-per-byte></div>
      </section>`;
  }

  tables(): Table[] {
    return [
      {
        label: t('Training'),
        name: 'training',
        columns: ['paper', 'parameters', 'tokens', 'loss', 'optimalTokens', 'optimumParameters', 'optimumTokens'],
        rows: () => {
          const { parameters, tokens, ...rest } = this.#training;
          return papersOn({ parameters, tokens, ...rest }).map(({ name, loss, tokens: optimal, optimum }) => [
            name,
            parameters,
            tokens,
            loss,
            optimal,
            optimum.parameters,
            optimum.tokens,
          ]);
        },
      },
    ];
  }

  /** What it took, and where the papers disagree about it. */
  #answer(training: Training): TemplateResult {
    const [printed, refit, kaplan] = papersOn(training);
    const size = ({ optimum }: { optimum: { parameters: number } }) => formatSi(optimum.parameters);
    const { parameters, tokens } = training;
    return html`${t('{0} weights that read {1} tokens take', formatSi(parameters), formatSi(tokens))}
      <vt-term name="trainingFlops">${formatSi(trainingFlops(training), 'FLOP')}</vt-term>.
      ${t(
        'For this size {0} tokens are the best use of computation by the constants that Hoffmann et al. 2022 printed, {1} by the refit of their experiments (Besiroglu et al. 2024): these are {2} and {3} times as many.',
        formatSi(printed.tokens),
        formatSi(refit.tokens),
        timesText(tokens / printed.tokens),
        timesText(tokens / refit.tokens),
      )}
      ${t(
        'They disagree more about what the same computation should make: {0} weights as printed, {1} by the refit, {2} by Kaplan et al. 2020.',
        size(printed),
        size(refit),
        size(kaplan),
      )}`;
  }

  #sliders({ parameters, tokens }: Training): TemplateResult {
    const own = this.anatomy.parameters;
    return html`<vt-slider
        label=${t('Weights')}
        .stops=${logStops(SIZES.from, SIZES.to, STEPS_A_DECADE, own)}
        .value=${parameters}
        .format=${(value: number) => formatSi(value)}
        @slide=${({ detail }: CustomEvent<number>) => this.#set('parameters', detail === own ? 0 : detail)}
      ></vt-slider>
      <vt-slider
        label=${t('Tokens read')}
        .stops=${logStops(TOKENS.from, TOKENS.to, STEPS_A_DECADE, this.#ownTokens)}
        .value=${tokens}
        .format=${(value: number) => formatSi(value)}
        @slide=${({ detail }: CustomEvent<number>) => this.#set('tokens', detail === this.#ownTokens ? 0 : detail)}
      ></vt-slider>`;
  }

  /** Where the model's own number is from, a field for it, and the way back to it. */
  #own(): TemplateResult {
    const isOwn = this.#get('parameters') === 0 && this.#get('tokens') === 0;
    const back = () => {
      this.#set('parameters', 0);
      this.#set('tokens', 0);
    };
    return html`<p class="dim" role="status">${this.#source()}</p>
      ${textField(
        {
          label: t('Tokens that it was trained on'),
          value: this.#typed,
          placeholder: '300 B',
          typed: (text) => this.#set('typed', text),
        },
        12,
      )}
      ${isOwn ? nothing : html`<div>${button(t('Back to this model: {0} weights', formatSi(this.anatomy.parameters)), back)}</div>`}`;
  }

  #source(): string {
    const { trainingTokens } = this.anatomy;
    const typed = typedTokens(this.#typed);
    if (typed !== undefined) return t('The model’s own tokens are what you typed: {0}.', formatSi(typed));
    if (this.#typed.trim() !== '')
      return t('“{0}” is not read as a number of tokens. Write it in digits, or as 300 B or 2 T.', this.#typed);
    if (trainingTokens) {
      const { count, source } = trainingTokens;
      return t('The model read {0} tokens before it was tuned, says the model card of {1}.', formatSi(count), source);
    }
    return t(
      'Nothing says on how many tokens the model was trained: until you type the number, what the refit finds best for its size stands here.',
    );
  }

  /** By the rule of thumb, and of the model itself counted, where the length of what it reads matters. */
  #operations({ parameters, tokens }: Training): TemplateResult {
    const { contextLength } = this.anatomy;
    const lengths = [...new Set([Math.min(USUAL_SEQUENCE, contextLength), contextLength])];
    const counted = (length: number) => (3 * forwardFlops(this.anatomy, length, 'causal').total * tokens) / length;
    const isOwn = parameters === this.anatomy.parameters;
    return html`<div>
      <h2><vt-term name="trainingFlops">${t('Computation')}</vt-term></h2>
      <p>${t('6 × weights × tokens: {0}.', formatSi(6 * parameters * tokens, 'FLOP'))}
      ${
        isOwn
          ? html`${t('Counted from its own matrices, 3 × the forward pass:')}
            ${lengths.map((length) => t('{0} in sequences of {1} tokens', formatSi(counted(length), 'FLOP'), formatCount(length))).join(', ')}.`
          : nothing
      }</p>
    </div>`;
  }

  get #training(): Training {
    const parameters = this.#get('parameters') || this.anatomy.parameters;
    const embedding = parameters === this.anatomy.parameters ? embeddingWeights(this.anatomy) : 0;
    return { parameters, withoutEmbeddings: parameters - embedding, tokens: this.#get('tokens') || this.#ownTokens };
  }

  /** Typed, known, or else the best for its size. */
  get #ownTokens(): number {
    const { parameters, trainingTokens } = this.anatomy;
    return typedTokens(this.#typed) ?? trainingTokens?.count ?? optimalTokens(EPOCH, parameters);
  }

  get #typed(): string {
    return this.store.viewState.get(this.#key('typed'), '');
  }

  /** What was chosen for this model; 0 where nothing was. */
  #get(name: 'parameters' | 'tokens'): number {
    return this.store.viewState.get(this.#key(name), 0);
  }

  #set(name: 'parameters' | 'tokens' | 'typed', value: number | string): void {
    this.store.viewState.set(this.#key(name), value);
    this.requestUpdate();
  }

  #key(name: string): string {
    return `training.${name}.${this.store.state.model?.sha256 ?? ''}`;
  }
}

const timesText = (times: number) => formatRatio(Math.log(times));

declare global {
  interface HTMLElementTagNameMap {
    'vt-anatomy-training': AnatomyTrainingElement;
  }
}

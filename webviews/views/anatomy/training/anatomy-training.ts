import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { forwardFlops } from '../../../../src/anatomy/flops';
import { formatSi } from '../../../../src/display/format-si';
import { formatCount, formatProbability, formatRatio } from '../../../../src/display/numbers';
import type { ModelAnatomy } from '../../../../src/shared/anatomy-api';
import type { HasTables, Table } from '../../../export/table';
import { base } from '../../../kit/styles';
import '../../../kit/term';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import './bits-per-byte';
import { chosenTraining } from './chosen-training';
import './loss-surface';
import './paper-table';
import { metParameters, papersOn, type Training, tokensText, trainingFlops } from './training';
import './training-controls';
import './training-devices';

/** Tokens, as models are mostly trained. */
const USUAL_SEQUENCE = 2048;

/** Nobody tells apart what differs by less. */
const JUST = 0.005;

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
        <div class="side">
          <vt-training-controls
            .store=${this.store}
            .anatomy=${this.anatomy}
            @change=${() => this.requestUpdate()}
          ></vt-training-controls>
          <vt-training-devices .store=${this.store} .flops=${trainingFlops(training)}></vt-training-devices></div>
      </div>
      <section class="split">
        <div>
          <h2><vt-term name="scalingLaws">${t('What papers on scaling say of it')}</vt-term></h2>
          <vt-paper-table data-place="papers" .training=${training}></vt-paper-table>
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
    const hasExperts = metParameters(this.anatomy) < this.anatomy.parameters;
    return html`${t('{0} weights that read {1} take', formatSi(parameters), tokensText(tokens))}
      <vt-term name="trainingFlops">${formatSi(trainingFlops(training), 'FLOP')}</vt-term>.
      ${t(
        'For this size the best use of computation is {0} by the constants that Hoffmann et al. 2022 printed, and these weights read {1}; by the refit of their experiments (Besiroglu et al. 2024) it is {2}, and they read {3}.',
        tokensText(printed.tokens),
        timesText(tokens / printed.tokens),
        tokensText(refit.tokens),
        timesText(tokens / refit.tokens),
      )}
      ${t(
        'They disagree more about what the same computation should make: {0} weights as printed, {1} by the refit, {2} by Kaplan et al. 2020.',
        size(printed),
        size(refit),
        size(kaplan),
      )}
      ${
        hasExperts
          ? t(
              'A token meets {0} of its {1} weights, the others are experts that it does not see: what is counted here are those that it meets.',
              formatSi(metParameters(this.anatomy)),
              formatSi(this.anatomy.parameters),
            )
          : nothing
      }`;
  }

  /** By the rule of thumb, and of the model itself counted, where the length of what it reads matters. */
  #operations({ parameters, tokens }: Training): TemplateResult {
    const { contextLength } = this.anatomy;
    const lengths = [...new Set([Math.min(USUAL_SEQUENCE, contextLength), contextLength])];
    const counted = (length: number) => (3 * forwardFlops(this.anatomy, length, 'causal').total * tokens) / length;
    const isOwn = parameters === metParameters(this.anatomy);
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
    return chosenTraining(this.store, this.anatomy);
  }
}

/** How much of the best was read. */
function timesText(times: number): string {
  if (Math.abs(times - 1) < JUST) return t('just as many');
  return times > 1 ? t('{0} times as many', formatRatio(Math.log(times))) : t('{0} of that', formatProbability(times));
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-anatomy-training': AnatomyTrainingElement;
  }
}

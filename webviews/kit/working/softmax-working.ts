import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { cssColour } from '../../../src/display/colour-scale';
import {
  formatCount,
  formatDecimal,
  formatProbabilityShort,
  LEAST_SHARE,
  spokenDigits,
} from '../../../src/display/numbers';
import type { ModelInfo } from '../../../src/shared/engine-api';
import { t } from '../../l10n';
import { probabilityScaleEnd, scaleEndMark, scaleEndStyles } from '../probability-scale';
import { styled } from '../styled';
import { base } from '../styles';
import '../term';
import type { Theme } from '../theme';
import { BEST, type SoftmaxStep, type SoftmaxSteps } from './softmax-steps';
import { barFromZero, formatStep, stepCell, workingTable } from './working-table';

/** What a row is of. */
export interface SoftmaxToken {
  label: string;
  /** The one that stands in the text. */
  marked: boolean;
}

/** Softmax of a few tokens and all others together: their logits, the exponentials of these, and each of those divided by the sum. */
@customElement('vt-softmax-working')
export class SoftmaxWorkingElement extends LitElement {
  /** In the order of the steps' tokens. */
  @property({ attribute: false }) accessor tokens: readonly SoftmaxToken[] = [];
  @property({ attribute: false }) accessor steps!: SoftmaxSteps;
  /** Of the vocabulary. */
  @property({ type: Number }) accessor count = 0;
  /** Where the scores are divided by one; undefined where nobody could change it. */
  @property({ attribute: false }) accessor temperature: number | undefined;
  @property({ attribute: false }) accessor model: ModelInfo | undefined;
  @property({ attribute: false }) accessor theme!: Theme;

  static override styles = [
    base,
    scaleEndStyles,
    workingTable,
    css`
      :host { container-type: inline-size; }
      sup { line-height: 0; }
      /* A column is narrow. */
      .scale-end { white-space: normal; }
      .scale-end strong { font-size: 1.2em; }
      /* Gaps tell neighbours of one colour apart. */
      .whole { display: flex; gap: 1px; }
      .whole > i { position: static; min-width: 0; }
    `,
  ];

  override render(): TemplateResult {
    const { steps, temperature } = this;
    const { tokens, rest, sum, largest } = steps;
    const columns = temperature === undefined ? 3 : 4;
    return html`<p>${this.#sentence(largest)} ${this.#ofModel()}</p>
      <table class="number">
        <thead>
          <tr>
            <td></td>
            <th scope="col"><vt-term name="logit">${t('logit')}</vt-term></th>
            ${temperature === undefined ? nothing : html`<th scope="col"><vt-term name="temperature">÷ ${formatDecimal(temperature)}</vt-term></th>`}
            <th scope="col">e<sup>x − ${formatDecimal(largest)}</sup></th>
            <th scope="col">${this.#end === 1 ? nothing : scaleEndMark(this.#end)}÷ ${formatSum(sum)}</th>
          </tr>
        </thead>
        <tbody>
          ${tokens.map((step, i) => this.#row(step, i))}
          <tr>
            <th scope="row" class="rest">${t('{0} others', formatCount(this.count - tokens.length))}</th>
            <td colspan=${columns - 2} class="dim">${t('each at most {0}', formatDecimal(tokens[BEST - 1]?.logit ?? Number.NaN))}</td>
            <td title=${rest.exponential}>${formatStep(rest.exponential)}</td>
            <td title=${rest.probability}>${formatProbabilityShort(rest.probability)}</td>
          </tr>
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">${t('sum')}</th>
            <td colspan=${columns - 2}></td>
            <td>${formatSum(sum)}</td>
            <td>100 %</td>
          </tr>
          <tr>
            <td colspan=${columns + 1}>${this.#shares()}</td>
          </tr>
        </tfoot>
      </table>`;
  }

  #sentence(largest: number): string {
    return t(
      'Softmax makes each score x positive, as e to the power of x, and divides it by the sum of all {0}: a small lead becomes a large one. The largest, {1}, is taken away from each first, which changes no probability.',
      formatCount(this.count),
      formatDecimal(largest),
    );
  }

  /** What the scores went through before they were logits. */
  #ofModel(): string {
    const { logitScale, logitSoftcap } = this.model ?? {};
    return [
      logitScale === undefined ? '' : t('This model multiplies its scores by {0} first.', formatDecimal(logitScale)),
      logitSoftcap === undefined
        ? ''
        : t(
            'This model bends its scores x to c · tanh(x / c), so that none goes beyond ±{0}.',
            formatDecimal(logitSoftcap),
          ),
    ].join(' ');
  }

  #row(step: SoftmaxStep, i: number): TemplateResult {
    const { label = '…', marked = false } = this.tokens[i] ?? {};
    return html`<tr class=${marked ? 'marked' : ''}>
      <th scope="row" class="mono">
        <span class="name">${label}</span>${marked ? html` <span role="img" aria-label=${t('It stands here.')}>◂</span>` : nothing}
      </th>
      ${this.#score(step.logit)} ${this.temperature === undefined ? nothing : this.#score(step.scaled)}
      ${this.#exponential(step.exponential)} ${this.#probability(step.probability)}
    </tr>`;
  }

  /** On one scale with what division by the temperature makes of it. */
  #score(value: number): TemplateResult {
    const all = this.steps.tokens.flatMap(({ logit, scaled }) => [
      logit,
      this.temperature === undefined ? logit : scaled,
    ]);
    return stepCell(this.theme, formatDecimal(value), value, barFromZero(value, all));
  }

  #exponential(value: number): TemplateResult {
    return stepCell(this.theme, formatStep(value), value, { start: 0, width: value });
  }

  #probability(value: number): TemplateResult {
    const width = value < LEAST_SHARE ? 0 : value / this.#end;
    return stepCell(this.theme, formatProbabilityShort(value), value, { start: 0, width }, 'warm');
  }

  get #end(): number {
    return probabilityScaleEnd(this.steps.tokens[0]?.probability ?? 0);
  }

  /** The whole, so that it is seen what share the tokens above have of it. */
  #shares(): TemplateResult {
    const colour = cssColour(this.theme.mark('warm')(1));
    return html`<div class="track whole" aria-hidden="true">${this.steps.tokens.map(
      ({ probability }) => html`<i ${styled({ width: `${100 * probability}%`, 'background-color': colour })}></i>`,
    )}</div>`;
  }
}

/** Three digits: with two, what is divided by 1.1 may be off by a twentieth. */
const formatSum = (sum: number): string => (sum < 9.95 ? spokenDigits(sum.toPrecision(3)) : formatDecimal(sum));

declare global {
  interface HTMLElementTagNameMap {
    'vt-softmax-working': SoftmaxWorkingElement;
  }
}

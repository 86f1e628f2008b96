import { html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ModelInfo } from '../../../src/shared/engine-api';
import { Memo } from '../../kit/memo';
import { base } from '../../kit/styles';
import type { Theme } from '../../kit/theme';
import { BEST, type SoftmaxSteps, softmaxSteps } from '../../kit/working/softmax-steps';
import '../../kit/working/softmax-working';
import { t } from '../../l10n';
import type { Place } from './place';

/** How softmax makes the probabilities of the next token at the temperature that is chosen. */
@customElement('vt-next-softmax')
export class NextSoftmaxElement extends LitElement {
  @property({ attribute: false }) accessor place!: Place;
  @property({ type: Number }) accessor temperature = 1;
  @property({ attribute: false }) accessor labels: ReadonlyMap<number, string> = new Map();
  @property({ attribute: false }) accessor model: ModelInfo | undefined;
  @property({ attribute: false }) accessor theme!: Theme;
  readonly #steps = new Memo<SoftmaxSteps>();

  static override styles = base;

  override render(): TemplateResult {
    const { place, temperature } = this;
    if (temperature === 0) {
      return html`<p>${t('At temperature 0 there is nothing to divide by: the token with the largest logit is taken.')}</p>`;
    }
    return html`<vt-softmax-working
      .tokens=${place.order.slice(0, BEST).map((id) => ({ label: this.labels.get(id) ?? '…', marked: false }))}
      .steps=${this.#steps.get([place, temperature], () => stepsAt(place, temperature))}
      .count=${place.order.length}
      .temperature=${temperature}
      .model=${this.model}
      .theme=${this.theme}
    ></vt-softmax-working>`;
  }
}

function stepsAt({ order, logprobs, logZ }: Place, temperature: number): SoftmaxSteps {
  const logprobOf = (id: number | undefined) => logprobs[id ?? 0] ?? Number.NEGATIVE_INFINITY;
  const largest = logprobOf(order[0]);
  const sum = logprobs.reduce((total, logprob) => total + Math.exp((logprob - largest) / temperature), 0);
  return softmaxSteps(
    order.slice(0, BEST).map((id) => logprobOf(id) + logZ),
    temperature,
    sum,
  );
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-next-softmax': NextSoftmaxElement;
  }
}

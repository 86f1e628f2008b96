import { Task } from '@lit/task';
import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { messageOf } from '../../../src/shared/errors';
import { Memo } from '../../kit/memo';
import { base } from '../../kit/styles';
import { BEST, type SoftmaxSteps, softmaxSteps } from '../../kit/working/softmax-steps';
import '../../kit/working/softmax-working';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import type { Place } from './place';

/** How softmax makes the probabilities of the next token at the temperature that is chosen. */
@customElement('vt-next-softmax')
export class NextSoftmaxElement extends StoreElement {
  @property({ attribute: false }) accessor place!: Place;
  @property({ type: Number }) accessor temperature = 1;
  @property({ attribute: false }) accessor labels: ReadonlyMap<number, string> = new Map();
  readonly #steps = new Memo<SoftmaxSteps>();

  /** What softmax divided by, as a natural logarithm, which only this working needs: a token's logit is its log-probability and this. */
  readonly #logZ = new Task(this, {
    args: () => [this.place] as const,
    task: async ([{ trace, ids }]) => {
      const last = { from: ids.length - 1, to: ids.length };
      const { logZAfter } = await this.store.lenses.predictions({ trace, ...last, topK: 0 });
      return logZAfter[0] ?? Number.NaN;
    },
  });

  static override styles = base;

  override render(): TemplateResult {
    if (this.temperature === 0) {
      return html`<p>${t('At temperature 0 there is nothing to divide by: the token with the largest logit is taken.')}</p>`;
    }
    return html`${this.#logZ.render({
      complete: (logZ) => this.#working(logZ),
      error: (error) => html`<p>${messageOf(error)}</p>`,
    })}`;
  }

  #working(logZ: number): TemplateResult {
    const { place, temperature } = this;
    return html`<vt-softmax-working
      .tokens=${place.order.slice(0, BEST).map((id) => ({ label: this.labels.get(id) ?? '…', marked: false }))}
      .steps=${this.#steps.get([place, temperature, logZ], () => stepsAt(place, temperature, logZ))}
      .count=${place.order.length}
      .temperature=${temperature}
      .model=${place.writer.model}
      .theme=${this.store.theme}
    ></vt-softmax-working>`;
  }
}

function stepsAt({ order, logprobs }: Place, temperature: number, logZ: number): SoftmaxSteps {
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

import { Task } from '@lit/task';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { candidateLabels } from '../../kit/candidate-label';
import { base } from '../../kit/styles';
import { BEST, softmaxSteps } from '../../kit/working/softmax-steps';
import '../../kit/working/softmax-working';
import { StoreElement } from '../../store/store-element';
import type { Place } from './place';

/** How softmax makes the probabilities of a place: of the five best tokens, of the one that stands there, and of the rest. */
@customElement('vt-place-softmax')
export class PlaceSoftmaxElement extends StoreElement {
  @property({ attribute: false }) accessor place!: Place;
  readonly #labels = new Map<number, string>();

  static override styles = base;

  /** Labels that are known are kept: a pointer that moves on leaves no gaps. */
  #ask = new Task(this, {
    args: () => [this.#shown.map(({ id }) => id).join()],
    task: async ([ids]) => {
      const labels = await candidateLabels(this.store.lenses, ids.split(',').map(Number));
      for (const [id, label] of labels) this.#labels.set(id, label);
    },
  });

  override render(): TemplateResult {
    const { id, logZ, candidates } = this.place;
    const { model } = this.store.state;
    const logits = this.#shown.map(({ logprob }) => logprob + logZ);
    // The most probable token's exponential is 1, so that the sum is what 1 has to be divided by.
    const sum = Math.exp(-(candidates[0]?.logprob ?? 0));
    return html`<vt-softmax-working
        .tokens=${this.#shown.map((token) => ({ label: this.#labels.get(token.id) ?? '…', marked: token.id === id }))}
        .steps=${softmaxSteps(logits, 1, sum)}
        .count=${model?.vocabSize ?? 0}
        .model=${model}
        .theme=${this.store.theme}
      ></vt-softmax-working>
      ${this.#ask.error instanceof Error ? html`<p>${this.#ask.error.message}</p>` : nothing}`;
  }

  get #shown(): { id: number; logprob: number }[] {
    const { candidates, id, logprob } = this.place;
    const best = candidates.slice(0, BEST);
    return best.some((candidate) => candidate.id === id) ? best : [...best, { id, logprob }];
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-place-softmax': PlaceSoftmaxElement;
  }
}

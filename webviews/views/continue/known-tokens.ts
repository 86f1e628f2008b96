import { Task } from '@lit/task';
import { css, html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { formatLogprob } from '../../../src/shared/numbers';
import type { Bar } from '../../kit/bars';
import '../../kit/bars';
import { candidateLabels } from '../../kit/candidate-label';
import { base } from '../../kit/styles';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';

/** Where the whole distribution is not at hand: the most probable next tokens, as they were kept with the text. */
@customElement('vt-known-tokens')
export class KnownTokensElement extends StoreElement {
  static override styles = [base, css`:host { display: block; }`];

  #labels = new Task(this, {
    args: () => [
      this.#known()
        .map(({ id }) => id)
        .join(),
    ],
    task: async ([ids]) => candidateLabels(this.store.lenses, ids === '' ? [] : ids.split(',').map(Number)),
  });

  override render(): TemplateResult {
    const known = this.#known();
    const longest = known[0]?.logprob ?? 0;
    const bars = known.map(
      ({ id, logprob }): Bar => ({
        id,
        label: this.#labels.value?.get(id) ?? '…',
        share: Math.exp(logprob - longest),
        text: formatLogprob(logprob),
        title: `${Math.exp(logprob)}`,
      }),
    );
    return html`<vt-bars label=${t('The most probable tokens')} .bars=${bars} .theme=${this.store.theme}></vt-bars>`;
  }

  #known(): { id: number; logprob: number }[] {
    const { predictions, subject } = this.store;
    const count = subject?.read?.ids.length ?? 0;
    if (!predictions || count === 0) return [];
    const { topIds, topLogprobs, topK } = predictions;
    const first = (count - 1) * topK;
    return Array.from(topIds.subarray(first, first + topK), (id, i) => ({
      id,
      logprob: topLogprobs[first + i] ?? Number.NaN,
    }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-known-tokens': KnownTokensElement;
  }
}

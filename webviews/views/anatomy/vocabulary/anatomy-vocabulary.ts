import { Task } from '@lit/task';
import { css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ModelAnatomy } from '../../../../src/shared/anatomy-api';
import { messageOf } from '../../../../src/shared/errors';
import type { HasTables, Table } from '../../../export/table';
import { base } from '../../../kit/styles';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import './token-kinds';
import './undertrained-tokens';

/** What the tokens of the vocabulary are, and which of them the model has hardly been trained on. */
@customElement('vt-anatomy-vocabulary')
export class AnatomyVocabularyElement extends StoreElement implements HasTables {
  @property({ attribute: false }) accessor anatomy!: ModelAnatomy;
  readonly #composition = new Task(this, {
    args: () => [this.store.state.model?.sha256] as const,
    task: () => this.store.lenses.composition({}),
  });

  static override styles = [base, css`vt-undertrained-tokens { margin-top: 24px; }`];

  override render(): TemplateResult {
    const { store, anatomy } = this;
    const { theme } = store;
    return html`${this.#composition.render({
      pending: () => html`<p class="dim" role="status">${t('Computing …')}</p>`,
      complete: (composition) =>
        html`<vt-token-kinds .composition=${composition} .theme=${theme} .scale=${theme.greyMark}></vt-token-kinds>`,
      error: (error) => html`<p role="alert">${messageOf(error)}</p>`,
    })}
      <vt-undertrained-tokens .store=${store} .anatomy=${anatomy}></vt-undertrained-tokens>`;
  }

  tables(): Table[] {
    const composition = this.#composition.value;
    const kinds: Table = {
      label: t('Kinds of tokens'),
      name: 'vocabulary',
      columns: ['kind', 'script', 'count', 'share'],
      rows: () => {
        const { tokens, kinds, scripts } = composition ?? { tokens: 1, kinds: [], scripts: [] };
        return [
          ...kinds.map(({ kind, count }) => [kind, undefined, count, count / tokens]),
          ...scripts.map(({ script, count }) => ['script', script, count, count / tokens]),
        ];
      },
    };
    return [
      ...(composition ? [kinds] : []),
      ...(this.renderRoot.querySelector('vt-undertrained-tokens')?.tables() ?? []),
    ];
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-anatomy-vocabulary': AnatomyVocabularyElement;
  }
}

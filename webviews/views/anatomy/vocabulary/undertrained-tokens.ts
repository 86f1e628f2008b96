import { Task, TaskStatus } from '@lit/task';
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { render } from '../../../../src/display/sentences';
import type { ModelAnatomy } from '../../../../src/shared/anatomy-api';
import type { Indicator, Undertrained, UndertrainedToken } from '../../../../src/shared/undertrained-api';
import type { HasTables, Table } from '../../../export/table';
import '../../../kit/choice';
import { base } from '../../../kit/styles';
import { taskError } from '../../../kit/task-error';
import '../../../kit/term';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import './indicator-histogram';
import { INDICATOR_MEANINGS, INDICATOR_NAMES } from './names';
import './undertrained-candidates';

/** Types of numbers in blocks of few bits, by their names in files. */
const ROUNDED = /^I?Q\d|^MXFP4/i;

/** Tokens that the model has hardly been trained on: how they are told, how many there are, which they are. */
@customElement('vt-undertrained-tokens')
export class UndertrainedTokensElement extends StoreElement implements HasTables {
  @property({ attribute: false }) accessor anatomy!: ModelAnatomy;
  /** Undefined where nobody chose one. */
  @state() private accessor indicator: Indicator | undefined;
  /** Of the token that is pointed at in the list. */
  @state() private accessor pointed: number | undefined;
  #task = 0;
  readonly #found = new Task(this, {
    args: () => [this.store.isLive, this.store.state.model?.sha256, this.indicator] as const,
    task: async ([isLive, , indicator], { signal }) => {
      if (!isLive) return undefined;
      const began = (task: number) => {
        this.#task = task;
      };
      return this.store.lenses.undertrained(indicator ? { indicator } : {}, { signal, began });
    },
  });

  static override styles = [
    base,
    css`
      .row { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: center; margin: 8px 0; }
      progress { width: 120px; }
    `,
  ];

  override willUpdate(changed: PropertyValues): void {
    // Another model may have no such indicator.
    if (changed.has('anatomy')) this.indicator = undefined;
  }

  override render(): TemplateResult {
    const { value, status } = this.#found;
    const error = taskError(this.#found);
    const isUnanswered = status === TaskStatus.COMPLETE && value === undefined;
    // What was measured before stays, with what the model was asked, while it is measured by something else.
    return html`<h2><vt-term name="undertrained">${t('Undertrained tokens')}</vt-term></h2>
      ${status === TaskStatus.PENDING ? this.#progress() : nothing}
      ${error === undefined ? nothing : html`<p role="alert">${error}</p>`}
      ${isUnanswered ? html`<p class="dim">${t('To measure it, open the text in the editor: that needs the model.')}</p>` : nothing}
      ${value && error === undefined ? this.#result(value) : nothing}`;
  }

  tables(): Table[] {
    const found = this.#found.value;
    if (!found) return [];
    const verified = this.renderRoot.querySelector('vt-undertrained-candidates')?.verified;
    return [
      {
        label: t('Undertrained tokens'),
        name: 'undertrained',
        columns: ['id', 'text', found.indicator, 'percentile', 'probability'],
        rows: () =>
          found.candidates.map(({ id, text, indicator, percentile }) => [
            id,
            text,
            indicator,
            100 * percentile,
            verified?.get(id)?.probability,
          ]),
      },
    ];
  }

  #result(found: Undertrained): TemplateResult {
    const { reason, indicator } = found;
    return html`<p>${render(reason, t)}</p>
      ${this.#rounding(indicator)}
      ${this.#choice(found)}
      <p class="dim">${INDICATOR_MEANINGS[indicator]()} ${t('Low: hardly trained.')}</p>
      <vt-indicator-histogram .undertrained=${found} .pointed=${this.pointed}></vt-indicator-histogram>
      <vt-undertrained-candidates
        .store=${this.store}
        .undertrained=${found}
        .model=${this.store.state.model?.sha256 ?? ''}
        @token-point=${({ detail }: CustomEvent<UndertrainedToken | null>) => {
          this.pointed = detail?.indicator;
        }}
      ></vt-undertrained-candidates>`;
  }

  /** Where the file keeps the rows in few bits. */
  #rounding(indicator: Indicator): TemplateResult | typeof nothing {
    const { tensors, tieWordEmbeddings } = this.anatomy;
    const part = tieWordEmbeddings || indicator === 'inputNorm' ? 'embedding' : 'unembedding';
    const type = tensors.find((tensor) => tensor.part === part)?.type ?? '';
    if (!ROUNDED.test(type)) return nothing;
    return html`<p class="dim">${t('The file keeps these rows in {0}: rounding blurs the number a little.', type)}</p>`;
  }

  #choice({ available, indicator }: Undertrained): TemplateResult | typeof nothing {
    if (available.length < 2) return nothing;
    return html`<div class="row no-picture">
      <span>${t('Measured by')}</span>
      <vt-choice
        label=${t('Measured by')}
        .value=${indicator}
        .options=${available.map((value) => ({ value, label: INDICATOR_NAMES[value](), title: INDICATOR_MEANINGS[value]() }))}
        @choose=${({ detail }: CustomEvent<string>) => {
          this.indicator = detail as Indicator;
        }}
      ></vt-choice>
    </div>`;
  }

  #progress(): TemplateResult {
    const { done, total } = this.store.progressOf(this.#task) ?? {};
    const text = t('Measuring the rows of all tokens');
    return html`<div class="row"><span role="status">${text}</span>
      <progress max=${total ?? nothing} value=${done ?? nothing} aria-label=${text}></progress></div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-undertrained-tokens': UndertrainedTokensElement;
  }
}

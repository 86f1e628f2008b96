import { Task } from '@lit/task';
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatCount } from '../../../../src/display/numbers';
import { render } from '../../../../src/display/sentences';
import type { ModelAnatomy } from '../../../../src/shared/anatomy-api';
import { messageOf } from '../../../../src/shared/errors';
import type { Indicator, Undertrained, UndertrainedToken } from '../../../../src/shared/undertrained-api';
import type { HasTables, Table } from '../../../export/table';
import '../../../kit/choice';
import { base } from '../../../kit/styles';
import '../../../kit/term';
import { button } from '../../../kit/toolkit';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import './indicator-histogram';
import { INDICATOR_MEANINGS, INDICATOR_NAMES } from './names';
import './undertrained-list';
import { Verification } from './verification';

/** How many are asked about by one press. */
const ASKED_TOGETHER = 10;

/** Tokens that the model has hardly been trained on: how they are told, how many there are, which they are. */
@customElement('vt-undertrained-tokens')
export class UndertrainedTokensElement extends StoreElement implements HasTables {
  @property({ attribute: false }) accessor anatomy!: ModelAnatomy;
  /** Undefined where nobody chose one. */
  @state() private accessor indicator: Indicator | undefined;
  @state() private accessor pointed: number | undefined;
  #task = 0;
  #verification: Verification | undefined;
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
      h3 { margin: 16px 0 8px; font-size: inherit; font-weight: 600; }
    `,
  ];

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('anatomy')) this.#forget();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget();
  }

  override render(): TemplateResult {
    return html`<h2><vt-term name="undertrained">${t('Undertrained tokens')}</vt-term></h2>
      ${this.#found.render({
        pending: () => this.#progress(t('Measuring the rows of all tokens'), this.store.progressOf(this.#task)),
        complete: (found) =>
          found
            ? this.#result(found)
            : html`<p class="dim">${t('To measure it, open the text in the editor: that needs the model.')}</p>`,
        error: (error) => html`<p role="alert">${messageOf(error)}</p>`,
      })}`;
  }

  tables(): Table[] {
    const found = this.#found.value;
    if (!found) return [];
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
            this.#verification?.verified.get(id)?.probability,
          ]),
      },
    ];
  }

  #result(found: Undertrained): TemplateResult {
    const { reason, candidates } = found;
    return html`<p>${render(reason, t)}</p>
      ${this.#rounding()}
      ${this.#choice(found)}
      <p class="dim">${INDICATOR_MEANINGS[found.indicator]()} ${t('Low: hardly trained.')}</p>
      <vt-indicator-histogram .undertrained=${found} .pointed=${this.pointed}></vt-indicator-histogram>
      <h3>${t('{0} tokens are among the lowest 2 %', formatCount(candidates.length))}</h3>
      <p class="dim">${t('A low number is a suspicion. Asked to repeat a token, a model that does not know it says something else. Single bytes and control tokens look untrained too and are left out.')}</p>
      ${this.#asking(candidates)}
      <vt-undertrained-list
        .candidates=${candidates}
        .verified=${this.#verifications.verified}
        .waiting=${this.#verifications.waiting}
        .known=${`${this.#verifications.verified.size} ${this.#verifications.waiting.size}`}
        .indicator=${INDICATOR_NAMES[found.indicator]()}
        @token-ask=${({ detail }: CustomEvent<UndertrainedToken>) => this.#verifications.ask([detail.id])}
        @token-point=${({ detail }: CustomEvent<UndertrainedToken | null>) => {
          this.pointed = detail?.indicator;
        }}
      ></vt-undertrained-list>`;
  }

  /** Where the file keeps the rows in few bits. */
  #rounding(): TemplateResult | typeof nothing {
    const { tensors, tieWordEmbeddings } = this.anatomy;
    const part = tieWordEmbeddings || this.#found.value?.indicator === 'inputNorm' ? 'embedding' : 'unembedding';
    const type = tensors.find((tensor) => tensor.part === part)?.type ?? '';
    if (!/^I?Q\d|MXFP4/i.test(type)) return nothing;
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

  #asking(candidates: readonly UndertrainedToken[]): TemplateResult {
    const { work, verified, waiting, done } = this.#verifications;
    const next = candidates
      .filter(({ id }) => !verified.has(id))
      .slice(0, ASKED_TOGETHER)
      .map(({ id }) => id);
    const ask = button(t('Ask about the {0} lowest', next.length), () => this.#verifications.ask(next), {
      isDisabled: next.length === 0,
    });
    return html`${work.isRunning ? this.#progress(t('The model is asked to repeat tokens'), { done, total: done + waiting.size }, () => this.#verifications.stop()) : html`<div class="row no-picture">${ask}</div>`}
      ${work.failure ? html`<p role="alert">${work.failure}</p>` : nothing}`;
  }

  #progress(text: string, progress: { done: number; total: number } | undefined, stop?: () => void): TemplateResult {
    return html`<div class="row no-picture"><span role="status">${text}</span>
      <progress max=${progress?.total ?? nothing} value=${progress?.done ?? nothing} aria-label=${text}></progress>
      ${stop ? button(t('Cancel'), stop) : nothing}</div>`;
  }

  get #verifications(): Verification {
    this.#verification ??= new Verification(this.store, () => this.requestUpdate());
    return this.#verification;
  }

  #forget(): void {
    this.#verification?.stop();
    this.#verification = undefined;
    this.indicator = undefined;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-undertrained-tokens': UndertrainedTokensElement;
  }
}

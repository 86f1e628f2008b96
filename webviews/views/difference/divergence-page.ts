import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { DivergenceStatistics } from '../../../src/shared/difference-api';
import type { ComparisonState } from '../../../src/shared/inspector-api';
import type { HasTables, Table } from '../../export/table';
import '../../kit/choice';
import { StoppableWork } from '../../kit/stoppable-work';
import { base } from '../../kit/styles';
import { button } from '../../kit/toolkit';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import { divergenceRows } from './divergence-rows';
import './divergence-table';
import './percentile-picture';

/** What was measured, and of which models. */
interface Measured {
  statistics: DivergenceStatistics;
  /** Of the comparison, and of the text. */
  key: string;
}

/** The statistics of `llama-perplexity --kl-divergence`, of the selection or of the whole document. */
@customElement('vt-divergence-page')
export class DivergencePageElement extends StoreElement implements HasTables {
  @property({ attribute: false }) accessor comparison!: ComparisonState;
  @state() private accessor scope = 'shown';
  @state() private accessor way = 'text';
  @state() private accessor measured: Measured | undefined;
  readonly #work = new StoppableWork(() => this.requestUpdate());
  #task = 0;

  static override styles = [
    base,
    css`
      :host { display: grid; grid-template-columns: minmax(0, 1fr); gap: 16px; padding: 16px; }
      .row { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 16px; }
      progress { width: 120px; }
      .result { display: grid; gap: 16px 40px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 340px), 1fr)); align-items: start; }
      .result > * { min-width: 0; }
      .pictures { display: grid; gap: 24px; }
      .old { filter: opacity(0.55); }
    `,
  ];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#work.stop();
  }

  override render(): TemplateResult {
    const { a, b } = this.comparison;
    return html`<p>${t('What llama-perplexity --kl-divergence of llama.cpp prints, with its definitions: B ({0}) as the quantised model, A ({1}) as its base.', b.label, a.label)}</p>
      ${this.store.isLive ? this.#controls() : html`<p class="dim">${t('To measure it, open the text in the editor: that needs both models.')}</p>`}
      ${this.#work.failure ? html`<p role="alert">${this.#work.failure}</p>` : nothing}
      ${this.measured ? this.#result(this.measured) : nothing}`;
  }

  tables(): Table[] {
    const { measured } = this;
    if (!measured) return [];
    return [
      {
        label: t('Statistics'),
        name: 'kl-divergence',
        columns: ['name', 'value', 'error'],
        rows: () => divergenceRows(measured.statistics).map(({ name, value, error }) => [name, value, error]),
      },
    ];
  }

  #controls(): TemplateResult {
    const scopes = [
      { value: 'shown', label: t('what is shown') },
      { value: 'document', label: t('the whole document') },
    ];
    const ways = [
      {
        value: 'text',
        label: t('the text as it is'),
        title: t('Every token that both predict, each after all that stands before it.'),
      },
      {
        value: 'chunks',
        label: t('llama.cpp’s chunks'),
        title: t('Chunks of 512 tokens, of which the second half is counted: the numbers of its own tool.'),
      },
    ];
    const isReady = this.store.subject?.read !== undefined;
    return html`<div class="row no-picture">
        <vt-choice label=${t('Of what')} .value=${this.scope} .options=${scopes} @choose=${({
          detail,
        }: CustomEvent<string>) => {
          this.scope = detail;
        }}></vt-choice>
        <vt-choice label=${t('Read as')} .value=${this.way} .options=${ways} @choose=${({
          detail,
        }: CustomEvent<string>) => {
          this.way = detail;
        }}></vt-choice>
      </div>
      <div class="row no-picture">${this.#work.isRunning ? this.#progress() : button(t('Statistics as llama.cpp has them'), () => this.#measure(), { isPrimary: true, isDisabled: !isReady })}</div>`;
  }

  #progress(): TemplateResult {
    const { done, total } = this.store.progressOf(this.#task) ?? {};
    const text = t('Both models read the text');
    return html`<span role="status">${text}</span>
      <progress max=${total ?? nothing} value=${done ?? nothing} aria-label=${text}></progress>
      ${button(t('Cancel'), () => this.#work.stop())}`;
  }

  #result({ statistics, key }: Measured): TemplateResult {
    const isOld = key !== this.#key;
    const fill = this.store.theme.greyMark(1);
    return html`${isOld ? html`<p role="status">${t('The models or the text have changed since: these are the numbers of before.')}</p>` : nothing}
      <div class=${isOld ? 'result old' : 'result'}>
        <vt-divergence-table .statistics=${statistics}></vt-divergence-table>
        <div class="pictures">
          <vt-percentile-picture label=${t('KL(A‖B), nats')} .values=${statistics.kl} .fill=${fill} unit="nats"></vt-percentile-picture>
          <vt-percentile-picture label=${t('Δp, percentage points')} .values=${statistics.probabilityChange} .fill=${fill} unit="share"></vt-percentile-picture>
        </div>
      </div>`;
  }

  get #key(): string {
    return `${this.comparison.revision} ${this.store.subject?.revision} ${this.scope} ${this.way}`;
  }

  #measure(): Promise<void> {
    return this.#work.run(async (signal) => {
      const [key, whole, asLlamaCpp] = [this.#key, this.scope === 'document', this.way === 'chunks'];
      this.#task = this.store.newTask(signal);
      const statistics = await this.store.host.divergence({ task: this.#task, whole, asLlamaCpp });
      if (!signal.aborted) this.measured = { statistics, key };
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-divergence-page': DivergencePageElement;
  }
}

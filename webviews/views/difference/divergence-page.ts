import { Task, TaskStatus } from '@lit/task';
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
import './divergence-result';
import { recordedDivergences, scopeName, scopes, ways } from './divergence-scope';

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

  /** Of an exported file. */
  readonly #recorded = new Task(this, {
    args: () => [this.store.isLive] as const,
    task: async ([isLive]) => (isLive ? [] : recordedDivergences(this.store.host)),
  });

  static override styles = [
    base,
    css`
      :host { display: grid; grid-template-columns: minmax(0, 1fr); gap: 16px; padding: 16px; }
      .row { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 16px; }
      progress { width: 120px; }
      .old { filter: opacity(0.55); }
    `,
  ];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#work.stop();
  }

  override render(): TemplateResult {
    if (this.comparison.kind === 'chatTemplate') return html`<p>${notInTemplate()}</p>`;
    return html`<p>${whatItIs(this.comparison)}</p>
      ${this.store.isLive ? this.#controls() : this.#all()}
      ${this.#work.failure ? html`<p role="alert">${this.#work.failure}</p>` : nothing}
      ${this.measured ? this.#result(this.measured) : nothing}`;
  }

  tables(): Table[] {
    const recorded = this.#recorded.value ?? [];
    return [
      ...(this.measured ? [divergenceTable(t('Statistics'), this.measured.statistics)] : []),
      ...recorded.map((one) => divergenceTable(`${t('Statistics')}, ${scopeName(one)}`, one.statistics)),
    ];
  }

  /** What an exported file holds. */
  #all(): TemplateResult | TemplateResult[] {
    const { value = [], status } = this.#recorded;
    if (status === TaskStatus.COMPLETE && value.length === 0) {
      return html`<p class="dim">${t('To measure it, open the text in the editor: that needs both models.')}</p>`;
    }
    return value.map(
      (one) => html`<section><h2>${scopeName(one)}</h2>
        <vt-divergence-result .store=${this.store} .statistics=${one.statistics}></vt-divergence-result></section>`,
    );
  }

  #controls(): TemplateResult {
    const isReady = this.store.subject?.read !== undefined;
    return html`<div class="row no-picture">
        <vt-choice label=${t('Of what')} .value=${this.scope} .options=${scopes()} @choose=${({
          detail,
        }: CustomEvent<string>) => {
          this.scope = detail;
        }}></vt-choice>
        <vt-choice label=${t('Read as')} .value=${this.way} .options=${ways()} @choose=${({
          detail,
        }: CustomEvent<string>) => {
          this.way = detail;
        }}></vt-choice>
      </div>
      <div class="row no-picture">${this.#work.isRunning ? this.#progress() : button(t('Measure'), () => this.#measure(), { isPrimary: true, isDisabled: !isReady })}</div>`;
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
    return html`${isOld ? html`<p role="status">${t('The models or the text have changed since: these are the numbers of before.')}</p>` : nothing}
      <vt-divergence-result class=${isOld ? 'old' : ''} .store=${this.store} .statistics=${statistics}></vt-divergence-result>`;
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

/** As `vitrine diff` has it. */
const notInTemplate = () =>
  t(
    'llama.cpp’s statistics are of one text that both models read. B reads it in its chat template, which A does not, so there are none. Compare with something else.',
  );

function whatItIs({ kind, a, b }: ComparisonState): string {
  return kind === 'model' || kind === 'weights'
    ? t(
        'What llama-perplexity --kl-divergence of llama.cpp prints, with its definitions: B ({0}) as the quantised model, A ({1}) as its base.',
        b.label,
        a.label,
      )
    : t(
        'What llama-perplexity --kl-divergence of llama.cpp prints, with its definitions: B ({0}) as the changed model, A ({1}) as its base.',
        b.label,
        a.label,
      );
}

function divergenceTable(label: string, statistics: DivergenceStatistics): Table {
  return {
    label,
    name: 'kl-divergence',
    columns: ['name', 'value', 'error'],
    rows: () => divergenceRows(statistics).map(({ name, value, error }) => [name, value, error]),
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-divergence-page': DivergencePageElement;
  }
}

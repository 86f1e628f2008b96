import { css, html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatCount, formatDecimal, formatLogprob } from '../../../src/display/numbers';
import { bitsOf } from '../../../src/display/scales';
import { messageOf } from '../../../src/shared/errors';
import '../../kit/bars';
import type { Bar } from '../../kit/bars';
import { base } from '../../kit/styles';
import { subjectTokens } from '../../kit/subject-tokens';
import { button } from '../../kit/toolkit';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import { headName } from './attention-scope';
import { type Trial, type TrialBatch, tryHeads } from './head-trials';

const LISTED = 10;
/** Where no head mattered more, bars are drawn against this: what changes next to nothing shall not look like much. */
const SHORTEST_SCALE_BITS = 1;

/** The heads that mattered most for the selected token: each is tried, and the list grows as they are. Event: `head-select`. */
@customElement('vt-mattering-heads')
export class MatteringHeadsElement extends StoreElement {
  @property({ attribute: false }) accessor trace: number | undefined;
  @property({ attribute: false }) accessor token: number | undefined;
  /** Heads that are off while all others are tried. */
  @property({ attribute: false }) accessor ablated = '';
  /** What is known so far. */
  @state() accessor trials: readonly Trial[] = [];
  @state() private accessor failure = '';
  #running: AbortController | undefined;
  #batch: TrialBatch | undefined;

  static override styles = [
    base,
    css`
      .line { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; margin-bottom: 8px; }
      progress { flex: 1 1 80px; min-width: 80px; }
      .mono { white-space: pre; color: inherit; }
      p { margin-top: 4px; }
    `,
  ];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#running?.abort();
  }

  /** Trials are of one token of one text: another one's are not shown beside it. */
  override willUpdate(changed: PropertyValues): void {
    if (!['trace', 'token', 'ablated'].some((name) => changed.has(name))) return;
    this.#running?.abort();
    this.#running = undefined;
    this.trials = [];
    this.failure = '';
  }

  override render(): TemplateResult {
    const { token, trials } = this;
    if (token === undefined)
      return html`<p class="dim">${t('Choose a token to find the heads that made it probable.')}</p>`;
    if (token === 0) return html`<p class="dim">${t('Nothing predicts the first token. Choose a later one.')}</p>`;
    return html`${this.#running ? this.#progress() : this.#offer(token)}
      ${this.failure ? html`<p role="alert">${this.failure}</p>` : ''}
      ${trials.length > 0 ? this.#list() : ''}`;
  }

  #offer(token: number): TemplateResult {
    const label = subjectTokens(this.store.subject)[token]?.label ?? '';
    return html`<div class="line no-picture">
      ${button(t('Try every head'), () => this.#start())}
      <span class="dim">${t('for {0}', label)}</span>
    </div>`;
  }

  #progress(): TemplateResult {
    const all = this.#heads;
    const tried = this.#tried;
    const text = t('{0} of {1} heads tried', formatCount(tried), formatCount(all));
    return html`<div class="line no-picture">
      <progress max=${all} value=${tried} aria-label=${text}></progress>
      <span class="number">${text}</span>
      ${button(t('Cancel'), () => this.#running?.abort())}
    </div>`;
  }

  #list(): TemplateResult {
    const largest = this.trials
      .toSorted((one, other) => Math.abs(other.change) - Math.abs(one.change))
      .slice(0, LISTED);
    const longest = Math.max(SHORTEST_SCALE_BITS, Math.abs(bitsOf(largest[0]?.change ?? 0)));
    const bars = largest.map((trial) => this.#bar(trial, longest));
    return html`<vt-bars
        selectable
        label=${t('Heads that mattered most')}
        .bars=${bars}
        .theme=${this.store.theme}
        @bar-select=${({ detail }: CustomEvent<number>) => this.#select(detail)}
      ></vt-bars>
      <p class="dim">${t('Bits of surprisal that the token gains (+) or loses (−) without the head.')}</p>`;
  }

  #bar({ layer, head, change }: Trial, longest: number): Bar {
    const bits = bitsOf(change);
    const before = this.store.predictions?.logprob[this.token ?? 0] ?? Number.NaN;
    return {
      id: layer * (this.store.state.model?.numAttentionHeads ?? 1) + head,
      label: headName({ layer, head }),
      share: Math.abs(bits) / longest,
      text: `${bits > 0 ? '+' : ''}${formatDecimal(bits)}`,
      title: t('probability {0}, without the head {1}', formatLogprob(before), formatLogprob(before + change)),
      hue: bits > 0 ? 'warm' : 'blue',
    };
  }

  /** The engine goes through the layers with a batch of heads: its part that is done counts as so many of them. */
  get #tried(): number {
    const { task, heads } = this.#batch ?? { task: -1, heads: 0 };
    const { done, total } = this.store.progressOf(task) ?? { done: 0, total: 1 };
    return this.trials.length + Math.floor((heads * done) / total);
  }

  get #heads(): number {
    const { numHiddenLayers = 0, numAttentionHeads = 0 } = this.store.state.model ?? {};
    return numHiddenLayers * numAttentionHeads;
  }

  readonly #start = async (): Promise<void> => {
    const { trace } = this;
    const before = this.store.predictions?.logprob[this.token ?? 0];
    if (trace === undefined || this.token === undefined || before === undefined) return;
    const running = new AbortController();
    this.#running = running;
    this.trials = [];
    this.failure = '';
    const begun = (batch: TrialBatch) => {
      this.#batch = batch;
    };
    try {
      for await (const trials of tryHeads(this.store, { trace, token: this.token, before }, running.signal, begun)) {
        if (this.#running !== running) return;
        this.#batch = undefined;
        this.trials = [...this.trials, ...trials];
      }
    } catch (error) {
      if (!running.signal.aborted) this.failure = messageOf(error);
    }
    if (this.#running === running) this.#running = undefined;
    this.requestUpdate();
  };

  #select(index: number): void {
    const heads = this.store.state.model?.numAttentionHeads ?? 1;
    const detail = { layer: Math.floor(index / heads), head: index % heads };
    this.dispatchEvent(new CustomEvent('head-select', { detail }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-mattering-heads': MatteringHeadsElement;
  }
}

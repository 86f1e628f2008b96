import { messageOf } from '../../../src/shared/errors';
import '../../kit/language-notice';
import { button } from '../../kit/toolkit';
import './compared-text';
import './cumulative-chart';
import { Task } from '@lit/task';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { isSteered } from '../../../src/shared/steering';
import {
  type HasTables,
  predictionCells,
  predictionColumns,
  type Table,
  TOKEN_COLUMNS,
  tokenCells,
} from '../../export/table';
import { readingTokens } from '../../kit/count-text';
import { base } from '../../kit/styles';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import { commonStart, letterOf, type PredictedText, predictText } from './predicted-text';
import { divergenceText, lengthText, remarks, verdict } from './verdict';

const MOST_TEXTS = 3;
/** A pause in typing after which the texts are read. */
const PAUSE_MS = 350;

/** The tokens of all texts with what the model makes of them. It reads them with all heads on. */
function comparedTable(reads: readonly PredictedText[]): Table {
  return {
    label: t('Tokens'),
    name: 'tokens',
    columns: ['letter', ...TOKEN_COLUMNS, ...predictionColumns(reads[0]?.predictions ?? {}), 'sumLogprob'],
    ablated: [],
    rows: () =>
      reads.flatMap(({ text, ids, starts, ends, predictions, cumulative }, i) =>
        Array.from(ids, (_, position) => [
          letterOf(i),
          ...tokenCells({ text, read: { ids, starts, ends } }, position),
          ...predictionCells(predictions, position),
          cumulative[position],
        ]),
      ),
  };
}

/** Two or three texts, each read alone: which is more probable, how many times, and where they part. */
@customElement('vt-compare-view')
export class CompareViewElement extends StoreElement implements HasTables {
  @state() private accessor texts: readonly string[] = [];
  #previousRequest: readonly string[] | undefined;
  #task = 0;

  static override styles = [
    base,
    css`
      :host { padding: 12px 16px; }
      vt-language-notice { display: block; margin-bottom: 12px; }
      .texts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 320px), 1fr)); gap: 16px 24px; }
      .bar { display: flex; flex-wrap: wrap; gap: 8px; margin: 12px 0; }
      section { margin-top: 12px; padding-top: 12px; border-top: 1px solid var(--line); }
      .verdict { font-size: 1.3em; max-width: none; }
      .verdict small { margin-inline-start: 12px; font-size: 0.75em; }
      p { margin-bottom: 4px; }
      .stale { filter: grayscale(0.8) opacity(0.7); }
    `,
  ];

  #reads = new Task(this, {
    args: () => [this.store.state.model?.sha256, ...this.texts] as const,
    task: async ([, ...texts], { signal }) => {
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      signal.throwIfAborted();
      return this.#readAll(
        texts.filter((text) => text !== ''),
        signal,
      );
    },
  });

  override connectedCallback(): void {
    super.connectedCallback();
    const saved = this.store.viewState.get('compare.texts', '');
    this.texts = saved
      ? (JSON.parse(saved) as string[])
      : [t('The mouse ate the cheese.'), t('The cheese ate the mouse.')];
  }

  /** A command may ask for texts at any time. */
  override willUpdate(): void {
    const { texts } = this.store.state.viewRequest;
    if (texts === this.#previousRequest) return;
    this.#previousRequest = texts;
    if (texts && texts.length > 0) this.#setTexts(texts.length > 1 ? texts.slice(0, MOST_TEXTS) : [...texts, '']);
  }

  override updated(): void {
    this.store.tellShown({ texts: [...this.texts] });
  }

  override render(): TemplateResult {
    const reads = this.#reads.value ?? [];
    return html`
      <vt-language-notice .store=${this.store} .texts=${this.texts}></vt-language-notice>
      <div class="texts">${this.texts.map((text, i) => this.#text(text, i, reads))}</div>
      ${this.store.isLive ? html`<div class="bar">${this.#actions()}</div>` : nothing}
      ${this.#reads.render({
        pending: () =>
          html`<p role="status" class="dim">${this.#progressText()}</p>${reads.length > 1 ? this.#answer(reads, 'stale') : nothing}`,
        complete: (read) =>
          read.length > 1
            ? this.#answer(read, '')
            : html`<p class="dim">${t('Write at least two texts to compare them.')}</p>`,
        error: (error) => html`<p role="alert">${messageOf(error)}</p>`,
      })}
    `;
  }

  /** Where a text is to be written. */
  async focusEmpty(): Promise<void> {
    await this.updateComplete;
    const fields = [...this.renderRoot.querySelectorAll('vt-compared-text')];
    const empty = fields.find(({ text }) => text === '');
    await empty?.updateComplete;
    empty?.focus();
  }

  /** The tokens of all texts with what the model makes of them. */
  tables(): Table[] {
    return [comparedTable(this.#reads.value ?? [])];
  }

  #text(text: string, index: number, reads: readonly PredictedText[]): TemplateResult {
    const read = reads.find((known) => known.text === text);
    return html`<vt-compared-text
      .store=${this.store}
      .text=${text}
      .index=${index}
      .read=${read}
      .parting=${reads.length > 1 ? partingOf(reads) : undefined}
      @text-change=${({ detail }: CustomEvent<string>) => this.#setTexts(this.texts.with(index, detail))}
    ></vt-compared-text>`;
  }

  #answer(reads: readonly PredictedText[], classes: string): TemplateResult {
    const { ablated, steering } = this.store.state;
    return html`<section class=${classes}>
      ${verdict(reads)}
      <p>${lengthText(reads)}</p>
      <p>${divergenceText(reads)}</p>
      <h2>${t('Log-probability as it adds up')}<small>${t('nats; where a line falls away, that text is less probable')}</small></h2>
      <vt-cumulative-chart .store=${this.store} .reads=${reads} .parting=${partingOf(reads)}></vt-cumulative-chart>
      ${remarks(reads).map((text) => html`<p class="dim">${text}</p>`)}
      ${isSteered(steering) ? html`<p class="dim">${t('The texts compared here are read without steering.')}</p>` : nothing}
      ${ablated.length > 0 ? html`<p class="dim">${t('The texts compared here are read with every head on.')}</p>` : nothing}
    </section>`;
  }

  #actions(): TemplateResult {
    const { host } = this.store;
    const add = () => this.#setTexts([...this.texts, '']);
    const remove = () => this.#setTexts(this.texts.slice(0, -1));
    const take = async (texts: Promise<string[]>) => {
      const found = (await texts).filter((text) => text !== '');
      if (found.length > 0)
        this.#setTexts([...found, ...this.texts].slice(0, Math.max(2, found.length)).slice(0, MOST_TEXTS));
    };
    const fromClipboard = async () => [...(await host.selections()).slice(0, 1), await host.clipboard()];
    return html`
      ${this.texts.length < MOST_TEXTS ? button(t('Add a text'), add) : button(t('Remove the last text'), remove)}
      ${button(t('Take what is selected in the editor'), () => void take(host.selections()))}
      ${button(t('Compare the selection with the clipboard'), () => void take(fromClipboard()))}
    `;
  }

  #progressText(): string {
    const progress = this.store.progressOf(this.#task);
    return progress ? readingTokens(progress.done, progress.total) : t('Reading …');
  }

  #setTexts(texts: readonly string[]): void {
    this.texts = texts;
    this.store.viewState.set('compare.texts', JSON.stringify(texts));
  }

  /** Each text once; what was read before is known. */
  async #readAll(texts: readonly string[], signal: AbortSignal): Promise<PredictedText[]> {
    const { host, answers } = this.store;
    const began = (task: number) => {
      this.#task = task;
    };
    const reads: PredictedText[] = [];
    for (const text of texts) {
      const ask = (task: number) => predictText(host, task, text);
      reads.push(await answers.get({ key: `compare ${text}`, isTask: true, ask }, { signal, began }));
    }
    return reads;
  }
}

function partingOf([first, ...others]: readonly PredictedText[]): number {
  return first ? Math.min(...others.map((other) => commonStart(first, other))) : 0;
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-compare-view': CompareViewElement;
  }
}

import { Task } from '@lit/task';
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Predictions } from '../../../src/shared/engine-api';
import { formatCount } from '../../../src/shared/numbers';
import '../../kit/heat-strip';
import { base } from '../../kit/styles';
import { subjectTokens } from '../../kit/subject-tokens';
import '../../kit/toolkit';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import './change-panel';
import { type ChangedText, readChanged } from './changed-text';
import type { Column } from './curve-plot';
import './part-sums';
import './place-panel';
import { shownRuns, sumsOfRuns, surprisalsOf } from './span-sums';
import './surprisal-curve';
import './text-sums';

/** How probable the model finds the text, what it would have written instead, and what that would have changed. */
@customElement('vt-probabilities-view')
export class ProbabilitiesViewElement extends StoreElement {
  /** Ids of tokens put in the place of others, by position. */
  @state() private accessor changes: ReadonlyMap<number, number> = new Map();
  #task = 0;
  #trace: number | undefined;
  #columns: Column[] = [];
  #columnsFor: unknown[] = [];

  static override styles = [
    base,
    css`
      :host { display: block; container-type: inline-size; }
      .views { display: grid; gap: 24px 40px; padding: 16px; }
      .along { display: grid; gap: 24px; min-width: 0; align-content: start; }
      .working { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 16px; padding: 8px 16px; }
      @container (min-width: 720px) {
        .views { grid-template-columns: minmax(0, 3fr) minmax(280px, 2fr); }
      }
    `,
  ];

  #changed = new Task(this, {
    args: () => [this.changes, this.store.subject?.read, this.store.predictions?.topK] as const,
    task: async ([changed, read, topK], { signal }) => {
      if (changed.size === 0 || !read || topK === undefined) return undefined;
      const task = this.store.newTask();
      this.#task = task;
      signal.addEventListener('abort', () => void this.store.host.cancel({ task }));
      return readChanged(this.store, read, { changed, task, topK });
    },
  });

  /** Another text, or another reading of it, has no changes. */
  override willUpdate(_: PropertyValues): void {
    const trace = this.store.subject?.read?.trace;
    if (trace === this.#trace) return;
    this.#trace = trace;
    this.changes = new Map();
  }

  override render(): TemplateResult | typeof nothing {
    const { store } = this;
    const { predictions, subject } = store;
    if (!subject) return nothing;
    const changed = this.changes.size > 0 ? this.#changed.value : undefined;
    return html`<vt-heat-strip .store=${store} .difference=${changed}></vt-heat-strip>
      ${this.#changing()}
      ${
        changed
          ? html`<vt-change-panel
              .store=${store}
              .changed=${changed}
              @put-back=${(event: CustomEvent<number>) => this.#put(event.detail, undefined)}
            ></vt-change-panel>`
          : nothing
      }
      ${predictions ? this.#views(predictions, changed) : nothing}`;
  }

  #views(predictions: Predictions, changed: ChangedText | undefined): TemplateResult {
    const { store } = this;
    const { subject, state } = store;
    if (!subject) return html``;
    return html`<div class="views">
      <div class="along">
        <section>
          <h2>${t('Surprisal along the text')}<small>${t('bits, a column a token; click to go there')}</small></h2>
          <vt-surprisal-curve
            .columns=${this.#columnsOf(predictions, changed)}
            .theme=${store.theme}
            .selected=${state.selected.token}
            .hovered=${store.hovered}
            @token-hover=${(event: CustomEvent<number | undefined>) => store.hover(event.detail)}
            @token-select=${(event: CustomEvent<number>) => store.selectToken(event.detail)}
          ></vt-surprisal-curve>
        </section>
        <vt-text-sums
          .sums=${sumsOfRuns(subject, predictions, shownRuns(subject))}
          .theme=${store.theme}
        ></vt-text-sums>
      </div>
      <vt-place-panel
        .store=${store}
        .changed=${changed}
        @bar-select=${(event: CustomEvent<number>) => this.#put(store.token, event.detail)}
      ></vt-place-panel>
      <vt-part-sums
        .store=${store}
        .predictions=${predictions}
        @token-select=${(event: CustomEvent<number>) => store.select({ token: event.detail })}
      ></vt-part-sums>
    </div>`;
  }

  #changing(): unknown {
    if (this.changes.size === 0) return nothing;
    return this.#changed.render({
      pending: () => {
        const { done = 0, total = 0 } = this.store.progressOf(this.#task) ?? {};
        const stop = () => {
          this.changes = new Map();
        };
        return html`<div class="working" role="status">
            ${total > 0 ? t('Reading {0} of {1} tokens', formatCount(done), formatCount(total)) : t('Computing …')}
            <vscode-button appearance="secondary" @click=${stop}>${t('Cancel')}</vscode-button>
          </div>`;
      },
      error: (error) => html`<p class="working">${(error as Error).message}</p>`,
    });
  }

  /** @param id of the token to put there; undefined puts the document's own back */
  #put(position: number | undefined, id: number | undefined): void {
    if (position === undefined) return;
    const changes = new Map(this.changes);
    if (id === undefined || id === this.store.subject?.read?.ids[position]) changes.delete(position);
    else changes.set(position, id);
    this.changes = changes;
  }

  #columnsOf(predictions: Predictions, changed: ChangedText | undefined): Column[] {
    const { subject } = this.store;
    const key = [predictions, changed, subject];
    if (key.some((part, i) => part !== this.#columnsFor[i])) {
      this.#columnsFor = key;
      const original = surprisalsOf(predictions);
      const bits = changed ? surprisalsOf(changed.predictions) : original;
      const tokens = changed?.tokens ?? subjectTokens(subject);
      this.#columns = tokens.flatMap(({ label, isShown }, position) =>
        isShown ? [{ position, label, bits: bits[position] ?? Number.NaN, before: changed && original[position] }] : [],
      );
    }
    return this.#columns;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-probabilities-view': ProbabilitiesViewElement;
  }
}

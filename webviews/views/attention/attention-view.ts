import './attention-picture';
import './attention-side';
import './attention-strip';
import './attention-toolbar';
import './change-strip';
import './head-grid';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { openingHead } from '../../../src/display/head-roles';
import type { Predictions } from '../../../src/shared/engine-api';
import { type HeadAddress, isSameHead } from '../../../src/shared/head-address';
import type { Subject } from '../../../src/shared/inspector-api';
import type { HasTables, Table } from '../../export/table';
import { Memo } from '../../kit/memo';
import { base } from '../../kit/styles';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import { AblationComparison } from './ablation-change';
import { AttentionData } from './attention-data';
import { type AttentionScope, headName, isSameScope, KINDS, type Kind } from './attention-scope';
import { headSummaryText, openingSentence } from './head-summary-text';
import { layerNotesText } from './layer-notes';
import { reachOf } from './reach';
import { type RowWeights, rowWeights } from './row-weights';
import { changeTable, headsTable, patternTables, trialsTable, weightsTable } from './tables';
import { isValueWeighted } from './value-weighting';

/** A longer text's heads are not previewed whole: each would keep the engine busy. */
const PREVIEWED_TOKENS = 512;

/** Until it is known what heads do. */
const FIRST: HeadAddress = { layer: 0, head: 0 };

/** Where every token looks, head by head. */
@customElement('vt-attention-view')
export class AttentionViewElement extends StoreElement implements HasTables {
  /** The head under the pointer. */
  @state() private accessor pointed: HeadAddress | undefined;
  readonly #data = new AttentionData(this, () => this.#scope);
  readonly #ablation = new AblationComparison(this);
  readonly #row = new Memo<RowWeights | undefined>();

  /** The heads beside the picture, and what is known of them beside both where there is room, and below where there is not. */
  static override styles = [
    base,
    css`
      :host { container-type: inline-size; }
      .failure { padding: 8px 16px; border-bottom: 1px solid var(--line); }
      .panes { display: grid; grid-template-columns: minmax(100px, 28%) minmax(0, 1fr); gap: 16px 12px; padding: 8px 16px 24px; }
      .heads { min-width: 0; }
      .pointed { min-height: 1.5em; margin-top: 4px; }
      vt-attention-side { grid-column: 1 / -1; }
      @container (min-width: 480px) {
        .panes { grid-template-columns: minmax(140px, 28%) minmax(0, 1fr); gap: 16px; }
      }
      @container (min-width: 1080px) {
        .panes { grid-template-columns: minmax(200px, 300px) minmax(0, 1fr) 300px; gap: 32px; }
        vt-attention-side { grid-column: auto; }
      }
    `,
  ];

  override updated(): void {
    const chosen = this.#kind === 'head' ? this.#chosen : undefined;
    this.store.tellShown(chosen ? { head: { layer: chosen.layer, head: chosen.head } } : {});
  }

  override render(): TemplateResult | typeof nothing {
    const { store } = this;
    const { model, ablated } = store.state;
    if (!model || !store.subject?.read?.ids.length) return nothing;
    const row = this.#currentRow;
    const chosen = this.#chosen ?? FIRST;
    const scope = this.#scope ?? { kind: this.#kind, ...FIRST };
    const scale = store.theme.mark('blue');
    const select = ({ detail }: CustomEvent<HeadAddress>) => this.#select(detail);
    const update = () => this.requestUpdate();
    return html`
      ${this.#strip(row, scope)}
      ${this.#data.failure ? html`<p class="failure" role="alert">${this.#data.failure}</p>` : nothing}
      <vt-attention-toolbar
        class="no-picture"
        .store=${store}
        .scope=${scope}
        .chosen=${chosen}
        @choice-change=${update}
      ></vt-attention-toolbar>
      <div class="panes">
        <section class="heads">
          <h2>${t('All heads')} <small>${t('{0} layers × {1}', model.numHiddenLayers, model.numAttentionHeads)}</small></h2>
          <vt-head-grid
            .layers=${model.numHiddenLayers}
            .heads=${model.numAttentionHeads}
            .kinds=${model.layers}
            .tokens=${store.subject.read.ids.length}
            .thumbnails=${this.#data.thumbnails}
            .summaries=${this.#data.heads}
            .chosen=${chosen}
            .ablated=${ablated}
            .masksSink=${store.state.masksSink}
            .wholeLayer=${scope.kind === 'layer'}
            .theme=${store.theme}
            .scale=${scale}
            @head-hover=${({ detail }: CustomEvent<HeadAddress | undefined>) => {
              this.pointed = detail;
            }}
            @head-select=${select}
          ></vt-head-grid>
          <p class="pointed dim">${this.#pointedText()}</p>
        </section>
        <vt-attention-picture
          .store=${store}
          .scope=${scope}
          .opening=${this.#opening}
          .answered=${this.#data.pattern}
          .row=${row}
          .rolloutTask=${this.#data.isPending || this.#data.isRowPending ? this.#data.rolloutTask : undefined}
          ?pending=${this.#data.isPending}
          ?failed=${this.#data.failure !== undefined}
          ?cancelled=${this.#data.isCancelled}
          @cancel-rollout=${() => this.#data.cancelRollout()}
          @ask-again=${() => this.#data.askAgain()}
        ></vt-attention-picture>
        <vt-attention-side
          .store=${store}
          .scope=${scope}
          .chosen=${chosen}
          .summaries=${this.#data.heads}
          .row=${row}
          @head-select=${select}
        ></vt-attention-side>
      </div>`;
  }

  tables(): Table[] {
    const { subject, host, predictions } = this.store;
    const { model } = this.store.state;
    const scope = this.#scope;
    if (!subject || !predictions || !scope) return [];
    const { heads, pattern } = this.#data;
    const row = this.#currentRow;
    const known = pattern && isSameScope(pattern.question.scope, scope) ? pattern.value : undefined;
    const { change } = this.#ablation;
    return [
      ...(heads ? [headsTable(heads)] : []),
      ...(row ? [weightsTable(row, scope, subject)] : []),
      ...patternTables(host, scope, subject, known, model && reachOf(model, scope, subject.read?.ids.length ?? 0)),
      ...(change ? [changeTable(change, predictions.logprob, subject)] : []),
      ...this.#trials(subject, predictions),
    ];
  }

  /** Once every head has been tried. */
  #trials(subject: Subject, { logprob }: Predictions): Table[] {
    const side = this.renderRoot.querySelector('vt-attention-side');
    const { token, trials = [] } = side?.renderRoot.querySelector('vt-mattering-heads') ?? {};
    const { layers = [], numAttentionHeads = 0 } = this.store.state.model ?? {};
    const heads = layers.filter(({ attention }) => attention).length * numAttentionHeads;
    if (token === undefined || trials.length < Math.max(1, heads)) return [];
    return [trialsTable(trials, token, logprob[token] ?? Number.NaN, subject)];
  }

  #strip(row: RowWeights | undefined, scope: AttentionScope): TemplateResult {
    const { store } = this;
    const { selected, ablated } = store.state;
    const isChange = ablated.length > 0 && store.viewState.get<string>('attention.strip', 'change') === 'change';
    if (isChange) {
      return html`<vt-change-strip
        .store=${store}
        .change=${this.#ablation.change}
        .selected=${selected.token}
        .hovered=${store.hovered}
      ></vt-change-strip>`;
    }
    return html`<vt-attention-strip
      .store=${store}
      .row=${row}
      .token=${this.#data.query}
      .unknown=${this.#data.unknownRow}
      .scope=${scope}
      .selected=${selected.token}
      .hovered=${store.hovered}
    ></vt-attention-strip>`;
  }

  /** The head that somebody chose, or else the one that the text is opened with, once it is known what heads do in it. */
  get #chosen(): HeadAddress | undefined {
    const { layer, head } = this.store.state.selected;
    return layer === undefined || head === undefined ? openingHead(this.#data.heads ?? [])?.summary : { layer, head };
  }

  get #opening(): string {
    const { head } = this.store.state.selected;
    const opening = head === undefined && this.#kind === 'head' && openingHead(this.#data.heads ?? []);
    return opening && !this.pointed ? openingSentence(opening) : '';
  }

  get #kind(): Kind {
    const saved = this.store.viewState.get<string>('attention.kind', 'head');
    return KINDS.find((name) => name === saved) ?? 'head';
  }

  /** What is looked at: hovering over a head previews it. */
  get #scope(): AttentionScope | undefined {
    const kind = this.#kind;
    const isShort = (this.store.subject?.read?.ids.length ?? 0) <= PREVIEWED_TOKENS;
    const address = (kind !== 'rollout' && isShort && this.pointed) || this.#chosen;
    const valueWeighted = kind !== 'rollout' && isValueWeighted(this.store);
    return address && { kind, layer: address.layer, head: address.head, valueWeighted };
  }

  get #currentRow(): RowWeights | undefined {
    const weights = this.#data.row;
    const scope = this.#scope;
    const { masksSink, model, subject } = this.store.state;
    if (!weights || !scope || !model) return undefined;
    const reach = reachOf(model, scope, subject?.read?.ids.length ?? 0);
    const hasSinks = scope.kind !== 'rollout' && !scope.valueWeighted && model.layers[scope.layer]?.hasSinks === true;
    return this.#row.get([weights, masksSink, reach, hasSinks], () =>
      rowWeights(weights, { masksSink, hasSinks, reach }),
    );
  }

  #pointedText(): string {
    const address = this.pointed ?? this.#chosen;
    const summary = this.#data.heads?.find((other) => address && isSameHead(other, address));
    if (!summary || Number.isNaN(summary.entropy)) return '';
    const notes = layerNotesText(this.store.state.model?.layers[summary.layer]);
    return [headName(summary), headSummaryText(summary), notes].filter(Boolean).join(' · ');
  }

  #select(address: HeadAddress): void {
    if (this.#kind === 'rollout') this.store.viewState.set('attention.kind', 'head');
    this.store.select(address);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-attention-view': AttentionViewElement;
  }
}

import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { PATCH_SITES } from '../../../../src/shared/why-requests';
import type { HasTables, Table } from '../../../export/table';
import '../../../kit/choice';
import { Memo } from '../../../kit/memo';
import { styled } from '../../../kit/styled';
import { base } from '../../../kit/styles';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import type { GridPlace } from '../../layers/grid-keys';
import type { CleanText } from './clean-text';
import type { CorruptText } from './corrupt-text';
import { telling } from './findings';
import { GridFill, type PatchSite } from './grid-fill';
import type { Patch } from './one-patch';
import './patch-card';
import { WIDEST_CELL } from './patch-grid-styles';
import './patch-picture';
import { isWay, logitDifference } from './ratio';
import { type Both, logprobsOf } from './runs';
import { siteName } from './spoken';
import { patchTable } from './tables';

/** Columns up to which a grid fills by itself; a wider one takes long. */
const FILLED_AT_ONCE = 40;
/** Pixels of a grid beside its cells. */
const PICTURE_GUTTER = 40;

/** The grids of two texts that were read, and one patch. */
@customElement('vt-patch-results')
export class PatchResultsElement extends StoreElement implements HasTables {
  @property({ attribute: false }) accessor clean!: CleanText;
  @property({ attribute: false }) accessor corrupt!: CorruptText;
  @property({ attribute: false }) accessor both!: Both;
  /** Of the two tokens. */
  @property({ attribute: false }) accessor labels: readonly string[] = [];
  /** That somebody chose. */
  @state() private accessor chosen: Patch | undefined;
  readonly #opening = new Memo<Patch | undefined>();
  readonly #fills = new Map<PatchSite, GridFill>();

  static override styles = [
    base,
    css`
      :host { container-type: inline-size; }
      vt-choice { margin-bottom: 8px; }
      .views { display: grid; gap: 24px 40px; grid-template-columns: minmax(0, 1fr); }
      @container (min-width: 860px) {
        .views { grid-template-columns: clamp(380px, var(--picture), 62%) minmax(280px, 1fr); }
      }
    `,
  ];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#drop();
  }

  /** What is known of other readings is dropped. */
  override willUpdate(changed: PropertyValues): void {
    if (!changed.has('both')) return;
    this.#drop();
    this.chosen = undefined;
  }

  override render(): TemplateResult {
    const patch = this.#site === 'head' ? undefined : (this.chosen ?? this.#openingPatch());
    return html`${this.#hasGrid ? this.#sites() : nothing}
      <div class=${this.#hasGrid ? 'views' : ''} ${styled({ '--picture': `${PICTURE_GUTTER + (this.#hasGrid ? this.#fill().width : 0) * WIDEST_CELL}px` })}>
        ${this.#hasGrid ? this.#picture(patch) : nothing}
        <vt-patch-card
          .store=${this.store}
          .patch=${patch}
          .clean=${this.both.clean}
          .corrupt=${this.both.corrupt}
          .cleanTokens=${this.clean.tokens}
          .corruptTokens=${this.corrupt.tokens}
          .layers=${this.#layers}
          .pair=${this.both.pair}
          @patch=${({ detail }: CustomEvent<Patch>) => {
            this.chosen = detail;
          }}
        ></vt-patch-card>
      </div>`;
  }

  tables(): Table[] {
    const texts = { clean: this.clean.text, corrupt: this.corrupt.text };
    const filled = [...this.#fills.values()].filter(({ done }) => done > 0);
    return filled.map((fill) => patchTable(fill, logprobsOf(this.both), texts));
  }

  get #layers(): number {
    return this.store.state.model?.numHiddenLayers ?? 0;
  }

  /** Whether the texts can be laid beside each other, and their answers differ. */
  get #hasGrid(): boolean {
    const { clean, corrupt } = logprobsOf(this.both);
    return this.corrupt.alignment.kind === 'aligned' && isWay(logitDifference(corrupt), logitDifference(clean));
  }

  get #site(): PatchSite {
    const saved = this.store.viewState.get<string>('why.site', 'residual');
    return PATCH_SITES.find((site) => site === saved) ?? 'residual';
  }

  #drop(): void {
    for (const fill of this.#fills.values()) fill.stop();
    this.#fills.clear();
  }

  #sites(): TemplateResult {
    return html`<vt-choice
      class="no-picture"
      label=${t('What is patched')}
      .value=${this.#site}
      .options=${PATCH_SITES.map((site) => ({ value: site, label: siteName(site) }))}
      @choose=${({ detail }: CustomEvent<PatchSite>) => {
        this.#fills.get(this.#site)?.stop();
        this.store.viewState.set('why.site', detail);
        void this.#fills.get(detail)?.run();
        if (this.chosen && detail !== 'head') this.chosen = { ...this.chosen, site: detail };
        this.requestUpdate();
      }}
    ></vt-choice>`;
  }

  #picture(patch: Patch | undefined): TemplateResult {
    const fill = this.#fill();
    return html`<vt-patch-picture
      .store=${this.store}
      .fill=${fill}
      .done=${fill.done}
      .isRunning=${fill.isRunning}
      .clean=${this.both.clean.logprobs}
      .corrupt=${this.both.corrupt.logprobs}
      .cleanTokens=${this.clean.tokens}
      .corruptTokens=${this.corrupt.tokens}
      .labels=${this.labels}
      .patch=${patch}
      @cell-select=${({ detail }: CustomEvent<GridPlace>) => this.#choose(detail, fill)}
    ></vt-patch-picture>`;
  }

  /** Before the first token that differs both runs are the same: there is nothing to patch. */
  #fill(): GridFill {
    const site = this.#site;
    const known = this.#fills.get(site);
    if (known) return known;
    const { alignment, ids } = this.corrupt;
    const first = alignment.kind === 'aligned' ? (alignment.differing[0] ?? 0) : 0;
    const heads = this.store.state.model?.numAttentionHeads ?? 0;
    const question = {
      corrupt: this.both.corrupt.trace,
      clean: this.both.clean.trace,
      position: ids.length,
      ...this.both.pair,
      site,
      layers: this.#layers,
      columns: site === 'head' ? { from: 0, to: heads } : { from: first, to: ids.length },
    };
    const fill = new GridFill(this.store, question, () => this.requestUpdate());
    this.#fills.set(site, fill);
    if (ids.length - first <= FILLED_AT_ONCE) void fill.run();
    return fill;
  }

  #choose({ row, column }: GridPlace, { question }: GridFill): void {
    if (question.site === 'head') return;
    const place = { layer: row, position: question.columns.from + column };
    this.chosen = { site: question.site, source: place, target: place };
  }

  /** Until somebody chooses: the most telling cell of a grid that is full; of texts that are not laid beside each other, from end to end. */
  #openingPatch(): Patch | undefined {
    const site = this.#site;
    if (site === 'head') return undefined;
    const fill = this.#hasGrid ? this.#fill() : undefined;
    return this.#opening.get([this.both, fill, fill?.isDone], () => {
      const from = fill?.question.columns.from ?? 0;
      const found = fill?.isDone ? telling(fill.ratios(logprobsOf(this.both)), fill.width) : undefined;
      if (found) {
        const place = { layer: found.layer, position: from + found.column };
        return { site, source: place, target: place };
      }
      if (fill) return undefined;
      const end = (tokens: readonly unknown[]) => ({
        layer: Math.floor(this.#layers / 2),
        position: tokens.length - 1,
      });
      return { site, source: end(this.clean.tokens), target: end(this.corrupt.tokens) };
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-patch-results': PatchResultsElement;
  }
}

import '../../kit/choice';
import '../../kit/heat-strip';
import { button } from '../../kit/toolkit';
import './layer-panel';
import './lens-head';
import './lens-grid';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { cssColour } from '../../../src/display/colour-scale';
import type { Subject } from '../../../src/shared/inspector-api';
import { type Table, TOKEN_COLUMNS, tokenCells } from '../../export/table';
import { Memo } from '../../kit/memo';
import { base } from '../../kit/styles';
import { subjectTokens } from '../../kit/subject-tokens';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import { hasExperts } from './experts-picture';
import type { CellAddress } from './lens-grid';
import { LensWindows } from './lens-windows';

const LENS_COLUMNS = ['layer', 'topId', 'topText', 'topLogprob', 'nextId', 'nextText', 'nextLogprob', 'nextRank'];
/** What comes after the text. */
const UNKNOWN = [undefined, undefined, undefined, undefined];

/** A row a token and layer: what the model would say there, and what it thinks of the token that in truth comes next. */
function lensTable(windows: LensWindows, subject: Subject, positions: readonly number[]): Table {
  return {
    label: windows.tuned ? t('Layers, through the tuned lens') : t('Layers'),
    name: windows.tuned ? 'layers-tuned-lens' : 'layers',
    columns: [...TOKEN_COLUMNS, ...LENS_COLUMNS],
    rows: async (work) => {
      const rows = await windows.rowsOf(positions, work);
      return rows.flatMap(({ position, cells }) => {
        const token = tokenCells(subject, position);
        const [, nextId, nextText] = tokenCells(subject, position + 1);
        return cells.map(({ layer, top: [best], nextLogprob, nextRank }) => [
          ...token,
          layer,
          best?.id,
          best && windows.textOf(best.id),
          best?.logprob,
          ...(nextId === undefined ? UNKNOWN : [nextId, nextText, nextLogprob, nextRank]),
        ]);
      });
    },
  };
}

/** What the model would say if it stopped early: its readout applied to every layer, after every token. */
@customElement('vt-layers-view')
export class LayersViewElement extends StoreElement {
  /** The cell that is pointed at or focused. */
  @state() private accessor pointed: CellAddress | undefined;
  /** The model's own output comes after its last layer, which is as far as the shared selection goes. */
  @state() private accessor isOutput = false;
  readonly #positions = new Memo<number[]>();
  #windows: LensWindows | undefined;

  static override styles = [
    base,
    css`
      :host { container-type: inline-size; }
      .views { display: grid; gap: 24px 32px; padding: 16px; grid-template-columns: minmax(0, 1fr); }
      .picture { margin: 8px 16px; }
      .error { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; }
      @container (min-width: 840px) {
        .views { grid-template-columns: minmax(0, 1fr) 280px; }
      }
    `,
  ];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#windows?.want([]);
  }

  override willUpdate(): void {
    const read = this.store.subject?.read;
    if (read?.trace === this.#windows?.trace && this.#isTuned === this.#windows?.tuned) return;
    this.#windows?.want([]);
    this.#windows = read && new LensWindows(this.store, read, this.#isTuned, () => this.requestUpdate());
    this.pointed = undefined;
  }

  override render(): TemplateResult | typeof nothing {
    const { subject } = this.store;
    const last = this.store.state.model?.numHiddenLayers;
    if (!subject) return nothing;
    if (this.#showsExperts)
      return html`<vt-experts-picture .store=${this.store}>${this.#choice()}</vt-experts-picture>`;
    return html`<vt-heat-strip .store=${this.store}></vt-heat-strip>
      ${this.#choice()}
      ${this.#windows && last ? this.#views(this.#windows, last) : nothing}`;
  }

  tables(): Table[] {
    const { subject } = this.store;
    if (this.#showsExperts) return this.renderRoot.querySelector('vt-experts-picture')?.tables() ?? [];
    if (!this.#windows || !subject) return [];
    const ofPanel = this.renderRoot.querySelector('vt-layer-panel')?.tables() ?? [];
    return [lensTable(this.#windows, subject, this.#shownPositions), ...ofPanel];
  }

  /** Of a model with experts. */
  #choice(): TemplateResult | typeof nothing {
    const { store } = this;
    if (!hasExperts(store.state.model?.layers ?? [])) return nothing;
    return html`<vt-choice
      class="picture no-picture"
      label=${t('Picture')}
      .value=${this.#showsExperts ? 'experts' : 'lens'}
      .options=${[{ value: 'lens', label: t('what it would say') }, { value: 'experts', label: t('experts') }]}
      @choose=${({ detail }: CustomEvent<string>) => {
        store.viewState.set('layers.picture', detail);
        this.requestUpdate();
      }}
    ></vt-choice>`;
  }

  get #showsExperts(): boolean {
    const { viewState, state } = this.store;
    return hasExperts(state.model?.layers ?? []) && viewState.get<string>('layers.picture', 'lens') === 'experts';
  }

  #views(windows: LensWindows, last: number): TemplateResult {
    const { store } = this;
    const layer = this.#layer(windows, last);
    const { token } = store.state.selected;
    const tokens = subjectTokens(store.subject);
    const cell = this.pointed ?? (token === undefined ? undefined : { position: token, layer });
    return html`<div class="views">
      <section>
        <vt-lens-head
          .store=${store}
          .windows=${windows}
          .loaded=${windows.size}
          .columns=${this.#showsAll ? 'all' : 'fit'}
          @choose=${({ detail }: CustomEvent<string>) => {
            store.viewState.set('layers.columns', detail);
            this.requestUpdate();
          }}
          @read-through=${({ detail }: CustomEvent<string>) => {
            store.viewState.set('layers.lens', detail);
            this.requestUpdate();
          }}
        ></vt-lens-head>
        <vt-lens-grid
          .windows=${windows}
          .loaded=${windows.size}
          .positions=${this.#shownPositions}
          .tokens=${tokens}
          .last=${last}
          .layer=${layer}
          .all=${this.#showsAll}
          .tint=${store.theme.tint('green')}
          mark=${cssColour(store.theme.mark('green')(1))}
          .selected=${token}
          .hovered=${store.hovered}
          @lens-hover=${({ detail }: CustomEvent<CellAddress | undefined>) => this.#point(detail)}
          @lens-select=${({ detail }: CustomEvent<CellAddress>) => this.#select(detail, windows, last)}
        ></vt-lens-grid>
        ${windows.error ? this.#error(windows, windows.error) : nothing}
      </section>
      <vt-layer-panel
        .store=${store}
        .windows=${windows}
        .cell=${cell}
        .row=${cell && windows.rowAt(cell.position)}
        .last=${last}
        @layer-select=${({ detail }: CustomEvent<number>) => cell && this.#select({ ...cell, layer: detail }, windows, last)}
      ></vt-layer-panel>
    </div>`;
  }

  /** A recording has only what the logit lens gave. */
  get #isTuned(): boolean {
    const { viewState, state, isLive } = this.store;
    return isLive && state.model?.tunedLens !== undefined && viewState.get<string>('layers.lens', 'tuned') === 'tuned';
  }

  #error(windows: LensWindows, message: string): TemplateResult {
    return html`<div class="error" role="alert">
      <p>${message}</p>
      ${this.store.isLive ? button(t('Try again'), () => windows.retry()) : nothing}
    </div>`;
  }

  get #shownPositions(): readonly number[] {
    const { subject } = this.store;
    return this.#positions.get([subject], () =>
      [...subjectTokens(subject).entries()].flatMap(([position, { isShown }]) => (isShown ? [position] : [])),
    );
  }

  get #showsAll(): boolean {
    return this.store.viewState.get<string>('layers.columns', 'fit') === 'all';
  }

  /** Where none is chosen, one in which the model has begun to know something. That of a head says nothing of answers. */
  #layer({ firstAnswers = 0 }: LensWindows, last: number): number {
    const { selected } = this.store.state;
    const isChosen = selected.head === undefined || this.store.viewState.get('layers.layer', -1) === selected.layer;
    const layer = (isChosen ? selected.layer : undefined) ?? firstAnswers;
    return this.isOutput && layer === last - 1 ? last : Math.min(layer, last - 1);
  }

  #point(cell: CellAddress | undefined): void {
    this.pointed = cell;
    this.store.hover(cell?.position);
  }

  /** The same cell again lets go of its token. */
  #select({ position, layer }: CellAddress, windows: LensWindows, last: number): void {
    const { token } = this.store.state.selected;
    const isSame = position === token && layer === this.#layer(windows, last);
    const shared = Math.min(layer, last - 1);
    this.isOutput = layer === last;
    this.store.viewState.set('layers.layer', shared);
    this.store.select({ token: isSame ? undefined : position, layer: shared });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-layers-view': LayersViewElement;
  }
}

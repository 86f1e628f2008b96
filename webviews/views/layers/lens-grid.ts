import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ColourScale } from '../../../src/display/colour-scale';
import { styled } from '../../kit/styled';
import { base } from '../../kit/styles';
import type { TokenText } from '../../kit/subject-tokens';
import { WidthController } from '../../kit/width';
import { t } from '../../l10n';
import { gridPlaceAfter } from './grid-keys';
import { layerColumns } from './layer-columns';
import { columnName } from './layer-name';
import { lensGridRow } from './lens-grid-row';
import { gridStyles, ROW_HEIGHT, widthsOf } from './lens-grid-styles';
import type { LensWindows } from './lens-windows';

export interface CellAddress {
  position: number;
  layer: number;
}

/** Rows drawn above and below those in view. */
const OVERSCAN = 4;

/**
 * A row a token, a column a layer; only the rows in view are there. Arrow keys go from cell to cell, Enter selects.
 *
 * Events: `lens-hover` with the cell that is pointed at or focused, or undefined, and `lens-select`.
 */
@customElement('vt-lens-grid')
export class LensGridElement extends LitElement {
  @property({ attribute: false }) accessor windows!: LensWindows;
  /** Rows that are there, so that more of them are drawn. */
  @property({ type: Number }) accessor loaded = 0;
  /** Positions that have a row. */
  @property({ attribute: false }) accessor positions: readonly number[] = [];
  @property({ attribute: false }) accessor tokens: readonly TokenText[] = [];
  @property({ type: Number }) accessor last = 0;
  @property({ type: Number }) accessor layer = 0;
  /** Whether every layer has a column, and the grid scrolls sideways. */
  @property({ type: Boolean }) accessor all = false;
  @property({ attribute: false }) accessor tint!: ColourScale;
  /** Colour of the mark where the true next token settles. */
  @property() accessor mark = '';
  @property({ attribute: false }) accessor selected: number | undefined;
  @property({ attribute: false }) accessor hovered: number | undefined;
  /** Where the keyboard is. */
  @state() private accessor focused: CellAddress | undefined;
  readonly #width = new WidthController(this);
  #columns: number[] = [];

  static override styles = [base, gridStyles];

  override shouldUpdate(changed: PropertyValues<this>): boolean {
    const onlyHovered = this.hasUpdated && changed.size === 1 && changed.has('hovered');
    if (onlyHovered) this.#markHovered();
    return !onlyHovered;
  }

  override render(): TemplateResult {
    const { token, next, least } = widthsOf(this.#width.width);
    const fits = Math.max(3, Math.floor((this.#width.width - token - next) / least));
    this.#columns = this.all
      ? Array.from({ length: this.last + 1 }, (_, layer) => layer)
      : layerColumns({
          last: this.last,
          from: this.windows.firstAnswers ?? 0,
          settling: this.windows.settling ?? [],
          chosen: this.layer,
          fits,
        });
    const columns = `${token}px repeat(${this.#columns.length}, minmax(${least}px, 1fr)) ${next > 0 ? `${next}px` : ''}`;
    const width = `${Math.max(this.#width.width - 12, token + next + this.#columns.length * least)}px`;
    const label = t('What the model would say after each token if it stopped at a layer');
    return html`<div class="frame" @scroll=${() => this.requestUpdate()}>
      <div
        role="grid"
        aria-label=${label}
        aria-rowcount=${this.positions.length + 1}
        aria-colcount=${this.#columns.length + (next > 0 ? 2 : 1)}
        aria-busy=${this.#visible().some((position) => !this.windows.rowAt(position))}
        ${styled({ '--columns': columns, '--settles': this.mark, width })}
        @keydown=${this.#keyPressed}
        @pointerover=${(event: Event) => this.#tell('lens-hover', cellOf(event))}
        @pointerleave=${() => this.#tell('lens-hover', undefined)}
        @focusin=${(event: Event) => this.#tell('lens-hover', cellOf(event))}
        @focusout=${() => this.#tell('lens-hover', undefined)}
        @click=${(event: Event) => this.#tell('lens-select', cellOf(event))}
      >
        <div role="row" class="head" aria-rowindex="1">
          <span role="columnheader" class="token">${t('after')}</span>
          ${this.#columns.map((layer) => html`<span role="columnheader" class=${layer === this.layer ? 'chosen' : ''}>${columnName(layer, this.last)}</span>`)}
          ${next > 0 ? html`<span role="columnheader" class="next">${t('true next')} <b>▎</b></span>` : nothing}
        </div>
        <div role="rowgroup" class="rows" ${styled({ height: `${this.positions.length * ROW_HEIGHT}px` })}>
          ${repeat(
            this.#drawn(),
            (position) => position,
            (position) => this.#row(position),
          )}
        </div>
      </div>
    </div>`;
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('selected') || changed.has('tokens')) this.#reveal(this.selected);
    if (changed.has('layer') || changed.has('all')) this.#revealColumn();
    this.#markHovered();
    this.windows.want(this.#visible());
  }

  #row(position: number): TemplateResult {
    const stop = this.#stop();
    return lensGridRow({
      index: this.positions.indexOf(position),
      position,
      row: this.windows.rowAt(position),
      label: this.tokens[position]?.label ?? '',
      next: this.tokens[position + 1]?.label,
      columns: this.#columns,
      showsNext: widthsOf(this.#width.width).next > 0,
      chosen: this.layer,
      last: this.last,
      isSelected: position === this.selected,
      stop: stop?.position === position ? stop.layer : undefined,
      tint: this.tint,
      labelOf: (id) => this.windows.labelOf(id),
      textOf: (id) => this.windows.textOf(id),
    });
  }

  /** Positions of the rows in view. */
  #visible(): number[] {
    const frame = this.renderRoot.querySelector('.frame');
    const first = Math.floor((frame?.scrollTop ?? 0) / ROW_HEIGHT);
    return this.positions.slice(first, first + Math.ceil((frame?.clientHeight || 480) / ROW_HEIGHT));
  }

  /** With some before and after, and the one where the keyboard is. */
  #drawn(): number[] {
    const visible = this.#visible();
    const first = this.positions.indexOf(visible[0] ?? 0);
    const drawn = this.positions.slice(Math.max(0, first - OVERSCAN), first + visible.length + OVERSCAN);
    const stop = this.#stop()?.position;
    return stop === undefined || drawn.includes(stop) ? drawn : [...drawn, stop];
  }

  /** The cell that the Tab key comes to. */
  #stop(): CellAddress | undefined {
    const position = this.focused?.position ?? this.selected ?? this.positions[0];
    const layer = this.focused?.layer ?? this.layer;
    if (position === undefined || !this.positions.includes(position)) return undefined;
    return { position, layer: this.#columns.includes(layer) ? layer : this.layer };
  }

  async #keyPressed(event: KeyboardEvent): Promise<void> {
    const at = cellOf(event);
    if (!at) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      return this.#tell('lens-select', at);
    }
    const to = this.#target(event, at);
    if (!to) return;
    event.preventDefault();
    this.focused = to;
    this.#reveal(to.position);
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: !this.all });
  }

  #target(event: KeyboardEvent, at: CellAddress): CellAddress | undefined {
    const place = { row: this.positions.indexOf(at.position), column: this.#columns.indexOf(at.layer) };
    const last = { row: this.positions.length - 1, column: this.#columns.length - 1 };
    const next = gridPlaceAfter(event, place, last, Math.max(1, this.#visible().length - 1));
    const position = next && this.positions[next.row];
    const layer = next && this.#columns[next.column];
    return position === undefined || layer === undefined ? undefined : { position, layer };
  }

  /** Scrolls the rows until one is in view. */
  #reveal(position: number | undefined): void {
    const frame = this.renderRoot.querySelector('.frame');
    const index = position === undefined ? -1 : this.positions.indexOf(position);
    if (!frame || index < 0) return;
    const top = index * ROW_HEIGHT;
    const room = frame.clientHeight - 2 * ROW_HEIGHT;
    if (top < frame.scrollTop) frame.scrollTop = top;
    else if (top > frame.scrollTop + room) frame.scrollTop = top - room;
  }

  #revealColumn(): void {
    const frame = this.renderRoot.querySelector('.frame');
    const header = this.renderRoot.querySelector<HTMLElement>('.head .chosen');
    if (!frame || !header) return;
    const { token, least } = widthsOf(this.#width.width);
    const room = frame.clientWidth - least;
    if (header.offsetLeft - token < frame.scrollLeft) frame.scrollLeft = header.offsetLeft - token - least;
    else if (header.offsetLeft > frame.scrollLeft + room) frame.scrollLeft = header.offsetLeft - token - least;
  }

  #markHovered(): void {
    this.renderRoot.querySelector('.hovered')?.classList.remove('hovered');
    if (this.hovered !== undefined)
      this.renderRoot.querySelector(`[data-row="${this.hovered}"]`)?.classList.add('hovered');
  }

  #tell(type: 'lens-hover' | 'lens-select', cell: CellAddress | undefined): void {
    if (type === 'lens-select' && !cell) return;
    this.dispatchEvent(new CustomEvent(type, { detail: cell, bubbles: true, composed: true }));
  }
}

function cellOf(event: Event): CellAddress | undefined {
  const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-position]') : null;
  return cell ? { position: Number(cell.dataset.position), layer: Number(cell.dataset.layer) } : undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-lens-grid': LensGridElement;
  }
  interface HTMLElementEventMap {
    'lens-hover': CustomEvent<CellAddress | undefined>;
    'lens-select': CustomEvent<CellAddress>;
  }
}

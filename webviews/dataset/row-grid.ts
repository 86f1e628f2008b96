import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatCount } from '../../src/display/numbers';
import type { DatasetColumn, DatasetHost, DatasetRow, DatasetState, Turn } from '../../src/shared/dataset-api';
import { styled } from '../kit/styled';
import { base } from '../kit/styles';
import { t } from '../l10n';
import { cellText, wholeText } from './numbers';

/** Of the row of titles, in pixels as all that follow. */
const HEAD = 28;
const WIDE_ROW = 48;
const NARROW_ROW = 76;
/** Of each number beside the text, and of all else beside it. */
const COLUMN = 88;
const EDGES = 104;
/** Where a text would have less than this, numbers stand below it. */
const LEAST_TEXT = 280;
/** A browser draws no element that is higher than about twice that. */
const HIGHEST = 15_000_000;
/** Rows beyond those that are seen. */
const MORE = 4;

/**
 * Rows, of which only those that are seen are there: unlike a table that has all its rows, and which the browser scrolls
 * (`vt-row-table` of the map), it asks for them, and its bar stands for more rows than a browser has pixels for.
 *
 * Events: `sort`, and `open` with the line as `detail`.
 */
@customElement('vt-row-grid')
export class RowGridElement extends LitElement {
  @property({ attribute: false }) accessor host!: DatasetHost;
  @property({ attribute: false }) accessor state!: DatasetState;
  /** The place in the list of what is first seen; parts of a row count. */
  @state() accessor top = 0;
  @state() accessor chosen = 0;
  @state() accessor height = 0;
  @state() accessor width = 0;
  @state() accessor rows: { from: number; rows: DatasetRow[] } = { from: 0, rows: [] };
  #asked = '';
  #scrolled = 0;
  #isAsking = false;

  static override styles = [
    base,
    css`
      :host { display: block; overflow: hidden; }
      .scroller { position: relative; height: 100%; overflow-y: auto; outline: none; }
      .seen { position: sticky; top: 0; height: 100%; overflow: hidden; }
      [role='row'] { position: absolute; inset-inline: 0; display: grid; grid-template-columns: 72px minmax(0, 1fr) repeat(var(--columns), 80px); gap: 0 8px; padding: 4px 12px; border-bottom: 1px solid color-mix(in srgb, var(--line) 40%, transparent); cursor: pointer; }
      [role='row']:hover { background: var(--vscode-list-hoverBackground); }
      [role='row'][aria-selected='true'] { background: var(--vscode-list-inactiveSelectionBackground); outline: 1px solid var(--vscode-contrastActiveBorder, transparent); outline-offset: -1px; }
      .scroller:focus-visible { outline: none; }
      .scroller:focus-visible [aria-selected='true'] { outline: 1px solid var(--accent); outline-offset: -1px; }
      [role='row'].head { position: relative; z-index: 1; height: 28px; background: var(--vscode-editor-background); cursor: default; border-bottom-color: var(--line); }
      .head button { font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; text-align: inherit; }
      [aria-selected='true'] :is(.role, .why, .line), [role='row']:hover :is(.role, .why, .line) { color: inherit; }
      .line, .value { color: var(--dim); text-align: end; font-variant-numeric: tabular-nums; }
      .value { color: inherit; }
      .text { line-height: 20px; min-width: 0; }
      .said { display: flex; gap: 12px; white-space: nowrap; }
      /* Each has the room that it needs, or an equal part of what there is. */
      .turn { flex: 1 1 0; min-width: 0; max-width: max-content; overflow: hidden; text-overflow: ellipsis; }
      .why { flex: 0 1 auto; min-width: 0; color: var(--dim); overflow: hidden; text-overflow: ellipsis; }
      .document { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; overflow-wrap: anywhere; }
      .role { color: var(--dim); margin-inline-end: 4px; }
      .narrow [role='row'] { display: flex; flex-wrap: wrap; gap: 0 4px; }
      .narrow [role='row'] .line { flex: 0 0 40px; }
      .narrow [role='row'] .text { flex: 1 1 calc(100% - 44px); }
      .narrow [role='row'] .value { flex: 1 1 0; font-size: 11px; overflow: hidden; white-space: nowrap; }
      .narrow [role='row'].head { flex-wrap: nowrap; font-size: 11px; }
      .narrow .head :is(.line, .text) { display: none; }
    `,
  ];

  override render(): TemplateResult {
    const { columns, listed } = this.state;
    return html`<div
      class=${this.#isNarrow ? 'scroller narrow' : 'scroller'}
      role="grid"
      tabindex="0"
      aria-label=${t('Rows')}
      aria-rowcount=${listed + 1}
      aria-activedescendant=${this.#isSeen(this.chosen) ? `row-${this.chosen}` : nothing}
      ${styled({ '--columns': `${columns.length}` })}
      @scroll=${this.#scroll}
      @wheel=${this.#wheel}
      @keydown=${this.#key}
    >
      <div class="seen" role="rowgroup">
        <div class="head" role="row" aria-rowindex="1">
          <span class="line" role="columnheader">${this.#sorter(undefined)}</span><span class="text" role="columnheader">${this.state.holds === 'texts' ? t('Text') : t('Conversation')}</span>${columns.map((column) => this.#head(column))}
        </div>
        ${this.rows.rows.map((row, i) => this.#row(row, this.rows.from + i))}
      </div>
      <div role="presentation" ${styled({ height: `${Math.max(0, this.#whole - this.height)}px` })}></div>
    </div>`;
  }

  override firstUpdated(): void {
    const scroller = this.#scroller;
    new ResizeObserver(() => {
      this.height = Math.max(0, scroller.clientHeight - HEAD);
      this.width = this.clientWidth;
    }).observe(scroller);
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('state')) this.#go(this.top);
    void this.#ask();
  }

  #head({ name, title, description, draw }: DatasetColumn): TemplateResult {
    const { sort } = this.state;
    const order = sort?.column === name ? (sort.isDescending ? 'descending' : 'ascending') : 'none';
    return html`<span class="value" role="columnheader" aria-sort=${order} title=${description}>${this.#sorter({ name, title, draw })}</span>`;
  }

  /** Largest first, then smallest first, then the order of the file. */
  #sorter(column: { name: string; title: string; draw: string } | undefined): TemplateResult {
    const { sort } = this.state;
    const isOwn = sort?.column === column?.name;
    const next = !column || (isOwn && !sort?.isDescending) ? undefined : { column: column.name, isDescending: !isOwn };
    const mark = column && isOwn ? (sort?.isDescending ? ' ↓' : ' ↑') : '';
    const press = () => this.dispatchEvent(new CustomEvent('sort', { detail: next }));
    return html`<button @click=${press}>${column?.title ?? (this.state.holds === 'texts' ? t('Row') : t('Line'))}${mark}</button>`;
  }

  #row(row: DatasetRow, place: number): TemplateResult {
    const { columns } = this.state;
    const top = HEAD + (place - this.top) * this.#rowHeight;
    return html`<div id="row-${place}" role="row" aria-rowindex=${place + 2} aria-selected=${place === this.chosen} ${styled({ top: `${top}px`, height: `${this.#rowHeight}px` })} @click=${() => this.#open(place)}>
      <span class="line" role="rowheader">${formatCount(row.line + 1)}</span><span class="text" role="gridcell">${this.state.holds === 'texts' ? documentOf(row) : textOf(row)}</span>${columns.map(({ draw }, i) => valueCell(row.values[i] as number, draw))}
    </div>`;
  }

  get #scroller(): HTMLElement {
    return this.renderRoot.querySelector('.scroller') as HTMLElement;
  }

  #isSeen(place: number): boolean {
    return place >= this.rows.from && place < this.rows.from + this.rows.rows.length;
  }

  get #rowHeight(): number {
    return this.#isNarrow ? NARROW_ROW : WIDE_ROW;
  }

  get #isNarrow(): boolean {
    return this.width < EDGES + COLUMN * this.state.columns.length + LEAST_TEXT;
  }

  get #whole(): number {
    return Math.min(HIGHEST, this.state.listed * this.#rowHeight);
  }

  get #perPage(): number {
    return Math.max(1, Math.floor(this.height / this.#rowHeight));
  }

  get #lastTop(): number {
    return Math.max(0, this.state.listed - this.height / this.#rowHeight);
  }

  /** Brings a place of the list to the top, and the bar to where that is. */
  #go(top: number): void {
    this.top = Math.min(this.#lastTop, Math.max(0, top));
    const range = this.#whole - this.height;
    this.#scrolled = this.#lastTop > 0 ? Math.round((range * this.top) / this.#lastTop) : 0;
    if (Math.round(this.#scroller.scrollTop) !== this.#scrolled) this.#scroller.scrollTop = this.#scrolled;
  }

  readonly #scroll = () => {
    const at = this.#scroller.scrollTop;
    const range = this.#whole - this.height;
    if (Math.abs(at - this.#scrolled) < 2 || range <= 0) return;
    this.#scrolled = Math.round(at);
    this.top = (this.#lastTop * at) / range;
  };

  /** Where the bar stands for more rows than it has pixels, the wheel still goes row by row. */
  readonly #wheel = (event: WheelEvent) => {
    if (this.#whole < HIGHEST || event.ctrlKey) return;
    event.preventDefault();
    this.#go(this.top + event.deltaY / this.#rowHeight);
  };

  readonly #key = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowUp: -1,
      ArrowDown: 1,
      PageUp: -this.#perPage,
      PageDown: this.#perPage,
      Home: Number.NEGATIVE_INFINITY,
      End: Number.POSITIVE_INFINITY,
    };
    if (event.key === 'Enter') this.#open(this.chosen);
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    this.chosen = Math.max(0, Math.min(this.state.listed - 1, this.chosen + step));
    const last = this.chosen + 1 - this.height / this.#rowHeight;
    if (this.chosen < this.top) this.#go(this.chosen);
    else if (last > this.top) this.#go(last);
  };

  #open(place: number): void {
    this.chosen = place;
    const row = this.rows.rows[place - this.rows.from];
    if (row) this.dispatchEvent(new CustomEvent('open', { detail: row.line }));
  }

  /** What is seen, asked for once at a time. */
  async #ask(): Promise<void> {
    const { revision, known, listed } = this.state;
    const from = Math.max(0, Math.floor(this.top) - MORE);
    const count = Math.min(listed - from, this.#perPage + 2 * MORE + 1);
    const asked = `${revision} ${known} ${from} ${count}`;
    if (this.#isAsking || this.height === 0 || asked === this.#asked) return;
    this.#isAsking = true;
    this.#asked = asked;
    try {
      this.rows = { from, rows: count > 0 ? await this.host.rows({ from, count }) : [] };
    } finally {
      this.#isAsking = false;
    }
  }
}

function valueCell(value: number, draw: DatasetColumn['draw']): TemplateResult {
  return html`<span class="value" role="gridcell" title=${wholeText(value, draw) || nothing}>${cellText(value, draw)}</span>`;
}

/** Two lines of a text. */
function documentOf({ answer, problem, note }: DatasetRow): TemplateResult {
  const why = problem?.sentence ?? note;
  const text = problem?.text ?? answer[0]?.text;
  return html`<div class="document">${why === undefined ? nothing : html`<span class="why">${why}</span> `}${text}</div>`;
}

/** Two lines: what is said before, shortened, and the last answer, of which something is always seen. */
function textOf({ before, answer, pair, problem, note }: DatasetRow): TemplateResult {
  const why = problem?.sentence ?? note;
  const isNone = problem && before.length + answer.length === 0;
  const last = pair ? [turn(t('chosen'), pair.chosen), turn(t('rejected'), pair.rejected)] : answer.map(turnOf);
  return html`<div class="said">${why === undefined ? nothing : html`<span class="why" title=${why}>${why}</span>`}${before.map(turnOf)}</div>
    <div class="said answer">${isNone ? turn('', problem.text) : last}</div>`;
}

const turnOf = ({ role, text }: Turn) => turn(role, text);

const turn = (role: string, text: string) => html`<span class="turn"><span class="role">${role}</span>${text}</span>`;

declare global {
  interface HTMLElementTagNameMap {
    'vt-row-grid': RowGridElement;
  }
}

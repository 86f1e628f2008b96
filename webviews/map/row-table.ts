import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { formatBitsAlone, formatCount, formatZ } from '../../src/display/numbers';
import { styled } from '../kit/styled';
import { base } from '../kit/styles';
import { t } from '../l10n';
import type { Sort, SortKey, TableRow } from './table-rows';

/** In pixels. */
const ROW = 24;
const NARROW_ROW = 44;
/** Where a name would have less than it can be read in, numbers stand below it. */
const NARROW = 480;
/** Rows beyond those that are seen. */
const MORE = 8;

/** Rows with their numbers, of which only those that are seen are there. Events: `sort` with the new order, `look` with a node and `press` with a row as `detail`. */
@customElement('vt-row-table')
export class RowTableElement extends LitElement {
  @property({ attribute: false }) accessor rows: readonly TableRow[] = [];
  @property({ attribute: false }) accessor sort!: Sort;
  /** What the rows are. */
  @property() accessor label = '';
  @state() accessor top = 0;
  @state() accessor width = 0;
  @state() accessor height = 0;

  static override styles = [
    base,
    css`
      :host { display: block; min-height: 0; }
      .scroller { position: relative; height: 100%; max-height: inherit; overflow-y: auto; overflow-x: hidden; }
      [role='row'] { display: grid; grid-template-columns: minmax(0, 1fr) 104px 64px 80px; gap: 0 8px; align-items: baseline; box-sizing: border-box; border-bottom: 1px solid color-mix(in srgb, var(--line) 40%, transparent); }
      .row { position: absolute; inset-inline: 0; line-height: 22px; overflow: hidden; }
      .row:hover { background: var(--vscode-list-hoverBackground); }
      .row:hover .dim { color: inherit; }
      .head { position: sticky; top: 0; z-index: 1; line-height: 24px; background: var(--vscode-editor-background); border-bottom-color: var(--line); }
      .number, .head :not(:first-child) { text-align: end; }
      .name { display: flex; gap: 8px; min-width: 0; }
      .name > * { min-width: 0; overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }
      /* Of a path that is too long the end is read, where the file's own name stands. */
      .path { direction: rtl; text-align: left; }
      button { padding: 0; font: inherit; color: inherit; text-align: inherit; background: none; border: 0; cursor: pointer; }
      .row button:hover { text-decoration: underline; }
      .narrow [role='row'] { grid-template-columns: 1fr 1fr 1fr; }
      .narrow .name { grid-column: 1 / -1; }
      .narrow .row { line-height: 21px; }
    `,
  ];

  override render(): TemplateResult {
    const { rows } = this;
    const first = Math.max(0, Math.floor(this.top / this.#rowHeight) - MORE);
    const last = Math.ceil((this.top + this.height) / this.#rowHeight) + MORE;
    const seen = rows.slice(first, last).map((row, i) => ({ row, place: first + i }));
    return html`<div class=${this.#isNarrow ? 'scroller narrow' : 'scroller'} @scroll=${this.#scroll}>
      <div role="table" aria-label=${this.label} aria-rowcount=${rows.length + 1}>
        <div role="row" class="head" aria-rowindex="1">
          ${this.#head('name', this.label, '')}
          ${this.#head('mean', t('Bits a token'), t('Mean surprisal of a token. It depends on the language and on what the lines are: compare it within these.'))}
          ${this.#head('z', 'z', t('By how many standard deviations lines lie above the mean of lines of their language and kind, weighted by tokens. 0 is the mean.'))}
          ${this.#head('tokens', t('Tokens'), t('Tokens that count.'))}
        </div>
        <div role="rowgroup" class="rows" ${styled({ position: 'relative', height: `${rows.length * this.#rowHeight}px` })}>
          ${repeat(
            seen,
            ({ row }) => `${row.node.path}:${row.line} ${row.name}`,
            ({ row, place }) => this.#row(row, place),
          )}
        </div>
      </div>
    </div>`;
  }

  override firstUpdated(): void {
    const scroller = this.#scroller;
    new ResizeObserver(() => {
      this.width = scroller.clientWidth;
      this.height = scroller.clientHeight;
    }).observe(scroller);
  }

  get #scroller(): HTMLElement {
    return this.renderRoot.querySelector('.scroller') as HTMLElement;
  }

  get #isNarrow(): boolean {
    return this.width < NARROW;
  }

  get #rowHeight(): number {
    return this.#isNarrow ? NARROW_ROW : ROW;
  }

  readonly #scroll = () => {
    this.top = this.#scroller.scrollTop;
  };

  /** Numbers begin with the largest, names with the first; pressed again it is the other way around. */
  #head(key: SortKey, label: string, meaning: string): TemplateResult {
    const isOwn = this.sort.key === key;
    const order = isOwn ? (this.sort.isDescending ? 'descending' : 'ascending') : 'none';
    const mark = isOwn ? (this.sort.isDescending ? ' ↓' : ' ↑') : '';
    const next = { key, isDescending: isOwn ? !this.sort.isDescending : key !== 'name' };
    return html`<span role="columnheader" class=${key === 'name' ? 'name' : ''} aria-sort=${order} title=${meaning || nothing}><button @click=${() => this.#send('sort', next)}>${label}${mark}</button></span>`;
  }

  #row(row: TableRow, place: number): TemplateResult {
    const { name, node, score, line } = row;
    const box = { top: `${place * this.#rowHeight}px`, height: `${this.#rowHeight}px` };
    const look = () => this.#send('look', node);
    const press = () => this.#send('press', row);
    const button = (of: string) => html`<button class=${of} @click=${press} @focus=${look}><bdi>${name}</bdi></button>`;
    return html`<div role="row" class="row" aria-rowindex=${place + 2} ${styled(box)} @pointerenter=${look}>
      ${
        line === undefined
          ? html`<span role="cell" class="name" title=${name}>${button('path')}</span>`
          : html`<span role="cell" class="name" title="${name} ${node.path}">${button('')} <span class="dim path"><bdi>${node.path}</bdi></span></span>`
      }
      <span role="cell" class="number">${formatBitsAlone(score.mean)}</span>
      <span role="cell" class="number">${Number.isFinite(score.z) ? formatZ(score.z) : '–'}</span>
      <span role="cell" class="number">${formatCount(score.tokens)}</span>
    </div>`;
  }

  #send(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-row-table': RowTableElement;
  }
}

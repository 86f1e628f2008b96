import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { cssColour } from '../../../../src/display/colour-scale';
import { hatched } from '../../../kit/hatch';
import { styled } from '../../../kit/styled';
import { base } from '../../../kit/styles';
import type { Theme } from '../../../kit/theme';
import { t } from '../../../l10n';
import { type GridPlace, gridPlaceAfter } from '../../layers/grid-keys';
import { patchGridStyles } from './patch-grid-styles';
import { ratioShare } from './ratio';

/** A column of the grid. */
export interface GridColumn {
  label: string;
  /** Of the corrupt text, where that has another token. */
  other?: string;
}

/** A layer in so many has its number written beside it. */
const NUMBERED = 5;
/** Characters of a label, and pixels of each. */
const LONGEST_LABEL = 20;
const CHARACTER = 6.7;

/**
 * A row a layer, the first at the top; a column a token, or a head. Arrow keys go from cell to cell, Enter chooses.
 *
 * Events: `cell-hover` with the cell that is pointed at or focused, or undefined; `cell-select`.
 */
@customElement('vt-patch-grid')
export class PatchGridElement extends LitElement {
  @property({ type: Number }) accessor layers = 0;
  @property({ attribute: false }) accessor columns: readonly GridColumn[] = [];
  /** [layer, column]: what is restored, 0 to 1 and beyond; NaN where it is not known yet. */
  @property({ attribute: false }) accessor ratios: ArrayLike<number> = [];
  /** What a cell is called, and what it says. */
  @property({ attribute: false }) accessor describe: (cell: GridPlace) => string = () => '';
  /** Whether columns are later tokens the farther right: then a cell reaches those below it and to its right. */
  @property({ type: Boolean }) accessor ordered = false;
  @property({ attribute: false }) accessor target: GridPlace | undefined;
  /** Where the patch of the target comes from, if that is elsewhere in the grid. */
  @property({ attribute: false }) accessor source: GridPlace | undefined;
  @property({ attribute: false }) accessor theme!: Theme;
  /** Changes with the theme. */
  @property({ attribute: false }) accessor scale: unknown;
  @property() accessor label = '';
  /** Where the pointer or the keyboard is. */
  @state() private accessor pointed: GridPlace | undefined;
  #stop: GridPlace = { row: 0, column: 0 };

  static override styles = [base, patchGridStyles];

  override render(): TemplateResult {
    const { layers, columns } = this;
    return html`<div class="frame">
      <div
        class="grid"
        role="grid"
        aria-label=${this.label}
        aria-rowcount=${layers + 1}
        aria-colcount=${columns.length + 1}
        ${styled({ '--columns': String(columns.length), '--rows': String(layers) })}
        @keydown=${this.#keyPressed}
        @click=${(event: Event) => this.#select(cellOf(event))}
        @pointerover=${(event: Event) => this.#point(cellOf(event))}
        @pointerleave=${() => this.#point(undefined)}
        @focusin=${(event: Event) => this.#point(cellOf(event))}
        @focusout=${() => this.#point(undefined)}
      >
        <div role="row"><span role="columnheader"><i class="unseen">${t('layer')}</i></span>${columns.map((column) => this.#header(column))}</div>
        ${Array.from({ length: layers }, (_, row) => this.#row(row))}
        ${this.ordered && this.pointed ? this.#cone(this.pointed) : nothing}
      </div>
    </div>`;
  }

  #header({ label, other }: GridColumn): TemplateResult {
    const text = other === undefined ? label : `${label} → ${other}`;
    const classes = other === undefined ? '' : 'differs';
    if (!this.ordered) return html`<span role="columnheader" class=${classes}>${text}</span>`;
    const height = Math.min(LONGEST_LABEL, this.#longest) * CHARACTER + 6;
    // A drawing, for a picture that is saved knows no text that is written upwards.
    return html`<span role="columnheader" class=${classes}
      ><i class="unseen">${text}</i
      ><svg aria-hidden="true" width="12" height=${height}>
        <text transform="rotate(-90)" x=${2 - height} y="9">${shortened(text)}</text>
      </svg></span
    >`;
  }

  /** Characters of the longest label. */
  get #longest(): number {
    return Math.max(
      0,
      ...this.columns.map(({ label, other }) => label.length + (other === undefined ? 0 : other.length + 3)),
    );
  }

  #row(row: number): TemplateResult {
    return html`<div role="row">
      <span role="rowheader" class="layer number"><i class=${row % NUMBERED === 0 ? '' : 'unseen'}>${row}</i></span>
      ${this.columns.map((_, column) => this.#cell({ row, column }))}
    </div>`;
  }

  #cell(place: GridPlace): TemplateResult {
    const { row, column } = place;
    const ratio = this.ratios[row * this.columns.length + column] ?? Number.NaN;
    const isKnown = !Number.isNaN(ratio);
    const colour = isKnown ? cssColour(this.theme.differenceMark(ratioShare(ratio))) : undefined;
    const isTarget = isSame(place, this.target);
    const classes = `cell ${isTarget ? 'target' : ''} ${isSame(place, this.source) && !isTarget ? 'source' : ''}`;
    return html`<span
      role="gridcell"
      class=${classes}
      data-row=${row}
      data-column=${column}
      tabindex=${isSame(place, this.#stop) ? 0 : -1}
      aria-selected=${isTarget}
      aria-label=${this.describe(place)}
      ${styled({ 'background-color': colour, 'background-image': isKnown ? undefined : String(hatched) })}
    ></span>`;
  }

  /** All that a patch in a cell can change: the cells of later layers at its token and at later ones. */
  #cone({ row, column }: GridPlace): TemplateResult | typeof nothing {
    if (row === this.layers - 1) return nothing;
    return html`<i
      class="cone"
      aria-hidden="true"
      ${styled({
        left: `calc(var(--gutter) + ${column} * var(--wide))`,
        width: `calc(${this.columns.length - column} * var(--wide))`,
        bottom: '0',
        height: `calc(${this.layers - row - 1} * var(--high))`,
      })}
    ></i>`;
  }

  #point(place: GridPlace | undefined): void {
    if (isSame(place, this.pointed)) return;
    this.pointed = place;
    this.dispatchEvent(new CustomEvent('cell-hover', { detail: place }));
  }

  #select(place: GridPlace | undefined): void {
    if (!place) return;
    this.#stop = place;
    this.dispatchEvent(new CustomEvent('cell-select', { detail: place, bubbles: true, composed: true }));
  }

  async #keyPressed(event: KeyboardEvent): Promise<void> {
    const from = cellOf(event);
    if (!from) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      return this.#select(from);
    }
    const to = gridPlaceAfter(event, from, { row: this.layers - 1, column: this.columns.length - 1 }, 10);
    if (!to) return;
    event.preventDefault();
    this.#stop = to;
    this.requestUpdate();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`[data-row="${to.row}"][data-column="${to.column}"]`)?.focus();
  }
}

const shortened = (text: string): string =>
  text.length > LONGEST_LABEL ? `${text.slice(0, LONGEST_LABEL - 1)}…` : text;

const isSame = (one: GridPlace | undefined, other: GridPlace | undefined): boolean =>
  one?.row === other?.row && one?.column === other?.column;

function cellOf(event: Event): GridPlace | undefined {
  const cell = event.composedPath().find((target) => target instanceof HTMLElement && target.dataset.column);
  return cell instanceof HTMLElement
    ? { row: Number(cell.dataset.row), column: Number(cell.dataset.column) }
    : undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-patch-grid': PatchGridElement;
  }
}

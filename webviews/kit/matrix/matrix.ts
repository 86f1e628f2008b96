import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { t } from '../../l10n';
import { base } from '../styles';
import type { Run } from '../subject-tokens';
import type { Theme } from '../theme';
import { MatrixGestures } from './gestures';
import type { MatrixPicture } from './paint-cells';
import type { Labels } from './paint-labels';
import { type Marks, MatrixSurface } from './surface';
import { type Box, type Cell, Viewport } from './viewport';

/** Before anything is laid out. */
const NOTHING_SEEN = new Viewport();
/** Three buttons and their distance from the edge. */
const TOOLS_WIDTH = 76;
const SMALL = 2 * TOOLS_WIDTH;
/** What is marked, for which cells are not painted anew. */
const MARKS = new Set<PropertyKey>(['hoveredRow', 'selectedRow', 'selectedCell', 'answer']);

/**
 * A matrix of cells on a canvas, squares but where they may be higher, with zoom and pan, labels where they fit, and a cell
 * that answers. Pictures are drawn as they are, so that a pointer's move or a pan costs the same for any number of cells.
 *
 * Events: `cell-hover` with the cell under the pointer or the key cursor, or undefined; `cell-select`; `view-change`.
 */
@customElement('vt-matrix')
export class MatrixElement extends LitElement {
  @property({ type: Number }) accessor rows = 0;
  @property({ type: Number }) accessor columns = 0;
  /** Whether cells may be higher than wide: of few rows and many columns, squares are a strip. */
  @property({ type: Boolean }) accessor isTall = false;
  /** From back to front. */
  @property({ attribute: false }) accessor pictures: readonly MatrixPicture[] = [];
  /** Columns that a row sees, up to its own: the others are hatched. Undefined where it sees all before it. */
  @property({ attribute: false }) accessor reach: number | undefined;
  @property({ attribute: false }) accessor labels: Labels = { row: String, column: String, first: 1 };
  @property({ attribute: false }) accessor selectedRow: number | undefined;
  @property({ attribute: false }) accessor hoveredRow: number | undefined;
  /** With a quiet line around them. */
  @property({ attribute: false }) accessor outlinedRows: readonly Run[] = [];
  /** With a line around each. */
  @property({ attribute: false }) accessor outlinedCells: readonly Cell[] = [];
  @property({ attribute: false }) accessor selectedCell: Cell | undefined;
  @property({ attribute: false }) accessor theme!: Theme;
  /** What the matrix is, for who cannot see it, and what the marked cell says. */
  @property() accessor label = '';
  @property() accessor answer = '';
  @query('.cells') private accessor cells!: HTMLCanvasElement;
  @query('.marks') private accessor marks!: HTMLCanvasElement;
  @query('.tools') private accessor tools!: HTMLElement;
  readonly #gestures = new MatrixGestures(this);
  readonly #observer = new ResizeObserver(() => this.requestUpdate('rows'));
  #surface: MatrixSurface | undefined;
  #frame = 0;

  static override styles = [
    base,
    css`
      :host { position: relative; touch-action: pan-y; }
      canvas { position: absolute; inset: 0; width: 100%; height: 100%; }
      .stage { position: absolute; inset: 0; cursor: crosshair; }
      .stage:active { cursor: grabbing; }
      .tools { position: absolute; top: 4px; display: flex; }
      .tools[hidden] { display: none; }
      .tools button {
        width: 24px;
        height: 24px;
        padding: 0;
        font: inherit;
        color: inherit;
        background: var(--vscode-editorWidget-background, var(--vscode-editor-background));
        border: 1px solid var(--line);
        cursor: pointer;
      }
      .tools button:hover { background: var(--vscode-toolbar-hoverBackground); }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
  }

  override render(): TemplateResult {
    const gestures = this.#gestures;
    return html`
      <canvas class="cells" aria-hidden="true"></canvas>
      <canvas class="marks" aria-hidden="true"></canvas>
      <div
        class="stage"
        tabindex="0"
        role="application"
        aria-label=${this.label}
        aria-description=${t('Arrow keys go from cell to cell, plus and minus zoom, 0 shows all.')}
        @pointerdown=${gestures.down}
        @pointermove=${gestures.move}
        @pointerup=${gestures.up}
        @pointerleave=${gestures.leave}
        @wheel=${gestures.wheel}
        @keydown=${gestures.key}
        @blur=${gestures.leave}
      ></div>
      <div class="tools no-picture" part="tools">
        ${this.#tool('+', t('Zoom in'), () => this.zoom(1.5))}
        ${this.#tool('−', t('Zoom out'), () => this.zoom(1 / 1.5))}
        ${this.#tool('⤢', t('Show all'), () => this.fit())}
      </div>
      <div class="answer unseen" aria-live="polite">${this.answer}</div>
    `;
  }

  override firstUpdated(): void {
    const [cells, marks] = [this.cells.getContext('2d'), this.marks.getContext('2d')];
    if (cells && marks) this.#surface = new MatrixSurface(cells, marks);
  }

  override updated(changed: PropertyValues): void {
    const onlyMarks = [...changed.keys()].every((key) => MARKS.has(key));
    if (onlyMarks) this.#surface?.paintMarks(this.#marked);
    else this.#layOut();
  }

  get viewport(): Viewport {
    return this.#surface?.viewport ?? NOTHING_SEEN;
  }

  /** Where a cell is, in CSS pixels of this element. */
  boxOf(cell: Cell): Box | undefined {
    return this.#surface?.boxOf(cell);
  }

  cellAt(x: number, y: number): Cell | undefined {
    return this.#surface?.cellAt(x, y);
  }

  /** @param x and @param y the place of this element that stays where it is */
  zoom(factor: number, x?: number, y?: number): void {
    this.#surface?.zoom(factor, x, y);
    this.repaint();
  }

  fit(): void {
    this.viewport.fit();
    this.repaint();
  }

  /** What is seen has changed: all changes of a frame are painted once. */
  repaint(): void {
    if (this.#frame) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#paint();
    });
  }

  tell(type: 'cell-hover' | 'cell-select', cell: Cell | undefined): void {
    this.dispatchEvent(new CustomEvent(type, { detail: cell }));
    if (type === 'cell-hover') this.#surface?.paintMarks(this.#marked);
  }

  get #marked(): Marks {
    const { selectedRow, hoveredRow, selectedCell } = this;
    return { selectedRow, hoveredRow, selectedCell, cursor: this.#gestures.cursor };
  }

  #tool(sign: string, label: string, run: () => void): TemplateResult {
    return html`<button aria-label=${label} title=${label} @click=${run}>${sign}</button>`;
  }

  #layOut(): void {
    if (!this.#surface || this.clientWidth === 0 || this.rows === 0) return;
    this.style.maxHeight = `${this.#surface.layOut(this, this)}px`;
    this.#paint();
  }

  #paint(): void {
    if (!this.#surface) return;
    this.#surface.paint(this.#marked);
    const { viewport, right } = this.#surface;
    // Where they would hide all that there is, there is nothing to zoom.
    this.tools.hidden = viewport.isWhole && viewport.covered.width < SMALL;
    this.tools.style.left = `${Math.max(0, right - TOOLS_WIDTH)}px`;
    this.dispatchEvent(new CustomEvent('view-change'));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-matrix': MatrixElement;
  }
  interface HTMLElementEventMap {
    'cell-hover': CustomEvent<Cell | undefined>;
    'cell-select': CustomEvent<Cell>;
  }
}

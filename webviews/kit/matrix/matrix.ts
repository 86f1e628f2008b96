import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { cssColour } from '../../../src/shared/colour-scale';
import { t } from '../../l10n';
import { base } from '../styles';
import type { Theme } from '../theme';
import { MatrixGestures } from './gestures';
import { type MatrixPicture, paintCells, paintOutline } from './paint-cells';
import { LABELLED_CELL, type Labels, paintLabels, paintMarkedLabels } from './paint-labels';
import type { Plot } from './plot';
import { type Box, type Cell, Viewport } from './viewport';

const LABEL_SIZE = 11;
const SHORTEST_LABEL = 36;
const LONGEST_LABEL = 120;
const LABEL_GAP = 8;

/**
 * A matrix of square cells on a canvas, with zoom and pan, labels where they fit, and a cell that answers. Pictures are
 * drawn as they are, so that a pointer's move or a pan costs the same for any number of cells.
 *
 * Events: `cell-hover` with the cell under the pointer or the key cursor, or undefined; `cell-select`; `view-change`.
 */
@customElement('vt-matrix')
export class MatrixElement extends LitElement {
  @property({ type: Number }) accessor rows = 0;
  @property({ type: Number }) accessor columns = 0;
  /** From back to front. */
  @property({ attribute: false }) accessor pictures: readonly MatrixPicture[] = [];
  @property({ attribute: false }) accessor labels: Labels = { row: String, column: String };
  @property({ attribute: false }) accessor selectedRow: number | undefined;
  @property({ attribute: false }) accessor hoveredRow: number | undefined;
  @property({ attribute: false }) accessor theme!: Theme;
  /** What the matrix is, for who cannot see it, and what the marked cell says. */
  @property() accessor label = '';
  @property() accessor answer = '';
  @query('.cells') private accessor cells!: HTMLCanvasElement;
  @query('.marks') private accessor marks!: HTMLCanvasElement;
  @query('.tools') private accessor tools!: HTMLElement;
  readonly viewport = new Viewport();
  readonly #gestures = new MatrixGestures(this);
  readonly #observer = new ResizeObserver(() => this.requestUpdate('rows'));
  #left = 0;
  #frame = 0;

  static override styles = [
    base,
    css`
      :host { display: block; position: relative; touch-action: pan-y; }
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
      .answer { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
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
        @pointermove=${gestures.moved}
        @pointerup=${gestures.up}
        @pointerleave=${gestures.left}
        @wheel=${gestures.wheel}
        @keydown=${gestures.key}
        @blur=${gestures.left}
      ></div>
      <div class="tools">
        ${this.#tool('+', t('Zoom in'), () => this.zoom(1.5))}
        ${this.#tool('−', t('Zoom out'), () => this.zoom(1 / 1.5))}
        ${this.#tool('⤢', t('Show all'), () => this.fit())}
      </div>
      <div class="answer" aria-live="polite">${this.answer}</div>
    `;
  }

  override updated(changed: PropertyValues): void {
    const onlyMarks = [...changed.keys()].every((key) => key === 'hoveredRow' || key === 'answer');
    if (onlyMarks) this.#paintMarks();
    else this.#layOut();
  }

  /** Where the pointer or the key cursor is. */
  get cursor(): Cell | undefined {
    return this.#gestures.cursor;
  }

  /** Where a cell is, in CSS pixels of this element. */
  boxOf(cell: Cell): Box {
    const box = this.viewport.boxOf(cell);
    return { ...box, x: box.x + this.#left };
  }

  cellAt(x: number, y: number): Cell | undefined {
    return this.viewport.cellAt(x - this.#left, y);
  }

  /** @param x and @param y the place of this element that stays where it is */
  zoom(factor: number, x?: number, y?: number): void {
    this.viewport.zoom(factor, x === undefined ? x : x - this.#left, y);
    this.moved();
  }

  fit(): void {
    this.viewport.fit();
    this.moved();
  }

  /** What is seen has changed: all changes of a frame are painted once. */
  moved(): void {
    if (this.#frame) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#fitPlot();
      this.#paint();
      this.dispatchEvent(new CustomEvent('view-change'));
    });
  }

  tell(type: 'cell-hover' | 'cell-select', cell: Cell | undefined): void {
    this.dispatchEvent(new CustomEvent(type, { detail: cell }));
    if (type === 'cell-hover') this.#paintMarks();
  }

  #tool(sign: string, label: string, run: () => void): TemplateResult {
    return html`<button aria-label=${label} title=${label} @click=${run}>${sign}</button>`;
  }

  #layOut(): void {
    const { clientWidth, clientHeight } = this;
    if (clientWidth === 0 || this.rows === 0) return;
    const ratio = devicePixelRatio;
    for (const canvas of [this.cells, this.marks]) {
      canvas.width = Math.round(clientWidth * ratio);
      canvas.height = Math.round(clientHeight * ratio);
    }
    const plot = this.#plot(this.cells);
    if (!plot) return;
    const longest = Math.min(LONGEST_LABEL, clientWidth / 5);
    this.#left = this.#longestLabel(plot, longest) + LABEL_GAP;
    const width = clientWidth - this.#left - 2;
    const cell = Viewport.fitted(width, Number.POSITIVE_INFINITY, this.rows, this.columns);
    const bottom = cell < LABELLED_CELL ? SHORTEST_LABEL + LABEL_GAP : this.#left;
    // A higher one would stay empty below.
    this.style.maxHeight = `${Math.ceil(this.rows * cell) + bottom}px`;
    this.#fitPlot();
    this.#paint();
    this.dispatchEvent(new CustomEvent('view-change'));
  }

  /** Seen whole, a matrix without labels below leaves no room for them. */
  #fitPlot(): void {
    const { viewport, clientWidth, clientHeight } = this;
    const resize = (bottom: number) =>
      viewport.resize(clientWidth - this.#left - 2, clientHeight - bottom, this.rows, this.columns);
    resize(this.#left);
    if (viewport.isWhole && viewport.scale < LABELLED_CELL) resize(SHORTEST_LABEL + LABEL_GAP);
  }

  /** Of the first rows, of which a matrix with room for labels has few. */
  #longestLabel({ context, font }: Plot, most: number): number {
    context.font = font;
    const labels = Array.from({ length: Math.min(this.rows, 100) }, (_, row) => this.labels.row(row));
    return Math.min(most, Math.max(SHORTEST_LABEL, ...labels.map((label) => context.measureText(label).width)));
  }

  #plot(canvas: HTMLCanvasElement): Plot | undefined {
    const context = canvas.getContext('2d');
    if (!context) return undefined;
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    const family = getComputedStyle(this).getPropertyValue('--mono') || 'monospace';
    const room = this.#left - LABEL_GAP;
    const { viewport, theme } = this;
    const size = this.viewport.scale > LABEL_SIZE || this.viewport.scale < LABELLED_CELL ? LABEL_SIZE : LABELLED_CELL;
    const font = `${size}px ${family}`;
    return { context, viewport, theme, left: this.#left, font, rowLabel: room, columnLabel: room };
  }

  #paint(): void {
    const plot = this.#plot(this.cells);
    if (!plot || this.viewport.width <= 0) return;
    plot.context.clearRect(0, 0, this.clientWidth, this.clientHeight);
    paintCells(plot, this.pictures);
    paintLabels(plot, this.labels);
    // Where they would hide all that there is, there is nothing to zoom.
    this.tools.hidden = this.viewport.covered.width < 2 * this.tools.offsetWidth && this.viewport.isWhole;
    this.tools.style.left = `${Math.max(0, this.#left + this.viewport.covered.width - this.tools.offsetWidth - 4)}px`;
    this.#paintMarks();
  }

  #paintMarks(): void {
    const plot = this.#plot(this.marks);
    if (!plot || this.viewport.width <= 0) return;
    const { viewport, cursor, hoveredRow, selectedRow } = this;
    plot.context.clearRect(0, 0, this.clientWidth, this.clientHeight);
    const colour = cssColour(this.theme.colour('--vscode-focusBorder'));
    const outline = (row: number | undefined, dashed: boolean) => {
      if (row === undefined || row >= this.rows) return;
      paintOutline(plot, viewport.boxOf({ row, column: 0 }, 1, this.columns), { colour, dashed });
      paintMarkedLabels(plot, this.labels, { row });
    };
    outline(selectedRow, false);
    outline(cursor?.row ?? hoveredRow, true);
    if (!cursor) return;
    paintOutline(plot, viewport.boxOf({ row: 0, column: cursor.column }, this.rows, 1), { colour, dashed: true });
    paintMarkedLabels(plot, this.labels, cursor);
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

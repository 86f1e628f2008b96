import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { HeadSummary, LayerInfo, Thumbnails } from '../../../src/shared/engine-api';
import { type HeadAddress, isSameHead } from '../../../src/shared/head-address';
import { hatched } from '../../kit/hatch';
import { Memo } from '../../kit/memo';
import { paletteOf } from '../../kit/palette';
import { styled } from '../../kit/styled';
import { base } from '../../kit/styles';
import type { Theme } from '../../kit/theme';
import { t } from '../../l10n';
import { headName } from './attention-scope';
import { gridLegend } from './grid-legend';
import { type HeadWorths, paintHeads, paintWorths } from './grid-picture';
import { headSummaryText } from './head-summary-text';
import { layerNotesText } from './layer-notes';
import { hiddenPixel, thumbnailsPicture } from './pattern-picture';

const STEPS: Record<string, [layers: number, heads: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** A layer in so many has its number written beside it. */
const NUMBERED = 5;

/** Every head's pattern, a row a layer. Over the picture stands a grid of cells for pointer, keys and screen readers. */
@customElement('vt-head-grid')
export class HeadGridElement extends LitElement {
  @property({ type: Number }) accessor layers = 0;
  @property({ type: Number }) accessor heads = 0;
  /** What each layer is like. */
  @property({ attribute: false }) accessor kinds: readonly LayerInfo[] = [];
  /** Of the text. */
  @property({ type: Number }) accessor tokens = 0;
  @property({ attribute: false }) accessor thumbnails: Thumbnails | undefined;
  @property({ attribute: false }) accessor summaries: readonly HeadSummary[] | undefined;
  /** Undefined where it is no head that is looked at. */
  @property({ attribute: false }) accessor chosen: HeadAddress | undefined;
  @property({ attribute: false }) accessor ablated: readonly HeadAddress[] = [];
  @property({ type: Boolean }) accessor masksSink = true;
  /** Whether all heads of the chosen layer are looked at. */
  @property({ type: Boolean }) accessor wholeLayer = false;
  @property({ attribute: false }) accessor theme!: Theme;
  /** Changes with the theme. */
  @property({ attribute: false }) accessor scale: unknown;
  /** In place of thumbnails: what each head is worth. */
  @property({ attribute: false }) accessor worths: HeadWorths | undefined;
  @query('canvas') private accessor canvas!: HTMLCanvasElement;
  readonly #picture = new Memo<ImageBitmap | undefined>();
  readonly #observer = new ResizeObserver(() => this.#paint());

  /** Cells as large as let all heads be seen at once: what the bar, the text, the controls and a notice leave of the page's height is theirs. */
  static override styles = [
    base,
    css`
      :host { container-type: inline-size; }
      .frame { --gutter: 28px; }
      .grid {
        --around: calc(var(--bar-height, 36px) + var(--strip-height, 33vh) + var(--toolbar-height, 36px) + var(--notice-height, 0px) + 72px);
        --square: clamp(8px, min((100cqi - var(--gutter)) / var(--heads), (100vh - var(--around)) / var(--layers)), 40px);
        --cell-width: var(--grid-cell-width, var(--square));
        --cell-height: var(--grid-cell-height, var(--square));
        position: relative;
        display: grid;
        grid-template-columns: var(--gutter) repeat(var(--heads), var(--cell-width));
        grid-template-rows: 16px;
        grid-auto-rows: var(--cell-height);
        width: max-content;
      }
      canvas {
        position: absolute;
        inset: 16px 0 0 var(--gutter);
        width: calc(var(--heads) * var(--cell-width));
        height: calc(var(--layers) * var(--cell-height));
      }
      [role='row'] { display: contents; }
      .number {
        padding-right: 8px;
        font-size: 11px;
        line-height: var(--cell-height);
        text-align: end;
        color: var(--dim);
      }
      .number { position: relative; }
      .number::before, .number::after { content: ''; position: absolute; inset-block: 0 1px; border: 0 solid currentcolor; }
      .local::after { right: 2px; border-right-width: 2px; }
      .unplaced::before { right: 6px; border-right: 2px dotted; }
      .legend { margin: 8px 0 0; padding: 0; list-style: none; font-size: 0.85em; color: var(--dim); }
      .legend li { display: flex; gap: 8px; }
      .mark { position: relative; flex: 0 0 8px; height: 1em; margin-top: 2px; }
      .mark.local { border-right: 2px solid; }
      .mark.none { grid-column: auto; }
      .mark.none::after { inset-inline: 0; }
      .mark.unplaced { border-right: 2px dotted; }
      .swatch { flex: 0 0 8px; height: 8px; margin-top: 4px; background: ${hatched}; outline: 1px solid color-mix(in srgb, currentcolor 30%, transparent); }
      .column { font-size: 10px; line-height: 16px; text-align: center; color: var(--dim); }
      .none { grid-column: 2 / -1; position: relative; }
      .none::after { content: ''; position: absolute; inset: 50% 2px auto; border-top: 1px solid; opacity: 0.4; }
      .cell { position: relative; cursor: pointer; }
      .cell:hover { outline: 1px dashed var(--accent); }
      .chosen { z-index: 1; outline: 2px solid var(--accent); }
      .cell:focus-visible { z-index: 2; outline: 3px solid var(--accent); }
      .off {
        background:
          linear-gradient(to top right, transparent 46%, currentcolor 46% 54%, transparent 54%),
          linear-gradient(to bottom right, transparent 46%, currentcolor 46% 54%, transparent 54%);
      }
    `,
  ];

  override render(): TemplateResult {
    const { layers, heads } = this;
    const rows = Array.from({ length: layers }, (_, layer) => this.#row(layer));
    return html`<div class="frame" ${styled({ '--layers': String(layers), '--heads': String(heads) })}>
      <div
        class="grid"
        role="grid"
        aria-label=${t('All heads: a row a layer, a column a head')}
        @keydown=${this.#keyPressed}
        @click=${(event: Event) => this.#tell('head-select', addressOf(event))}
        @pointerover=${(event: Event) => this.#tell('head-hover', addressOf(event))}
        @pointerleave=${() => this.#tell('head-hover', undefined)}
      >
        <canvas aria-hidden="true"></canvas>
        ${this.#columnNumbers()}${rows}
      </div>
    </div>
    ${gridLegend(this.kinds, this.tokens)}`;
  }

  override firstUpdated(): void {
    this.#observer.observe(this.canvas);
  }

  override updated(changed: PropertyValues): void {
    if (['thumbnails', 'masksSink', 'scale', 'layers', 'heads', 'kinds', 'worths'].some((name) => changed.has(name)))
      this.#paint();
  }

  /** Where the Tab key stops: the chosen head, or else the first one. */
  get #stop(): HeadAddress {
    if (this.chosen) return this.chosen;
    return { layer: this.kinds.findIndex(({ attention }) => attention), head: 0 };
  }

  #columnNumbers(): TemplateResult {
    const numbers = Array.from(
      { length: this.heads },
      (_, head) => html`<span class="column" role="columnheader">${head}</span>`,
    );
    return html`<div role="row"><span role="columnheader"><span class="unseen">${t('layer')}</span></span>${numbers}</div>`;
  }

  #row(layer: number): TemplateResult {
    const { attention = true, slidingWindow, hasPositions = true } = this.kinds[layer] ?? {};
    const marks = `${slidingWindow === undefined ? '' : 'local'} ${attention && !hasPositions ? 'unplaced' : ''}`;
    const number = html`<span class="number ${marks}" role="rowheader"
      ><span class=${layer % NUMBERED === 0 ? '' : 'unseen'}>${layer}</span></span
    >`;
    const cells = attention
      ? Array.from({ length: this.heads }, (_, head) => this.#cell({ layer, head }))
      : html`<span
          role="gridcell"
          class="none"
          aria-colspan=${this.heads}
          aria-label=${t('layer {0}: no attention matrix', layer)}
          title=${t('layer {0}: no attention matrix', layer)}
        ></span>`;
    return html`<div role="row">${number}${cells}</div>`;
  }

  #cell(address: HeadAddress): TemplateResult {
    const { layer, head } = address;
    const { chosen } = this;
    const isChosen = chosen !== undefined && isSameHead(address, chosen);
    const isOff = this.ablated.some((other) => isSameHead(address, other));
    const isInScope = isChosen || (this.wholeLayer && layer === chosen?.layer);
    const summary = this.summaries?.[layer * this.heads + head];
    const parts = [
      t('head {0}', headName(address)),
      this.worths?.text(layer * this.heads + head),
      summary && headSummaryText(summary),
      layerNotesText(this.kinds[layer]),
    ];
    const label = parts.filter(Boolean).join(', ');
    return html`<span
      role="gridcell"
      class=${`cell ${isInScope ? 'chosen' : ''} ${isOff ? 'off' : ''}`}
      data-layer=${layer}
      data-head=${head}
      tabindex=${isSameHead(address, this.#stop) ? 0 : -1}
      aria-selected=${isChosen}
      aria-label=${isOff ? t('{0}, switched off', label) : label}
      title=${this.worths ? label : nothing}
    ></span>`;
  }

  #paint(): void {
    const { canvas, thumbnails, theme, layers, heads, masksSink } = this;
    const context = canvas?.getContext('2d');
    const picture = this.#picture.get([thumbnails, masksSink, theme.mark('blue'), layers, heads], () =>
      thumbnails && thumbnails.maximum.length === layers * heads * thumbnails.size ** 2
        ? thumbnailsPicture(thumbnails, this, {
            palette: paletteOf(theme.mark('blue')),
            hidden: hiddenPixel(theme),
            masksSink,
          })
        : undefined,
    );
    if (context && this.worths) paintWorths(context, this.worths, this);
    else if (context) paintHeads(context, picture, this);
  }

  #tell(type: 'head-hover' | 'head-select', address: HeadAddress | undefined): void {
    if (type === 'head-select' && !address) return;
    this.dispatchEvent(new CustomEvent(type, { detail: address }));
  }

  async #keyPressed(event: KeyboardEvent): Promise<void> {
    const step = STEPS[event.key];
    const from = addressOf(event);
    if (!from) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.#tell('head-select', from);
    }
    if (!step) return;
    event.preventDefault();
    const address = { layer: from.layer + step[0], head: from.head + step[1] };
    while (this.kinds[address.layer]?.attention === false) address.layer += step[0];
    const cell = this.renderRoot.querySelector<HTMLElement>(
      `[data-layer="${address.layer}"][data-head="${address.head}"]`,
    );
    if (!cell) return;
    this.#tell('head-select', address);
    cell.focus();
  }
}

function addressOf(event: Event): HeadAddress | undefined {
  const cell = event.composedPath().find((target) => target instanceof HTMLElement && target.dataset.head);
  return cell instanceof HTMLElement
    ? { layer: Number(cell.dataset.layer), head: Number(cell.dataset.head) }
    : undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-head-grid': HeadGridElement;
  }
  interface HTMLElementEventMap {
    'head-hover': CustomEvent<HeadAddress | undefined>;
    'head-select': CustomEvent<HeadAddress>;
  }
}

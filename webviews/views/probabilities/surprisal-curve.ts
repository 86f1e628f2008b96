import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type ColourScale, cssColour } from '../../../src/display/colour-scale';
import { formatBits } from '../../../src/display/numbers';
import { base, chart } from '../../kit/styles';
import { WidthController } from '../../kit/width';
import { t } from '../../l10n';
import './curve-overview';
import { windowAround } from './curve-overview';
import { type Column, columnPlot, hasToken, LEFT, PLOT_HEIGHT } from './curve-plot';

/** Pixels that a column with a label needs. */
const LEAST_COLUMN = 10;
const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };

/**
 * Surprisal along the text, a column a token or a word. Where not all fit, those around the selected one, and all below.
 *
 * Events: `token-hover` and `token-select` with the position as `detail`.
 */
@customElement('vt-surprisal-curve')
export class SurprisalCurveElement extends LitElement {
  @property({ attribute: false }) accessor columns: readonly Column[] = [];
  /** Of surprisal, or of differences where tokens are changed. */
  @property({ attribute: false }) accessor scale!: ColourScale;
  @property({ attribute: false }) accessor selected: number | undefined;
  @property({ attribute: false }) accessor hovered: number | undefined;
  readonly #width = new WidthController(this);
  #values: readonly number[] = [];
  #highest = 0;

  static override styles = [
    base,
    chart,
    css`
      :host { min-width: 0; }
      .mono { font-family: var(--mono); white-space: pre; }
      .selected { fill: currentcolor; font-weight: 600; }
      .grid { stroke: var(--line); stroke-width: 1; opacity: 0.5; }
      .at { stroke: var(--accent); stroke-width: 1; stroke-dasharray: 3 2; }
      .same { opacity: 0.25; }
      .before { stroke: currentcolor; stroke-width: 2; }
      .hit { fill: transparent; cursor: pointer; }
      .hit.hovered { fill: color-mix(in srgb, currentcolor 12%, transparent); }
    `,
  ];

  override shouldUpdate(changed: PropertyValues<this>): boolean {
    const onlyHovered = this.hasUpdated && changed.size === 1 && changed.has('hovered');
    if (onlyHovered) this.#markHovered();
    return !onlyHovered;
  }

  override updated(): void {
    this.#markHovered();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('columns')) return;
    this.#values = this.columns.map(({ bits }) => bits);
    this.#highest = Math.max(16, ...this.columns.map(({ bits, before }) => Math.max(bits || 0, before || 0)));
  }

  override render(): TemplateResult | typeof nothing {
    const width = this.#width.width;
    if (width === 0 || this.columns.length === 0) return nothing;
    const chosen = Math.max(0, this.#indexOf(this.selected));
    const { from, to } = windowAround(
      this.columns.length,
      chosen,
      Math.max(8, Math.floor((width - LEFT) / LEAST_COLUMN)),
    );
    return html`<div
        role="slider"
        tabindex="0"
        aria-label=${t('Surprisal along the text')}
        aria-valuemin="1"
        aria-valuemax=${this.columns.length}
        aria-valuenow=${chosen + 1}
        aria-valuetext=${this.#textOf(this.columns[chosen])}
        @keydown=${this.#keyPressed}
        @pointerover=${(event: Event) => this.#tell('token-hover', positionOf(event))}
        @pointerleave=${() => this.#tell('token-hover', undefined)}
        @click=${(event: Event) => this.#tell('token-select', positionOf(event))}
      ><svg height=${PLOT_HEIGHT} aria-hidden="true">${columnPlot({
        columns: this.columns.slice(from, to),
        highest: this.#highest,
        width,
        scale: this.scale,
        selected: this.selected,
      })}</svg></div>
      ${to - from < this.columns.length ? this.#overview(from, to) : nothing}`;
  }

  #overview(from: number, to: number): TemplateResult {
    return html`<vt-curve-overview
      .values=${this.#values}
      .from=${from}
      .to=${to}
      fill=${cssColour(this.scale(0.8))}
      @index-select=${(event: CustomEvent<number>) => this.#tell('token-select', this.columns[event.detail]?.position)}
    ></vt-curve-overview>`;
  }

  #markHovered(): void {
    this.renderRoot.querySelector('.hovered')?.classList.remove('hovered');
    const column = this.columns[this.#indexOf(this.hovered)];
    if (column) this.renderRoot.querySelector(`[data-position="${column.position}"]`)?.classList.add('hovered');
  }

  #indexOf(position: number | undefined): number {
    return this.columns.findIndex((column) => hasToken(column, position));
  }

  #textOf(column: Column | undefined): string {
    if (!column) return '';
    return `${column.label} ${Number.isNaN(column.bits) ? t('no prediction') : formatBits(column.bits)}`;
  }

  #keyPressed(event: KeyboardEvent): void {
    const at = this.#indexOf(this.selected);
    const last = this.columns.length - 1;
    const targets: Record<string, number> = { Home: 0, End: last, PageUp: at - 20, PageDown: at + 20 };
    const target = targets[event.key] ?? at + (STEPS[event.key] ?? 0);
    if (!(event.key in STEPS) && !(event.key in targets)) return;
    event.preventDefault();
    const next = Math.min(last, Math.max(0, target));
    if (next !== at) this.#tell('token-select', this.columns[next]?.position);
  }

  #tell(type: 'token-hover' | 'token-select', position: number | undefined): void {
    if (type === 'token-select' && position === undefined) return;
    this.dispatchEvent(new CustomEvent(type, { detail: position, bubbles: true, composed: true }));
  }
}

function positionOf({ target }: Event): number | undefined {
  const position = target instanceof SVGElement ? target.dataset.position : undefined;
  return position === undefined ? undefined : Number(position);
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-surprisal-curve': SurprisalCurveElement;
  }
}

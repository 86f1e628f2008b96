import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { cssColour } from '../../src/display/colour-scale';
import { LEAST_SHARE } from '../../src/display/numbers';
import type { Hue } from '../../src/shared/inspector-api';
import { t } from '../l10n';
import { OneStop } from './one-stop';
import { barListStyles, scaleEndMark } from './probability-scale';
import { styled } from './styled';
import { base } from './styles';
import type { Theme } from './theme';

export interface Bar {
  /** What the bar is of, and what `bar-select` tells. */
  id: number;
  label: string;
  /** 0 to 1, of the scale's end, or of the longest bar. */
  share: number;
  /** The number, with its unit. */
  text: string;
  /** All digits, on hover. */
  title?: string;
  /** Of the quantity; grey without. */
  hue?: Hue;
  /** The one that stands in the text: ◂ says so, for each hue says something else. */
  marked?: boolean;
  /** Cut by sampling. */
  quiet?: boolean;
  /** Said in the gap before this bar, as `1,011 more probable tokens`. */
  gap?: string;
}

/** A list of bars, one a token; where bars are to be chosen it is one stop of the Tab key. Event: `bar-select` with the bar's id as `detail`, where bars are to be chosen. */
@customElement('vt-bars')
export class BarsElement extends LitElement {
  @property({ attribute: false }) accessor bars: readonly Bar[] = [];
  @property({ attribute: false }) accessor theme!: Theme;
  @property() accessor label = '';
  @property({ type: Boolean }) accessor selectable = false;
  /** The probability at the end of the scale, which is drawn then; undefined where the bars are no probabilities. */
  @property({ attribute: false }) accessor end: number | undefined;
  readonly #stops = new OneStop(this);

  static override styles = [
    base,
    barListStyles,
    css`
      .bar-row { grid-template-columns: clamp(max(64px, 28%), var(--label), 48%) 1fr 72px; font-family: var(--mono); }
      .track { position: relative; display: flex; align-items: center; gap: 4px; min-width: 0; }
      .axis { padding-inline-end: 16px; }
      .scale { position: absolute; inset: 0 16px 0 0; background: color-mix(in srgb, currentcolor 8%, transparent); border-inline-end: 1px solid var(--dim); }
      .length { position: relative; flex: none; height: 14px; }
      .mark { position: relative; flex: none; }
      .value { text-align: end; color: var(--dim); white-space: nowrap; }
      .marked .label, .marked .value { color: inherit; font-weight: 600; }
      .quiet { opacity: 0.7; }
      .gap { color: var(--dim); font-family: inherit; }
      .gap span:last-child { grid-column: 2 / -1; }
    `,
  ];

  override render(): TemplateResult {
    const bars = this.bars.map((bar) => this.#bar(bar));
    // As wide as the labels, where they leave room for the bars.
    const label = `${Math.max(0, ...this.bars.map(({ label }) => [...label].length))}ch`;
    const axis = this.end === undefined ? nothing : this.#axis(this.end);
    return html`<div ${styled({ '--label': label })}>${axis}${this.selectable ? this.#toolbar(bars) : html`<ol aria-label=${this.label}>${bars}</ol>`}</div>`;
  }

  #toolbar(bars: TemplateResult[]): TemplateResult {
    return html`<div
      role="toolbar"
      aria-orientation="vertical"
      aria-label=${this.label}
      @focusin=${this.#stops.focused}
      @keydown=${this.#stops.keyPressed}
    ><ol>${bars}</ol></div>`;
  }

  #axis(end: number): TemplateResult {
    return html`<div class="bar-row bar" aria-hidden="true"><span></span><span class="axis">${scaleEndMark(end)}</span></div>`;
  }

  #bar(bar: Bar): TemplateResult {
    const classes = `bar-row bar ${bar.marked ? 'marked' : ''} ${bar.quiet ? 'quiet' : ''}`;
    const gap = bar.gap
      ? html`<span class="bar-row gap"><span class="label">⋮</span><span>${bar.gap}</span></span>`
      : nothing;
    const select = () =>
      this.dispatchEvent(new CustomEvent('bar-select', { detail: bar.id, bubbles: true, composed: true }));
    return html`<li>
      ${gap}
      ${
        this.selectable
          ? html`<button class=${classes} title=${bar.title ?? nothing} @click=${select}>${this.#cells(bar)}</button>`
          : html`<span class=${classes} title=${bar.title ?? nothing}>${this.#cells(bar)}</span>`
      }
    </li>`;
  }

  #cells({ label, share, text, hue, marked, quiet }: Bar): TemplateResult {
    const colour = quiet ? 'var(--dim)' : cssColour(hue ? this.theme.mark(hue)(1) : this.theme.greyMark(1));
    // What is too little to be pictured has no bar.
    const width = share * (this.end ?? 1) < LEAST_SHARE ? '0' : `max(1px, ${share} * (100% - 16px))`;
    return html`<span class="label">${label}</span
      ><span class="track"
        >${this.end === undefined ? nothing : html`<i class="scale"></i>`}<i class="length" ${styled({ width, 'background-color': colour })}></i
        >${marked ? html`<span class="mark" role="img" aria-label=${t('It stands here.')}>◂</span>` : nothing}</span
      ><span class="value number">${text}</span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-bars': BarsElement;
  }
  interface HTMLElementEventMap {
    'bar-select': CustomEvent<number>;
  }
}
